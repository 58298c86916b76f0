{{ config(tags=["reference"]) }}

with known as (
    select
        division_code,
        name
    from {{ ref('divisions') }}

    union all

    -- Merged into others since: their reports stay theirs.
    select
        former_code as division_code,
        former_name as name
    from {{ ref('former_divisions') }}
    where
        continues = 'no'
        and former_code not in (select registered.division_code from {{ ref('divisions') }} as registered)
),

divisions as (
    select
        *,
        -- Rows of the register that stand between levels and that nobody writes in a name.
        name in ('市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划') as is_nameless
    from known
),

levelled as (
    select
        *,
        case
            when length(division_code) = 9 then 'township'
            when division_code like '%0000' then 'province'
            when division_code like '%00' then 'city'
            else 'district'
        end as level
    from divisions
),

placed as (
    select
        here.division_code,
        here.name,
        here.level,
        here.is_nameless,
        province.division_code as province_code,
        city.division_code as city_code,
        city.is_nameless as is_city_nameless,
        district.division_code as district_code,

        province.name as province,
        -- A municipality is its own city; a county that its province governs directly has none.
        case when city.name in ('市辖区', '县') then province.name when not city.is_nameless then city.name end as city,
        district.name as district
    from levelled as here
    inner join levelled as province
        on left(here.division_code, 2) || '0000' = province.division_code
    left join levelled as city
        on
            left(here.division_code, 4) || '00' = city.division_code
            and city.level = 'city'
            and here.level <> 'province'
    left join levelled as district
        on
            left(here.division_code, 6) = district.division_code
            and district.level = 'district'
)

select
    division_code,
    name,
    level,
    case level
        when 'township' then coalesce(district_code, city_code)
        when 'district' then case when is_city_nameless then province_code else city_code end
        when 'city' then province_code
    end as parent_code,

    province,
    city,
    district,
    concat(
        province,
        case when city <> province then city end,
        case when district <> coalesce(city, '') then district end,
        case when level = 'township' or is_nameless then name end
    ) as full_name,
    is_nameless
from placed

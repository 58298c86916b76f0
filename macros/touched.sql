{#- Before a night builds anew what it touched, what is there of it goes. -#}
{% macro forget_touched_agencies() -%}
    {% if is_incremental() -%}
        delete from {{ this }} where agency_id in (select agency_id from {{ source('raw', 'touched_agency') }})
    {%- endif %}
{%- endmacro %}

{#- The same for districts. -#}
{% macro forget_touched_districts() -%}
    {% if is_incremental() -%}
        delete from {{ this }} where district_code in (select district_code from {{ source('raw', 'touched_district') }})
    {%- endif %}
{%- endmacro %}

{#- The same where the years of an agency do not depend on one another. -#}
{% macro forget_touched_years() -%}
    {% if is_incremental() -%}
        delete from {{ this }} as built using {{ source('raw', 'touched_year') }} as touched
        where built.agency_id = touched.agency_id and built.year = touched.year
    {%- endif %}
{%- endmacro %}

{#- The same for rows that know the number of their report. -#}
{% macro forget_touched_reports() -%}
    {% if is_incremental() -%}
        delete from {{ this }} where report_key in (select report_key from {{ source('raw', 'touched_report') }})
    {%- endif %}
{%- endmacro %}

{#- Of the reports that left, where what is kept of a report stays as it is. -#}
{% macro forget_left_reports() -%}
    {% if is_incremental() -%}
        {%- set touched = "report_key in (select report_key from " ~ source('raw', 'touched_report') ~ ")" -%}
        delete from {{ this }}
        where {{ touched }} and report_key not in (select report_key from {{ source('raw', 'report') }} where {{ touched }})
    {%- endif %}
{%- endmacro %}

{#- What a full refresh reads in place, a night picks out once and keeps for all the models that read it. -#}
{% macro view_of_all_table_of_some() -%}
    {{ return("view" if flags.FULL_REFRESH else "table") }}
{%- endmacro %}

{#- An amount in 元, to the 分; null where the report does not say in which unit it is. -#}
{% macro amount_in_yuan(amount, unit) -%}
    cast(
        case {{ unit }} when '元' then {{ amount }} when '万元' then {{ amount }} * 10000 end as decimal(18, 2)
    )
{%- endmacro %}

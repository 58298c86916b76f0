{#- A printed value as a whole number; null where it is none, for a count is never rounded. -#}
{% macro as_count(value) -%}
    case when {{ value }} = trunc({{ value }}) then cast({{ value }} as bigint) end
{%- endmacro %}

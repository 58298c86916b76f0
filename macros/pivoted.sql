{#- A column of the one row of a group whose key column has this code; null where there is no such row. -#}
{% macro pivoted(key, code, column) -%}
    max({{ column }}) filter (where {{ key }} = '{{ code }}')
{%- endmacro %}

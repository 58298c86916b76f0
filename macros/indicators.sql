{#- The rates of the marts by agency and by district; seeds/indicator_terms.csv says which figures make them up. -#}
{% macro reported_rates() -%}
    {{ return(['disclosure_rate', 'refusal_rate', 'unavailable_rate', 'carried_forward_rate', 'correction_rate']) }}
{%- endmacro %}

{#- A rate over its numerator and denominator, which stand beside it; null over nothing. -#}
{% macro rate_of(rate) -%}
    {{ rate }}_numerator / nullif({{ rate }}_denominator, 0)
{%- endmacro %}

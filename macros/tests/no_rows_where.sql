{#- A condition that no row may meet. -#}
{% test no_rows_where(model, condition) %}
    select * from {{ model }}
    where {{ condition }}
{% endtest %}

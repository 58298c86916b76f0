{#- Two models have the same number of rows: nothing vanished between them, and nothing came twice. -#}
{% test as_many_rows_as(model, other) %}
    select
        (select count(*) from {{ model }}) as rows_here,
        (select count(*) from {{ other }}) as rows_there
    where rows_here <> rows_there
{% endtest %}

{#- Every row has its counterpart in another model: a relationship over one or more columns. -#}
{% test exists_in(model, columns, to, to_columns) %}
    select distinct {{ columns | join(', ') }} from {{ model }}
    except
    select {{ to_columns | join(', ') }} from {{ to }}
{% endtest %}

{{ config(tags=["reference"]) }}

with template_cells as (
    select * from {{ ref('int_template_cell') }}
)

select * from template_cells

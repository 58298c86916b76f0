"""What tables hold, as numbers that can be compared: a full refresh must find what the nights before it added up to."""

from collections.abc import Iterable

# The tables that the models add to night after night; what else there is are views over these and what was read
_INTERMEDIATE = (
    "int_amount_without_unit",
    "int_identity_verdict",
    "int_narrative_count",
    "int_report_indicator",
    "int_report_judged",
    "int_report_rows",
    "int_report_source",
    "int_subtotal_cell",
)
TABLES = f"""
    select schema_name || '.' || table_name from duckdb_tables()
    where database_name = current_database()
        and (schema_name = 'marts' or (schema_name = 'intermediate' and table_name in {_INTERMEDIATE}))
    order by all
"""


def content_of(tables: Iterable[str]) -> str:
    """Return a query for the number of rows of each table and the sum of their hashes, in which order plays no part."""
    parts = [
        f"select '{table}' as table_name, count(*) as rows, cast(coalesce(sum(hash(t)), 0) as decimal(38, 0)) as content"
        f" from {table} as t"
        for table in tables
    ]
    nothing = "select null as table_name, 0 as rows, cast(0 as decimal(38, 0)) as content where false"
    return " union all ".join(parts) or nothing

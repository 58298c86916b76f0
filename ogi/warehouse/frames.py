"""The raw tables: their one declared schema, for the Parquet of a batch and for DuckDB."""

from collections.abc import Mapping

import polars as pl

# Printed figures: up to twelve digits before the point and six behind it
INTEGER_DIGITS, DECIMALS = 12, 6
FIGURE = pl.Decimal(INTEGER_DIGITS + DECIMALS, DECIMALS)

DOCUMENT: dict[str, pl.DataType] = {
    "source_sha256": pl.String(),
    "source_path": pl.String(),
    "format": pl.String(),
    "bytes": pl.Int64(),
    "landed_at": pl.Datetime("us"),
    "outcome": pl.String(),
    "parser_version": pl.String(),
    # The file it came in: itself, unless that is an archive or a file of parsed reports
    "landed_sha256": pl.String(),
}
REPORT: dict[str, pl.DataType] = {
    "report_id": pl.String(),
    "source_sha256": pl.String(),
    "agency": pl.String(),
    "agency_full": pl.String(),
    "year": pl.Int16(),
    "template": pl.String(),
    "document_number": pl.String(),
    "published_on": pl.Date(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "printed_division_code": pl.String(),
    # Null where it reports no figure
    "figures_hash": pl.String(),
}
# Filled in the warehouse, not in the batch: a name that gets an alias tomorrow finds its agency without being read again
AGENCY: dict[str, pl.DataType] = {
    "agency_id": pl.String(),
    "agency_name": pl.String(),
    "agency_kind": pl.String(),
    "division_code": pl.String(),
}
CELL: dict[str, pl.DataType] = {
    "report_id": pl.String(),
    "cell": pl.String(),
    "value": FIGURE,
    "value_scale": pl.Int8(),
    "state": pl.String(),
    "unit": pl.String(),
    "raw": pl.String(),
    "page": pl.Int32(),
    "table_number": pl.Int32(),
    "row_number": pl.Int32(),
    "column_number": pl.Int32(),
}
NARRATIVE: dict[str, pl.DataType] = {
    "report_id": pl.String(),
    "sequence": pl.Int32(),
    "measure": pl.String(),
    "label": pl.String(),
    "value": FIGURE,
    "unit": pl.String(),
    "quote": pl.String(),
    "page": pl.Int32(),
    "line": pl.Int32(),
}
IDENTITY: dict[str, pl.DataType] = {
    "report_id": pl.String(),
    "identity_id": pl.String(),
    "status": pl.String(),
    "residual": FIGURE,
}
PROBLEM: dict[str, pl.DataType] = {
    "source_sha256": pl.String(),
    "report_id": pl.String(),
    "sequence": pl.Int32(),
    "code": pl.String(),
    "severity": pl.String(),
    "message": pl.String(),
    "page": pl.Int32(),
    "table_number": pl.Int32(),
    "row_number": pl.Int32(),
    "column_number": pl.Int32(),
    "line": pl.Int32(),
}

FINDING: dict[str, pl.DataType] = {
    "report_id": pl.String(),
    "finding_number": pl.Int32(),
    "kind": pl.String(),
    "side": pl.String(),
    # The ids of the identities it explains, with spaces between them
    "identities": pl.String(),
    "statement_zh": pl.String(),
    "statement_en": pl.String(),
}
FINDING_CELL: dict[str, pl.DataType] = {
    "report_id": pl.String(),
    "finding_number": pl.Int32(),
    "cell": pl.String(),
    "printed": FIGURE,
    "implied": FIGURE,
}

# What the operator declares: which agencies a government's report sums up
ROSTER: dict[str, pl.DataType] = {
    # operator: OGI_HOME, or inbox
    "source": pl.String(),
    "line": pl.Int32(),
    "division_code": pl.String(),
    # As it is written there
    "agency": pl.String(),
    # None: a vertical system's, which is in no summary
    "agency_id": pl.String(),
    "agency_name": pl.String(),
    "valid_from": pl.Int16(),
    "valid_to": pl.Int16(),
}

# What a batch writes, as Parquet files: none of a table without rows, several of one with many
BATCH_TABLES: dict[str, dict[str, pl.DataType]] = {
    "document": DOCUMENT,
    "report": REPORT,
    "cell": CELL,
    "narrative": NARRATIVE,
    "identity": IDENTITY,
    "problem": PROBLEM,
    "finding": FINDING,
    "finding_cell": FINDING_CELL,
}
# The number that a report has within one warehouse: what it has by the million is joined by it, not by a text
REPORT_KEY: dict[str, pl.DataType] = {"report_key": pl.Int32()}
# The tables that have it in place of `report_id`
KEYED_TABLES = ("cell", "narrative", "identity", "finding", "finding_cell")
# What the warehouse has in its schema `raw`
RAW_TABLES: dict[str, dict[str, pl.DataType]] = {
    **BATCH_TABLES,
    # A document that was read again comes with another batch
    "document": {**DOCUMENT, "batch_id": pl.String()},
    "report": {**REPORT_KEY, **REPORT, **AGENCY},
    **{
        table: {
            **REPORT_KEY,
            **{name: dtype for name, dtype in BATCH_TABLES[table].items() if name != "report_id"},
        }
        for table in KEYED_TABLES
    },
    "roster": ROSTER,
    "batch": {"batch_id": pl.String(), "loaded_at": pl.Datetime("us")},
    # What the last load touched: the models build these years of agencies anew, and every report of theirs
    "touched_agency": {"agency_id": pl.String()},
    "touched_year": {"agency_id": pl.String(), "year": pl.Int16()},
    "touched_report": REPORT_KEY,
    # Of these the ones that the release before had, and which of them were the current versions there
    "touched_before": {**REPORT_KEY, "was_current": pl.Boolean()},
    # And these districts, whose agencies they are or were
    "touched_district": {"district_code": pl.String()},
}


def create_table(table: str, columns: Mapping[str, pl.DataType]) -> str:
    """Write the DuckDB statement that makes a raw table unless it is there."""
    names = ", ".join(f'"{name}" {_duckdb_type(dtype)}' for name, dtype in columns.items())
    return f"create table if not exists raw.{table} ({names})"


def _duckdb_type(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Decimal):
        return f"decimal({dtype.precision}, {dtype.scale})"
    return {
        pl.String(): "varchar",
        pl.Int8(): "tinyint",
        pl.Int16(): "smallint",
        pl.Int32(): "integer",
        pl.Int64(): "bigint",
        pl.Date(): "date",
        pl.Datetime("us"): "timestamp",
        pl.Boolean(): "boolean",
    }[dtype]

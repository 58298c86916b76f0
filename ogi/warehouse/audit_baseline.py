"""Read a warehouse's shares: the last release's, to compare with, and the build's own, to report."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from expectations.content import TABLES, content_of
from expectations.history import TABLES_SEEN
from expectations.model import Baseline, share
from expectations.shares import CEILINGS, READER_TOTALS


def read_baseline(release: Path, *, is_repeated: bool = False) -> Baseline:
    """Read what tonight's build is compared with, over a read-only connection of its own.

    `is_repeated`: the build is the release built anew, so what the tables hold is compared, too.

    Raises:
        duckdb.Error: the file cannot be opened, or has not the tables of a release.
    """
    with duckdb.connect(str(release.resolve()), read_only=True) as connection:
        reports = _rows(connection, "select year, template, count(*) from raw.report group by all")
        current = _rows(connection, "select year, count(*) from marts.fct_report group by all")
        ((last_landed_at,),) = _rows(connection, "select max(landed_at) from raw.document")
        ((last_number,),) = _rows(connection, "select coalesce(max(report_key), 0) from raw.report")
        ((last_batch,),) = _rows(connection, "select coalesce(max(batch_id), '') from raw.batch")
        ((expected, assessed, broken, _),) = _rows(connection, READER_TOTALS)
        rows = {table: _rows(connection, f"select count(*) from {table}")[0][0] for table in TABLES_SEEN}
        has_shares = _rows(
            connection, "from duckdb_tables() where schema_name = 'audit' and table_name = 'source_share'"
        )
        ceilings = _rows(connection, CEILINGS) if has_shares else []
        tables = [table for (table,) in _rows(connection, TABLES)] if is_repeated else []
        content = _rows(connection, content_of(tables))
    return Baseline(
        reports={(year, template): count for year, template, count in reports},
        current=dict(current),
        last_landed_at=last_landed_at,
        last_batch=last_batch,
        last_number=last_number,
        identities_expected=expected,
        identities_assessed=assessed,
        identities_broken=broken,
        rows=rows,
        content={table: (count, held) for table, count, held in content},
        ceilings={(measure, of): Decimal(str(ceiling)) for measure, of, ceiling in ceilings},
    )


def read_statistics(connection: duckdb.DuckDBPyConnection, baseline: Baseline) -> dict[str, Any]:
    """Return a build's shares of identities assessed and broken beside the last release's, and what is late.

    Raises:
        duckdb.Error: a table is missing.
    """
    ((expected, assessed, broken, _),) = _rows(connection, "from picked.reader_totals")
    ((late,),) = _rows(connection, "select count(*) from marts.fct_report where not on_time")
    ((missing,),) = _rows(connection, "select count(*) from marts.fct_report_expected where not received")
    return {
        "identities_within": {
            "expected": expected,
            "assessed": assessed,
            "broken": broken,
            "assessed_share": float(share(assessed, expected)),
            "broken_share": float(share(broken, assessed)),
            "assessed_share_of_last_release": float(baseline.assessed_share) if baseline.exists else None,
            "broken_share_of_last_release": float(baseline.broken_share) if baseline.exists else None,
        },
        "reports_late": late,
        "reports_missing": missing,
    }


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()

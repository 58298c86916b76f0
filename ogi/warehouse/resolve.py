"""Look up the agency of each report that was loaded: a name that gets an alias finds its agency without being read again."""

import tempfile
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from ogi.registry.agencies import resolve_agency
from ogi.warehouse.frames import AGENCY


def resolve_agencies(connection: duckdb.DuckDBPyConnection, scratch: Path, *, everywhere: bool) -> None:
    """Fill in the agency of each report that has none yet, or of every one; `scratch` is a folder for a passing file."""
    where = "true" if everywhere else "agency_id is null"
    rows = connection.execute(
        f"select report_key, agency, agency_full, printed_division_code, source_sha256 from raw.report where {where}"
    ).fetchall()
    if not rows:
        return
    # An agency's reports of all years print the same names; only where they lead nowhere the document counts
    named = cache(resolve_agency)
    found = []
    for _, agency, agency_full, division_code, sha256 in rows:
        usual = named(agency, agency_full, division_code, "")
        found.append(
            usual if usual.division_code else resolve_agency(agency, agency_full, division_code, sha256)
        )
    agencies = pl.DataFrame(
        {
            "report_key": [row[0] for row in rows],
            "agency_id": [found_agency.agency_id for found_agency in found],
            "agency_name": [found_agency.agency_name for found_agency in found],
            "agency_kind": [found_agency.agency_kind for found_agency in found],
            "division_code": [found_agency.division_code for found_agency in found],
        },
        schema={"report_key": pl.Int32(), **AGENCY},
    )
    assignments = ", ".join(f"{name} = found.{name}" for name in AGENCY)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        file = str(Path(folder) / "agencies.parquet")
        agencies.write_parquet(file)
        connection.execute(
            f"update raw.report set {assignments} from read_parquet(?) as found"
            " where report.report_key = found.report_key",
            [file],
        )

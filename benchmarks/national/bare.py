"""What the same work costs bare DuckDB: load the cells, evaluate the identities by one join and group, write the facts.

    python -m benchmarks.national.bare PARSED FILE

Prints the seconds of each step as JSON.
"""

import json
import sys
import time
from pathlib import Path

import duckdb

from ogi.project import project_root

_STEPS = {
    "load": """
        create table report as select * from read_parquet('{parsed}/*/report-*.parquet');
        create table cell as select * from read_parquet('{parsed}/*/cell-*.parquet');
    """,
    "identities": """
        create table verdict as
        select
            report_id, identity_id, variant, count(*) as operands, count(value) as reported,
            sum(value) filter (where side = 'left') as left_value,
            sum(value) filter (where side = 'right') as right_value
        from cell
        join report using (report_id)
        join read_csv('{seeds}/identity_terms.csv') as term
            on cell.cell = term.cell and report.template = term.template and term.year_offset = 0
        group by all;
    """,
    "facts": """
        create table flow as
        select
            report_id, split_part(cell, '.', 3) as applicant_kind,
            max(value) filter (where split_part(cell, '.', 2) = 'new_requests') as new_requests,
            max(value) filter (where split_part(cell, '.', 2) = 'carried_over') as carried_over,
            max(value) filter (where split_part(cell, '.', 2) = 'total_processed') as total_processed,
            max(value) filter (where split_part(cell, '.', 2) = 'carried_forward') as carried_forward
        from cell
        where split_part(cell, '.', 2) in ('new_requests', 'carried_over', 'total_processed', 'carried_forward')
        group by all;
        create table outcome as
        select report_id, split_part(cell, '.', 2) as outcome, split_part(cell, '.', 3) as applicant_kind, value, state
        from cell where starts_with(cell, 'applications.');
        create table procurement as
        select report_id, value, unit, state from cell where starts_with(cell, 'proactive.procurement.');
    """,
}


def main(parsed: str, file: str) -> None:
    """Run the steps on a new file."""
    seconds = {}
    with duckdb.connect(file) as connection:
        for name, sql in _STEPS.items():
            started = time.monotonic()
            connection.execute(sql.format(parsed=parsed, seeds=project_root() / "seeds"))
            connection.execute("checkpoint")
            seconds[name] = time.monotonic() - started
        ((cells,),) = connection.execute("select count(*) from cell").fetchall()
    print(json.dumps({"seconds": seconds, "cells": cells, "bytes": Path(file).stat().st_size}))


if __name__ == "__main__":
    main(*sys.argv[1:])

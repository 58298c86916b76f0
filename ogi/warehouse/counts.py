"""What a finished build holds, in numbers: for its manifest, the summary and the list of releases."""

from dataclasses import dataclass, field

import duckdb


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a warehouse file. `identities` counts verdicts by status, `reports` every version of a report."""

    documents: int
    quarantined: int
    reports: int
    reports_by_year: dict[int, int]
    marts: dict[str, int]
    identities: dict[str, int] = field(default_factory=dict)


# Views over tables of millions: what they have is the sum of what was counted of each report when it was built
_OF_VIEWS = """
    unpivot (
        select
            sum(cells) as fct_report_version_cell,
            sum(cells) filter (where is_current) as fct_report_cell,
            -- A subtotal counts nothing of its own
            sum(outcomes) filter (where is_current) - (select count(*) from intermediate.int_subtotal_cell)
                as fct_application_outcome,
            sum(reviews) filter (where is_current) as fct_review,
            sum(statements) filter (where is_current) as fct_narrative_statement,
            (select count(*) from intermediate.int_narrative_count) as fct_narrative_count,
            (select count(*) from intermediate.int_identity_verdict) as fct_identity_check
        from intermediate.int_report_rows join intermediate.int_report_version using (report_key)
    ) on * into name mart value rows
"""
_BY_STATUS = """
    unpivot (
        select sum(broken) as broken, sum(assessed - broken) as holds, sum(expected - assessed) as not_assessable
        from intermediate.int_report_judged
    ) on * into name status value verdicts
"""


def read_counts(connection: duckdb.DuckDBPyConnection) -> Counts:
    """Count what a warehouse holds.

    Raises:
        duckdb.Error: it is no warehouse.
    """

    def rows(sql: str) -> list[tuple[object, ...]]:
        return connection.execute(sql).fetchall()

    # Another release may be beside it
    names = rows(
        "select table_name from information_schema.tables"
        " where table_catalog = current_database() and table_schema = 'marts' order by table_name"
    )
    counted = {str(name): int(str(count)) for name, count in rows(_OF_VIEWS)}
    stored = [str(name) for (name,) in names if name not in counted]
    marts = counted | {name: _one(rows(f'select count(*) from marts."{name}"')) for name in stored}
    by_year = rows("select year, count(*) from marts.fct_report group by year order by year")
    return Counts(
        documents=_one(rows("select count(*) from raw.document")),
        quarantined=_one(rows("select count(*) from raw.document where outcome = 'quarantined'")),
        reports=_one(rows("select count(*) from raw.report")),
        reports_by_year={int(str(year)): int(str(count)) for year, count in by_year},
        marts=dict(sorted(marts.items())),
        identities={str(status): int(str(count)) for status, count in rows(_BY_STATUS) if count},
    )


def _one(rows: list[tuple[object, ...]]) -> int:
    return int(str(rows[0][0]))

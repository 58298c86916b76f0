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
_OF_CURRENT = "select sum({}) from intermediate.int_report_rows semi join intermediate.int_report_current using (report_key)"
_COUNTED = {
    "fct_report_cell": _OF_CURRENT.format("cells"),
    "fct_report_version_cell": _OF_CURRENT.format("cells").replace(
        "int_report_current", "int_report_version"
    ),
    "fct_application_outcome": _OF_CURRENT.format("outcomes"),
    "fct_review": _OF_CURRENT.format("reviews"),
    "fct_narrative_statement": _OF_CURRENT.format("statements"),
    "fct_narrative_count": "select count(*) from intermediate.int_narrative_count",
    "fct_identity_check": "select count(*) from intermediate.int_identity_verdict",
}


def read_counts(connection: duckdb.DuckDBPyConnection) -> Counts:
    """Count what a warehouse holds.

    Raises:
        duckdb.Error: it is no warehouse.
    """

    def rows(sql: str) -> list[tuple[object, ...]]:
        return connection.execute(sql).fetchall()

    names = rows(
        "select table_name from information_schema.tables where table_schema = 'marts' order by table_name"
    )
    marts = {
        str(name): _one(rows(_COUNTED.get(str(name), f'select count(*) from marts."{name}"')))
        for (name,) in names
    }
    by_year = rows("select year, count(*) from marts.fct_report group by year order by year")
    verdicts = rows(
        """
        unpivot (
            select sum(broken) as broken, sum(assessed - broken) as holds, sum(expected - assessed) as not_assessable
            from intermediate.int_report_judged
        ) on * into name status value verdicts
        """
    )
    return Counts(
        documents=_one(rows("select count(*) from raw.document")),
        quarantined=_one(rows("select count(*) from raw.document where outcome = 'quarantined'")),
        reports=_one(rows("select count(*) from raw.report")),
        reports_by_year={int(str(year)): int(str(count)) for year, count in by_year},
        marts=marts,
        identities={str(status): int(str(count)) for status, count in verdicts if count},
    )


def _one(rows: list[tuple[object, ...]]) -> int:
    return int(str(rows[0][0] or 0))

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
    marts = {str(name): _one(rows(f'select count(*) from marts."{name}"')) for (name,) in names}
    by_year = rows("select year, count(*) from marts.fct_report group by year order by year")
    verdicts = rows("select status, count(*) from marts.fct_identity_check group by status")
    return Counts(
        documents=_one(rows("select count(*) from raw.document")),
        quarantined=_one(rows("select count(*) from raw.document where outcome = 'quarantined'")),
        reports=_one(rows("select count(*) from raw.report")),
        reports_by_year={int(str(year)): int(str(count)) for year, count in by_year},
        marts=marts,
        identities={str(status): int(str(count)) for status, count in verdicts},
    )


def _one(rows: list[tuple[object, ...]]) -> int:
    return int(str(rows[0][0]))

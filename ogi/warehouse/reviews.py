"""What people decided about findings: a file of the operator's own, which no load touches.

`OGI_HOME/reviews.jsonl` has one line a decision, the last one on a finding counts. A finding's id stays as long as the
agency prints the same figures, so a decision outlives new readers and new releases. Where the figures have changed, the
finding is `corrected` if all its identities hold now, else the decision is `stale`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import duckdb
import msgspec

from ogi.warehouse.clock import now
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.files import sync_file
from ogi.warehouse.home import Home

Decision = Literal["open", "sent", "accepted", "dismissed"]
Status = Literal["open", "sent", "accepted", "dismissed", "corrected", "stale"]
_SHORTEST_ID = 6

_CURRENT = """
    select finding_id, fct_finding.agency_id, fct_finding.year, kind, side, identity_ids, statement_zh, statement_en
    from marts.fct_finding
    where $year is null or fct_finding.year = $year
    order by fct_finding.agency_id, fct_finding.year, finding_number
"""
_PLACES = """
    select
        finding_id, source_path,
        list({
            'cell': cell, 'printed': cast(printed as double), 'implied': cast(implied as double),
            'page': page, 'table': table_number, 'row': row_number, 'column': column_number
        } order by implied is null, table_number, row_number, column_number) filter (cell is not null)
    from marts.fct_finding
    inner join marts.fct_report using (report_id)
    left join (select * exclude (agency_id, year) from marts.fct_finding_cell) using (finding_id)
    where $year is null or fct_finding.year = $year
    group by all
"""
_HELD = """
    select agency_id, year, list(identity_id) from marts.fct_identity_check
    where status = 'holds' and agency_id in (select unnest($agencies)) group by all
"""


class Subject(msgspec.Struct, frozen=True):
    """What a finding is about."""

    finding_id: str
    agency_id: str
    year: int
    kind: str
    side: str
    identity_ids: list[str]
    statement_zh: str
    statement_en: str


class Review(msgspec.Struct, frozen=True):
    """One decision on a finding: which, by whom, when (UTC) and why."""

    finding: Subject
    decision: Decision
    who: str
    at: dt.datetime
    why: str


class PrintedCell(msgspec.Struct, frozen=True):
    """A cell that a finding names: what is printed, what would mend it, and where it stands."""

    cell: str
    printed: float | None
    implied: float | None
    page: int | None
    table: int | None
    row: int | None
    column: int | None


class Reviewed(msgspec.Struct, frozen=True):
    """A finding with its status, the decision on it, if there is one, and the cells of the document that it names.

    What is no longer found has neither document nor cells.
    """

    finding: Subject
    status: Status
    who: str | None = None
    at: dt.datetime | None = None
    why: str | None = None
    path: str | None = None
    cells: list[PrintedCell] = []


def reviews_file(home: Home) -> Path:
    """Return where the decisions are kept."""
    return home.root / "reviews.jsonl"


def list_reviewed(
    home: Home, release: Path, names: Sequence[str] = (), year: int | None = None
) -> list[Reviewed]:
    """List the findings of a release with their status, then those that were decided on and are gone.

    Args:
        home: where the decisions are.
        release: the file of the release.
        names: the first characters of ids; with any, only findings that one of them names.
        year: with one, only findings about reports of that year.

    Raises:
        WarehouseError: the file of decisions cannot be read, or a name is that of no finding.
    """
    current = _read_findings(release, year)
    printed = _read_places(release, year)
    reviews = {
        review.finding.finding_id: review
        for review in _read_reviews(home)
        if year is None or review.finding.year == year
    }
    listed = [
        Reviewed(finding, "open", None, None, None, *printed[finding.finding_id])
        if review is None
        else Reviewed(
            finding, review.decision, review.who, review.at, review.why, *printed[finding.finding_id]
        )
        for finding, review in ((finding, reviews.pop(finding.finding_id, None)) for finding in current)
    ]
    held = _read_held(release, {review.finding.agency_id for review in reviews.values()})
    for review in reviews.values():
        gone = review.finding
        is_mended = set(gone.identity_ids) <= held.get((gone.agency_id, gone.year), set())
        status: Status = "corrected" if is_mended else "stale"
        listed.append(Reviewed(gone, status, review.who, review.at, review.why))
    for name in names:
        if not any(reviewed.finding.finding_id.startswith(name) for reviewed in listed):
            raise WarehouseError(
                f"没有编号以“{name}”开头的发现；ogi findings 列出全部。",
                f"No finding has an id that begins with {name}: `ogi findings` lists them all.",
            )
    return [r for r in listed if not names or r.finding.finding_id.startswith(tuple(names))]


def decide(
    home: Home, release: Path, ids: Iterable[str], decision: Decision, who: str, why: str
) -> list[Subject]:
    """Write down a decision on findings, each named by its id or the first characters of it; return the findings.

    Raises:
        WarehouseError: an id names no finding of the release or several, or the file cannot be written.
    """
    current = _read_findings(release)
    chosen = [_named(current, name) for name in ids]
    try:
        with reviews_file(home).open("ab") as file:
            for finding in chosen:
                file.write(msgspec.json.encode(Review(finding, decision, who, now(), why)) + b"\n")
        sync_file(reviews_file(home))
    except OSError as error:
        raise WarehouseError(
            f"无法写入 {reviews_file(home)}：{error.strerror}。", f"It cannot be written: {error}."
        ) from error
    return chosen


def _named(findings: list[Subject], name: str) -> Subject:
    found = [finding for finding in findings if finding.finding_id.startswith(name)]
    if len(found) != 1 or len(name) < _SHORTEST_ID:
        raise WarehouseError(
            f"“{name}”没有对应唯一的一条发现；ogi findings 列出全部，至少写出编号的前 {_SHORTEST_ID} 位。",
            f"{name} does not name exactly one finding: `ogi findings` lists them, give {_SHORTEST_ID} characters or more.",
        )
    return found[0]


def _read_findings(release: Path, year: int | None = None) -> list[Subject]:
    with duckdb.connect(str(release), read_only=True) as connection:
        return [Subject(*row) for row in connection.execute(_CURRENT, {"year": year}).fetchall()]


def _read_held(release: Path, agencies: set[str]) -> dict[tuple[str, int], set[str]]:
    """Return which identities hold, by agency and year, of these agencies."""
    if not agencies:
        return {}
    with duckdb.connect(str(release), read_only=True) as connection:
        rows = connection.execute(_HELD, {"agencies": sorted(agencies)}).fetchall()
    return {(agency, year): set(ids) for agency, year, ids in rows}


def _read_places(release: Path, year: int | None) -> dict[str, tuple[str, list[PrintedCell]]]:
    """Return finding -> the document that prints its cells, and these, the one with a repair first."""
    with duckdb.connect(str(release), read_only=True) as connection:
        rows = connection.execute(_PLACES, {"year": year}).fetchall()
    return {finding: (path, [PrintedCell(**cell) for cell in cells or []]) for finding, path, cells in rows}


def _read_reviews(home: Home) -> list[Review]:
    file = reviews_file(home)
    if not file.exists():
        return []
    reviews = []
    for number, line in enumerate(file.read_bytes().splitlines(), start=1):
        try:
            reviews.append(msgspec.json.decode(line, type=Review))
        except msgspec.DecodeError as error:
            raise WarehouseError(
                f"{file} 第 {number} 行无法读取：{error}；请更正或删除这一行。",
                f"Line {number} cannot be read: mend or remove it.",
            ) from error
    return reviews

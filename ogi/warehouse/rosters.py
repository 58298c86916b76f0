"""The operator's rosters: `rosters.csv` in OGI_HOME, and one that came in the root of an inbox, which is kept as it came.

Where both name a division, the one in OGI_HOME counts for it (`int_hierarchy_member`). A file that cannot be used is said each night
and changes nothing: what was accepted before stays.
"""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from ogi.registry.rosters import RosterRefused, RosterRow, read_roster
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.files import rename, sync_file
from ogi.warehouse.frames import ROSTER
from ogi.warehouse.home import Home

ROSTERS = "rosters.csv"
_OPERATOR, _INBOX = "operator", "inbox"
_SHOWN = 10
_Row = tuple[Any, ...]


@dataclass(slots=True)
class Rosters:
    """What the files say, as rows of `raw.roster` by source; a source that cannot be used is not in it."""

    rows: dict[str, list[_Row]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def take_in_rosters(home: Home, inbox: Path | None, sources: Sequence[Path] = ()) -> Rosters:
    """Keep an inbox's roster, and read and check both; of declared sources, each with its own, none can come first.

    Raises:
        WarehouseError: the landing zone cannot be written.
    """
    rosters = Rosters()
    if inbox is not None and _read(rosters, _INBOX, inbox / ROSTERS):
        _keep(home, inbox / ROSTERS)
    else:
        _read(rosters, _INBOX, home.landing / ROSTERS)
    _read(rosters, _OPERATOR, home.root / ROSTERS)
    rosters.problems += [
        f"{folder / ROSTERS}：未读取；请把来源的机关名册并入 {home.root / ROSTERS}。"
        f" / Not read: bring the rosters of sources together in {home.root / ROSTERS}."
        for folder in sources
        if (folder / ROSTERS).exists()
    ]
    return rosters


def rosters_changed(release: Path, rosters: Rosters) -> bool:
    """Tell whether a release's rosters are other than the files say now."""
    with duckdb.connect(str(release), read_only=True) as connection:
        loaded = connection.execute(f"select {', '.join(ROSTER)} from raw.roster").fetchall()
    return any(
        {row for row in loaded if row[0] == source} != set(rows) for source, rows in rosters.rows.items()
    )


def load_rosters(connection: duckdb.DuckDBPyConnection, rosters: Rosters, scratch: Path) -> None:
    """Replace the rows of `raw.roster`, source by source; `scratch` is a folder for a passing file.

    Leaves the temporary table `changed_roster` (division_code): the divisions whose rosters are other than before.
    """
    connection.execute("create or replace temp table roster_before as from raw.roster")
    for source, rows in rosters.rows.items():
        connection.execute("delete from raw.roster where source = ?", [source])
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            file = str(Path(folder) / "roster.parquet")
            pl.DataFrame(rows, schema=ROSTER, orient="row").write_parquet(file)
            connection.execute("insert into raw.roster by name from read_parquet(?)", [file])
    connection.execute(
        """
        create or replace temp table changed_roster as
        select distinct division_code
        from ((from raw.roster except from roster_before) union all (from roster_before except from raw.roster))
        """
    )


def _read(rosters: Rosters, source: str, file: Path) -> bool:
    """Read one file into the rosters; False where there is none, which is an empty one, or none that can be used."""
    try:
        read = read_roster(file.read_bytes())
    except FileNotFoundError:
        rosters.rows[source] = []
        return False
    except OSError as error:
        rosters.problems.append(
            f"{file}：无法读取：{error.strerror}。 / It cannot be read: {error.strerror}."
        )
        return False
    except RosterRefused as error:
        rosters.problems += [f"{file}：{reason}" for reason in error.reasons[:_SHOWN]]
        rosters.problems.append(
            f"{file}：机关名册有误，整份未采用，仍用以前的；请更正以上各处（共 {len(error.reasons)} 处）。"
            f" / The roster was not used, what was accepted before stays: mend the above ({len(error.reasons)} in all)."
        )
        return False
    rosters.rows[source] = [_as_row(source, row) for row in read]
    rosters.problems += [
        f"{file}：第 {row.line} 行：“{row.agency}”属垂直管理系统，不在地方汇总之内，未计入。"
        f" / Line {row.line}: an agency of a vertical system is in no local summary; it is left out."
        for row in read
        if row.is_vertical
    ]
    return True


def _as_row(source: str, row: RosterRow) -> _Row:
    return (
        source,
        row.line,
        row.division_code,
        row.agency,
        row.agency_id,
        row.agency_name,
        row.valid_from,
        row.valid_to,
    )


def _keep(home: Home, file: Path) -> None:
    target = home.landing / ROSTERS
    try:
        home.landing.mkdir(exist_ok=True)
        temporary = target.with_name(f".{ROSTERS}.tmp")
        shutil.copyfile(file, temporary)
        sync_file(temporary)
        rename(temporary, target)
    except OSError as error:
        raise WarehouseError(
            f"无法写入 {home.landing}：{error.strerror}。", f"The landing zone cannot be written: {error}."
        ) from error

"""What is to be seen of an OGI_HOME from outside: which stages a load has finished, and whether the release is sound."""

import json
from pathlib import Path

import duckdb

from ogi.warehouse.files import blake3_of
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.manifest import read_manifest

# In their order; a load that finds nothing new leaves out those between the second and the last
STAGES = ("take_in", "parse", "copy", "load", "build", "audit", "publish", "export")
COUNT = "select count(*), sum(value) from marts.fct_report_cell"


class Follower:
    """Follows `run.log` from where it ends now; it is not to be rotated meanwhile."""

    def __init__(self, home: Path) -> None:
        """Start at its end."""
        self._file = Home(home).run_log
        self._position = self._file.stat().st_size if self._file.exists() else 0
        self._finished: dict[str, float] = {}

    def finished(self) -> dict[str, float]:
        """Return the seconds of the stages that have finished since."""
        if self._file.exists():
            with self._file.open("rb") as log:
                log.seek(self._position)
                for line in log:
                    if not line.endswith(b"\n"):
                        break
                    self._position += len(line)
                    self._note(line)
        return self._finished

    def _note(self, line: bytes) -> None:
        if b'"stage"' in line:
            said = json.loads(line)
            self._finished[said["stage"]] = said["seconds"]

    def stage(self) -> str:
        """Name the stage that comes after those that have finished; `finished` after the last."""
        done = self.finished()
        return next((stage for stage in STAGES if stage not in done), "finished")


class Analyst:
    """Holds the release of one day open, whatever is published meanwhile."""

    def __init__(self, home: Path) -> None:
        """Open the release as any client does."""
        self._connection = duckdb.connect(str(Home(home).warehouse.resolve()), read_only=True)
        self._answer = self._ask()

    def is_undisturbed(self) -> bool:
        """Ask the same as before and compare the answer."""
        return self._ask() == self._answer

    def _ask(self) -> object:
        return self._connection.execute(COUNT).fetchone()


def faults_of_release(root: Path) -> list[str]:
    """Say what is wrong with the published release: it opens, its file is whole, it passed its expectations."""
    home = Home(root)
    release = home.current_release()
    if release is None:
        return ["no release is published"]
    manifest = read_manifest(home, release)
    file = home.releases / release / DATABASE
    faults = []
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            if connection.execute(COUNT).fetchone() == (0, None):
                faults.append(f"{release} is empty")
    except duckdb.Error as error:
        faults.append(f"{release} does not open: {error}")
    expectations = manifest.get("expectations", {})
    if not expectations.get("run") or expectations.get("failed") or expectations.get("not_run"):
        faults.append(f"{release} did not pass its expectations: {expectations}")
    if manifest.get("files", {}).get(DATABASE, {}).get("blake3") != blake3_of(file):
        faults.append(f"{release} is not the file that its manifest names")
    return faults


def documents_in(file: Path) -> int:
    """Count the documents of a release's database, those that gave no report among them."""
    with duckdb.connect(str(file), read_only=True) as connection:
        ((count,),) = connection.execute("select count(*) from raw.document").fetchall()
    return int(count)

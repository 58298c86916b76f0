"""What the identities and the audit cost: the project's own models and expectations on a warehouse of synthetic reports.

    python -m benchmarks.identities --cells 20000000

Reports of `ogi demo` are loaded, copied in SQL under other agencies until there are as many cells, and built and audited as a
night does. Beside it, on the same rows in the same run, the least that any evaluation must do: join the cells to their terms,
group, sum. Prints tables; exit status 1 if a bar is missed.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ogi.project import project_root
from ogi.warehouse.audit import audit
from ogi.warehouse.build import build_models
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.landing import take_in
from ogi.warehouse.ledger import open_ledger
from ogi.warehouse.load import load_batches
from ogi.warehouse.parsing import parse_landed
from ogi.warehouse.rosters import Rosters

IDENTITIES_BAR, AUDIT_BAR = 2.0, 0.25
ORIGINALS = 2_000
ROUNDS = 3
# What makes the verdicts, from the cells of the current reports to the last of them
MODELS = (
    "int_identity_expected",
    "int_identity_operand",
    "int_hierarchy_evaluated",
    "int_identity_verdict",
    "fct_identity_check",
)
# The keys of a copied row, so that each copy is other reports of other agencies
_OTHER_KEYS = {
    "report_key": "cast(report_key + (copy + 1) * {last_key} as integer)",
    **{key: f"{key} || '~' || copy" for key in ("report_id", "source_sha256", "landed_sha256", "agency_id")},
}
_BARE = """
    create or replace temp table bare as
    select report_key, t.identity_id, sum(t.coefficient * c.value) as residual, count(c.value) as operands
    from raw.cell as c
    join raw.report as r using (report_key)
    join terms as t on r.template = t.template and c.cell = t.cell
    group by report_key, t.identity_id
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of one run over the same warehouse; `models` of those in `MODELS`, by name."""

    cells: int
    verdicts: int
    bare: float
    models: dict[str, float]
    build: float
    audit_import: float
    audit: float


def main() -> int:
    """Run the benchmark; return 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cells", type=int, default=20_000_000)
    parser.add_argument(
        "--folder", type=Path, help="where the warehouse is made (default: a temporary folder)"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        measured = measure(Path(folder), arguments.cells)
    identities, audited = sum(measured.models.values()) / measured.bare, measured.audit / measured.build
    print(f"{measured.cells:,} cells, {measured.verdicts:,} verdicts\n")
    print("| what | seconds | ratio | bar | met |\n|---|---|---|---|---|")
    print(f"| bare join and group of the cells with their terms | {measured.bare:.2f} | 1 | | |")
    print(
        f"| all identities, ÷ bare | {sum(measured.models.values()):.2f} | {identities:.2f} "
        f"| ≤ {IDENTITIES_BAR:g} | {_yes(identities <= IDENTITIES_BAR)} |"
    )
    print(f"| full build: every seed, model and test of the models | {measured.build:.2f} | 1 | | |")
    print(
        f"| whole audit, ÷ full build | {measured.audit:.2f} | {audited:.2f} "
        f"| ≤ {AUDIT_BAR:g} | {_yes(audited <= AUDIT_BAR)} |"
    )
    print("\n| of the identities | seconds |\n|---|---|")
    for model, seconds in measured.models.items():
        print(f"| {model} | {seconds:.2f} |")
    print(f"\nof the audit, Great Expectations' import: {measured.audit_import:.2f} s")
    return int(identities > IDENTITIES_BAR or audited > AUDIT_BAR)


def measure(folder: Path, cells: int) -> Measured:
    """Make the warehouse, and time the bare query, the build and the audit on it."""
    build = folder / "build"
    build.mkdir()
    file = build / DATABASE
    _load(folder, build, min(ORIGINALS, max(1, cells // 150)))
    _multiply(file, cells)
    bare = _bare(file)
    started = time.monotonic()
    build_models(build, is_full=True)
    built = time.monotonic()
    audited = audit(build_file=file, out_dir=build, previous=None)
    finished = time.monotonic()
    if not audited.passed:
        raise SystemExit(f"audit: {audited.not_run or [f.name for f in audited.expectations_failed]}")
    with duckdb.connect(str(file), read_only=True) as connection:
        ((in_all,),) = connection.execute("select count(*) from raw.cell").fetchall()
        ((verdicts,),) = connection.execute("select count(*) from marts.fct_identity_check").fetchall()
    return Measured(
        cells=in_all,
        verdicts=verdicts,
        bare=statistics.median([*bare, *_bare(file)]),
        models=_seconds(build / "dbt" / "run_results.json"),
        build=built - started,
        audit_import=audited.statistics["seconds"]["import"],
        audit=finished - built,
    )


def _load(folder: Path, build: Path, reports: int) -> None:
    """Write a synthetic corpus and load it as a night does, but for the models."""
    demo = folder / "demo"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "ogi",
            "demo",
            str(demo),
            "--reports",
            str(reports),
            "--seed",
            "1",
            "--as",
            "parsed",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    home = Home(folder / "home")
    home.root.mkdir()
    take_in(home, demo / "inbox")
    parse_landed(home)
    with open_ledger(home) as ledger:
        batches = ledger.batches()
    load_batches(home, build, batches, Rosters(), is_upgrade=False)


def _multiply(file: Path, cells: int) -> None:
    """Copy every row of the raw tables under other keys until there are as many cells."""
    with duckdb.connect(str(file)) as connection:
        ((originals,),) = connection.execute("select count(*) from raw.cell").fetchall()
        ((last_key,),) = connection.execute("select max(report_key) from raw.report").fetchall()
        copies = max(0, round(cells / originals) - 1)
        columns = connection.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'raw'"
        ).fetchall()
        for table in {table for table, _ in columns} - {"batch", "roster"}:
            keys = {key: other for key, other in _OTHER_KEYS.items() if (table, key) in columns}
            renamed = ", ".join(f"{other.format(last_key=last_key)} as {key}" for key, other in keys.items())
            # The rows before the first copy: a query of the table that it is inserted into would read its own
            connection.execute(f"create temp table originals as from raw.{table}")
            connection.execute(
                f"insert into raw.{table} select originals.* replace ({renamed}) from originals, range(?) as r(copy)",
                [copies],
            )
            connection.execute("drop table originals")
        connection.execute("checkpoint")


def _bare(file: Path) -> list[float]:
    """Time the bare query a few times; nothing of it stays."""
    terms = str(project_root() / "seeds" / "identity_terms.csv")
    seconds = []
    with duckdb.connect(str(file), read_only=True, config={"threads": 2}) as connection:
        connection.execute(
            "create temp table terms as from read_csv(?, all_varchar = false, types = {'template': 'varchar'}) "
            "where year_offset = 0 and coalesce(variant, '') = '' and not starts_with(identity_id, 'hierarchy.')",
            [terms],
        )
        for _ in range(ROUNDS):
            started = time.monotonic()
            connection.execute(_BARE)
            seconds.append(time.monotonic() - started)
    return seconds


def _seconds(run_results: Path) -> dict[str, float]:
    """Read from dbt's own record how long each model of the identities took."""
    results = json.loads(run_results.read_text(encoding="utf-8"))["results"]
    by_name = {r["unique_id"].removeprefix("model.ogi."): r["execution_time"] for r in results}
    return {model: by_name[model] for model in MODELS}


def _yes(is_met: bool) -> str:
    return "yes" if is_met else "NO"


if __name__ == "__main__":
    sys.exit(main())

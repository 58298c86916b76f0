"""What the identities and the audit cost: the project's own models and expectations on a warehouse of synthetic reports.

    python -m benchmarks.identities --cells 20000000

Reports of `ogi demo` are loaded, copied in SQL under other agencies until there are as many cells, and built and audited as a
night does. Beside it, on the same rows in the same run, the least that any evaluation must do: join the figures of reports,
of other years' reports and of the prose to their terms, group, sum. Prints tables; exit status 1 if a bar is missed.
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
from ogi.settings.model import Settings
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.run import Run

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
# The operands of every identity within a report, of another year's report, and of the prose; nothing is decided about them
_BARE = """
    create or replace temp table bare as
    with operands as (
        select c.report_key, t.identity_id, t.coefficient, c.value
        from raw.cell as c
        join raw.report as r using (report_key)
        join terms as t on r.template = t.template and c.cell = t.cell
        where t.year_offset = 0
        union all
        select r.report_key, t.identity_id, t.coefficient, c.value
        from raw.cell as c
        join terms as t on c.cell = t.cell
        join raw.report as o using (report_key)
        join raw.report as r
            on o.agency_id = r.agency_id and o.year = r.year + t.year_offset and r.template = t.template
        where t.year_offset <> 0
        union all
        select r.report_key, t.identity_id, t.coefficient, n.value
        from raw.narrative as n
        join raw.report as r using (report_id)
        join terms as t on r.template = t.template and 'narrative.' || n.measure = t.cell
    )
    select report_key, identity_id, sum(coefficient * value) as residual, count(value) as operands
    from operands
    group by report_key, identity_id
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
    print(f"| bare: join the figures to their terms, group, sum | {measured.bare:.2f} | 1 | | |")
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
    run = _loaded(folder, min(ORIGINALS, max(1, cells // 150)))
    assert run.build is not None
    file = run.build.folder / DATABASE
    _multiply(file, cells)
    bare = _bare(file)
    run.build_models()
    run.audit()
    assert run.audited is not None
    with duckdb.connect(str(file), read_only=True) as connection:
        ((in_all,),) = connection.execute("select count(*) from raw.cell").fetchall()
        ((verdicts,),) = connection.execute("select count(*) from marts.fct_identity_check").fetchall()
    return Measured(
        cells=in_all,
        verdicts=verdicts,
        bare=statistics.median([*bare, *_bare(file)]),
        models=_seconds(run.build.folder / "dbt" / "run_results.json"),
        build=run.seconds["build"],
        audit_import=run.audited.statistics["seconds"]["import"],
        audit=run.seconds["audit"],
    )


def _loaded(folder: Path, reports: int) -> Run:
    """Write a synthetic corpus and load it, as a night does up to the models."""
    demo = folder / "demo"
    how = ["--reports", str(reports), "--seed", "1", "--as", "parsed"]
    subprocess.run(
        [sys.executable, "-m", "ogi", "demo", str(demo), *how], check=True, stdout=subprocess.DEVNULL
    )
    home = Home(folder / "home")
    home.root.mkdir()
    run = Run(home, Settings(home=home.root), demo / "inbox")
    run.take_in()
    run.parse()
    run.load()
    return run


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
            "where coalesce(variant, '') = '' and not starts_with(identity_id, 'hierarchy.')",
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

"""What the identities and the audit cost: the project's own models and expectations on a warehouse of synthetic reports.

    python -m benchmarks.identities --cells 20000000

Reports of `ogi demo` are read, their batches copied under other agencies until there are as many cells, and these loaded,
built and audited as a full load does. Beside it, on the same rows in the same run, the least that any evaluation must do: join the figures of reports,
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
from ogi.warehouse.batches import batch_files
from ogi.warehouse.engine import open_build
from ogi.warehouse.frames import BATCH_TABLES
from ogi.warehouse.home import Home
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
# Of a copied row, so that each copy is other reports of other agencies
_KEYS = ("source_sha256", "landed_sha256", "agency", "agency_full")
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
        join raw.report as r using (report_key)
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
    load: float
    build: float
    picked: float
    waited: float
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
    identities, audited = (
        sum(measured.models.values()) / measured.bare,
        measured.audit / (measured.load + measured.build),
    )
    print(f"{measured.cells:,} cells, {measured.verdicts:,} verdicts\n")
    print("| what | seconds | ratio | bar | met |\n|---|---|---|---|---|")
    print(f"| bare: join the figures to their terms, group, sum | {measured.bare:.2f} | 1 | | |")
    print(
        f"| all identities, ÷ bare | {sum(measured.models.values()):.2f} | {identities:.2f} "
        f"| ≤ {IDENTITIES_BAR:g} | {_yes(identities <= IDENTITIES_BAR)} |"
    )
    print(
        f"| full build: the batches loaded ({measured.load:.2f}), every seed, model and test of the models "
        f"({measured.build:.2f}) | {measured.load + measured.build:.2f} | 1 | | |"
    )
    print(
        f"| whole audit, ÷ full build | {measured.audit:.2f} | {audited:.2f} "
        f"| ≤ {AUDIT_BAR:g} | {_yes(audited <= AUDIT_BAR)} |"
    )
    print("\n| of the identities | seconds |\n|---|---|")
    for model, seconds in measured.models.items():
        print(f"| {model} | {seconds:.2f} |")
    print(
        f"\nof the audit {measured.picked:.2f} s until all is picked out and counted, beside the import of Great Expectations,"
        f" and {measured.waited:.2f} s more for that import"
    )
    return int(identities > IDENTITIES_BAR or audited > AUDIT_BAR)


def measure(folder: Path, cells: int) -> Measured:
    """Make the warehouse, and time the bare query, the build and the audit on it."""
    run = _read(folder, min(ORIGINALS, max(1, cells // 150)))
    _multiply(run, cells)
    run.load()
    assert run.build is not None
    bare = _bare(run.build.folder)
    run.build_models()
    run.audit()
    assert run.audited is not None
    with open_build(run.build.folder) as connection:
        ((in_all,),) = connection.execute("select count(*) from raw.cell").fetchall()
        ((verdicts,),) = connection.execute("select count(*) from marts.fct_identity_check").fetchall()
    return Measured(
        cells=in_all,
        verdicts=verdicts,
        bare=statistics.median([*bare, *_bare(run.build.folder)]),
        models=_seconds(run.build.folder / "dbt" / "run_results.json"),
        load=run.seconds["load"],
        build=run.seconds["build"],
        picked=run.audited.statistics["seconds"]["pick_out"],
        waited=run.audited.statistics["seconds"]["import"],
        audit=run.seconds["audit"],
    )


def _read(folder: Path, reports: int) -> Run:
    """Write a synthetic corpus, take it in and read it."""
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
    return run


def _multiply(run: Run, cells: int) -> None:
    """Write every row of the batches again, under other keys, until there are as many cells."""
    originals = {
        table: [str(file) for batch in run.unloaded for file in batch_files(run.home, batch, table)]
        for table in BATCH_TABLES
    }
    with duckdb.connect() as connection:
        ((there,),) = connection.execute(
            "select count(*) from read_parquet(?)", [originals["cell"]]
        ).fetchall()
        copies = max(0, round(cells / there) - 1)
        for table, columns in BATCH_TABLES.items():
            if not originals[table]:  # without a row
                continue
            # A report is known by its document and its place in it: sha256#number
            renamed = ", ".join(
                (
                    *(f"{key} || '~' || copy as {key}" for key in _KEYS if key in columns),
                    *(
                        ["regexp_replace(report_id, '(#|$)', '~' || copy || '\\1') as report_id"]
                        if "report_id" in columns
                        else []
                    ),
                )
            )
            file = run.home.parsed / run.unloaded[-1] / f"{table}-copies.parquet"
            connection.execute(
                f"copy (select came.* replace ({renamed}) from read_parquet($files) as came, range($copies) as r(copy)) to '{file}'",
                {"files": originals[table], "copies": copies},
            )


def _bare(build: Path) -> list[float]:
    """Time the bare query a few times; nothing of it stays."""
    terms = str(project_root() / "seeds" / "identity_terms.csv")
    seconds = []
    with open_build(build) as connection:
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

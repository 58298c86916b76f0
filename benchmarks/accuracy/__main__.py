"""How right the reader is, by format and layout.

    python -m benchmarks.accuracy --reports 600 --seed 1

Writes a corpus in memory, reads it, compares cell by cell with its truth and writes `docs/accuracy.md`. Exit status 1 if
a bar is missed.
"""

import argparse
import datetime as dt
import os
import platform
import sys
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.accuracy.compare import Score, compare
from benchmarks.accuracy.page import accuracy_page, bars
from benchmarks.accuracy.sample import DIGITAL, SCANS, sample
from ogi.demo.corpus import MadeDocument
from ogi.reports.parse import parse_bytes

_OTHERS = "# 读得多快"
_PAGE = Path(__file__).parents[2] / "docs" / "accuracy.md"
_ALL_FORMATS = ",".join(DIGITAL + SCANS)
Scores = dict[tuple[str, str], Score]


def measure(made: MadeDocument, keep: Path | None) -> tuple[str, str, Score, float]:
    """Read one document; returns its format, layout, score and the seconds that reading took."""
    started = time.perf_counter()
    parsed = parse_bytes(made.data, made.path)
    seconds = time.perf_counter() - started
    score = compare(made.truth, parsed[0])
    if len(parsed) > 1:
        score.differences.append(f"{len(parsed)} reports")
    if score.differences and keep is not None:
        path = keep / f"{made.truth.layout}-{Path(made.path).name}"
        path.write_bytes(made.data)
        path.with_suffix(path.suffix + ".diff").write_text("\n".join(score.differences), encoding="utf-8")
    form = made.truth.report.template if made.truth.report else None
    score.differences = [f"{form or 'free form'} {made.path}: {line}" for line in score.differences]
    return made.truth.source.format, str(made.truth.layout), score, seconds


def run(arguments: argparse.Namespace) -> tuple[Scores, dict[str, float]]:
    """Measure the sample; returns the scores by format and layout, and the seconds by format."""
    scores: Scores = defaultdict(Score)
    seconds: dict[str, float] = defaultdict(float)
    formats = tuple(arguments.formats.split(","))
    made = sample(arguments.reports, arguments.scans, arguments.seed, formats)
    chosen = (m for m in made if arguments.layout in {None, m.truth.layout})
    if arguments.keep is not None:
        arguments.keep.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for name, layout, score, took in pool.map(partial(measure, keep=arguments.keep), chosen):
            scores[name, layout].add(score)
            seconds[name] += took
    return scores, seconds


def _command(arguments: argparse.Namespace) -> str:
    """Return the command that measures the same documents again."""
    a = arguments
    command = f"python -m benchmarks.accuracy --reports {a.reports} --scans {a.scans} --seed {a.seed}"
    command += "" if a.formats == _ALL_FORMATS else f" --formats {a.formats}"
    return command + (f" --layout {a.layout}" if a.layout else "")


def main() -> int:
    """Measure, write the page, print the bars and what differed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=600)
    parser.add_argument("--scans", type=int, default=24, help="how many of the reports are scanned")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", default=_ALL_FORMATS)
    parser.add_argument("--layout", help="only this family")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N differences a family")
    parser.add_argument("--keep", type=Path, help="write the documents that differ into this folder")
    parser.add_argument("--write", action="store_true", help="write docs/accuracy.md")
    arguments = parser.parse_args()
    scores, seconds = run(arguments)
    for (name, layout), score in sorted(scores.items()):
        for difference in score.differences[: arguments.show]:
            print(f"{name}/{layout}: {difference}")
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    page = accuracy_page(scores, seconds, f"`{_command(arguments)}`, {dt.date.today()}, {machine}.")
    if arguments.write:
        # Behind the figures stand those of the other benchmarks of reading
        _, heading, others = _PAGE.read_text(encoding="utf-8").partition(_OTHERS)
        _PAGE.write_text(f"{page}\n{heading}{others}", encoding="utf-8")
    print(page)
    return 0 if all(bar.is_met for bar in bars(scores)) else 1


if __name__ == "__main__":
    sys.exit(main())

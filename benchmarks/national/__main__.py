"""How long a full load and a night take at national scale, against bare DuckDB on the same cells in the same run.

    python -m benchmarks.national [--reports 1000000] [--small 10000] [--night 1000] [--folder DIR]

Makes a base of synthetic reports (20 KB each as parsed lines), loads it, then five nights of changed ones, and the same
nights on a small base; the night in the middle counts. Bare DuckDB does its work before the load and after it, for a
machine is not as fast at one time as at another: the mean counts. Prints a table; exit status 1 if a bar is missed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.national.base import make_base, make_nights

FULL_BAR, NIGHT_SHARE_BAR, NIGHT_RATIO_BAR, MEMORY_BAR_GB, CELL_BAR_BYTES = 3.0, 0.03, 1.5, 12.0, 20.0
AUDIT_BAR = 0.25
_NIGHTS = 5
_READING, _BUILDING = ("take_in", "parse"), ("load", "build", "audit", "publish")


def main() -> int:
    """Run the benchmark; return 1 if a bar is missed."""
    arguments = _arguments()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="ogi-national-"))
    try:
        large, small = folder / "large", folder / "small"
        reading = make_base(large, arguments.reports)
        print("base", json.dumps(reading), file=sys.stderr)
        make_base(small, arguments.small)
        bare = [_bare(large, folder)]
        full = _load(large, large / "inbox")
        bare.append(_bare(large, folder))
        _load(small, small / "inbox")
        inboxes = {root: make_nights(root, arguments.night, _NIGHTS) for root in (large, small)}
        nights: dict[Path, list[dict[str, Any]]] = {large: [], small: []}
        for number in range(_NIGHTS):
            for root, loads in nights.items():
                loads.append(_load(root, inboxes[root][number]))
    finally:
        if arguments.folder is None:
            shutil.rmtree(folder)
    for what, measured in {
        "bare": bare,
        "full": full,
        "nights": nights[large],
        "small": nights[small],
    }.items():
        print(what, json.dumps(measured), file=sys.stderr)
    rows = _rows(arguments, reading, bare, full, *(_middle(loads) for loads in nights.values()))
    print("| what | measured | bar | met |\n|---|---|---|---|")
    for what, shown, bar, is_met in rows:
        print(f"| {what} | {shown} | {bar} | {'yes' if is_met else 'NO'} |")
    return int(not all(is_met for *_, is_met in rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--night", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="keep everything here")
    return parser.parse_args()


def _rows(
    arguments: argparse.Namespace,
    reading: Mapping[str, float],
    bare: Sequence[Mapping[str, Any]],
    full: Mapping[str, Any],
    night: Mapping[str, Any],
    small: Mapping[str, Any],
) -> list[tuple[str, str, str, bool]]:
    bare_seconds = mean(sum(measured["seconds"].values()) for measured in bare)
    cells = bare[0]["cells"]
    full_seconds = _work(full, _BUILDING)
    from_inbox = reading["take in"] + reading["parse"] + full_seconds
    night_seconds, small_seconds = (_work(load, _READING + _BUILDING) for load in (night, small))
    night_share = night_seconds / from_inbox
    share_unread = _work(night, _BUILDING) / full_seconds
    per_cell = full["bytes"] / cells
    peak = full["peak_bytes"] / 1e9
    audit = (full["seconds"]["audit"] + full["start_up"]["imports"]) / _work(full, ("load", "build"))
    return [
        (
            f"full load + build + audit of {arguments.reports:,} reports ({cells:,} cells) ÷ bare DuckDB"
            f" ({bare_seconds:.0f} s)",
            f"{full_seconds / bare_seconds:.2f}× ({full_seconds:.0f} s; start-up {_start_up(full):.0f} s)",
            f"≤ {FULL_BAR}×",
            full_seconds / bare_seconds <= FULL_BAR,
        ),
        (
            "the same with the reports taken in and read ÷ bare DuckDB, which finds them as Parquet",
            f"{from_inbox / bare_seconds:.2f}× ({from_inbox:.0f} s)",
            f"≤ {FULL_BAR}×",
            from_inbox / bare_seconds <= FULL_BAR,
        ),
        ("its peak of memory", f"{peak:.1f} GB", f"≤ {MEMORY_BAR_GB} GB", peak <= MEMORY_BAR_GB),
        (
            "the release, provenance included",
            f"{per_cell:.1f} bytes a cell",
            f"≤ {CELL_BAR_BYTES}",
            per_cell <= CELL_BAR_BYTES,
        ),
        ("its audit, with the imports ÷ its load and build", f"{audit:.0%}", "≤ 25%", audit <= AUDIT_BAR),
        (
            f"a night of {arguments.night:,} changed reports (the middle one of {_NIGHTS}) ÷ the full load, both from the inbox to the release",
            f"{night_share:.1%} ({night_seconds:.1f} s; start-up {_start_up(night):.0f} s, copy"
            f" {night['seconds']['copy']:.1f} s)",
            f"≤ {NIGHT_SHARE_BAR:.0%}",
            night_share <= NIGHT_SHARE_BAR,
        ),
        (
            "the same with the reading left out of both",
            f"{share_unread:.1%}",
            f"≤ {NIGHT_SHARE_BAR:.0%}",
            share_unread <= NIGHT_SHARE_BAR,
        ),
        (
            f"the same night ÷ on a base of {arguments.small:,}",
            f"{night_seconds / small_seconds:.2f}× ({small_seconds:.1f} s)",
            f"≤ {NIGHT_RATIO_BAR}×",
            night_seconds / small_seconds <= NIGHT_RATIO_BAR,
        ),
    ]


def _middle(nights: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the night that took neither the longest nor the shortest: what else runs on the machine is felt in each."""
    return sorted(nights, key=lambda night: _work(night, _READING + _BUILDING))[len(nights) // 2]


def _work(load: Mapping[str, Any], stages: tuple[str, ...]) -> float:
    """The seconds of some stages; the tools' start-up and the copy of the file are told apart."""
    return float(sum(load["seconds"][stage] for stage in stages))


def _start_up(load: Mapping[str, Any]) -> float:
    return float(sum(load["start_up"].values()))


def _bare(root: Path, folder: Path) -> dict[str, Any]:
    file = folder / "bare.duckdb"
    measured = _run("bare", str(root / "home" / "parsed"), str(file))
    file.unlink()
    return measured


def _load(root: Path, inbox: Path) -> dict[str, Any]:
    return _run("ours", str(inbox), home=root / "home")


def _run(module: str, *arguments: str, home: Path | None = None) -> dict[str, Any]:
    """Run one side in a process of its own and return what it measured."""
    environment = os.environ | ({"OGI_HOME": str(home)} if home else {})
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.national.{module}", *arguments],
        check=True,
        stdout=subprocess.PIPE,
        env=environment,
    )
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


if __name__ == "__main__":
    sys.exit(main())

"""A base of synthetic reports in an OGI_HOME, and nights of changed ones."""

import random
import shutil
import sys
import time
from itertools import islice
from pathlib import Path

from benchmarks.corrections import corrected
from ogi.demo.corpus import parsed_lines
from ogi.warehouse.home import Home
from ogi.warehouse.parsing import parse_landed
from ogi.warehouse.sources import take_in

_LINES_A_FILE = 500


def make_base(root: Path, reports: int) -> dict[str, float]:
    """Write so many reports as parsed lines, take them in and read them into batches; return the seconds of each."""
    inbox, home = root / "inbox", Home(root / "home")
    inbox.mkdir(parents=True)
    home.root.mkdir()
    started = time.monotonic()
    lines = parsed_lines(1)
    for first in range(0, reports, _LINES_A_FILE):
        with (inbox / f"synthetic-{first // _LINES_A_FILE:06}.jsonl").open("wb") as file:
            file.writelines(islice(lines, min(_LINES_A_FILE, reports - first)))
    written = time.monotonic()
    take_in(home, inbox)
    # They are in the landing zone now, and take as much room there
    shutil.rmtree(inbox)
    inbox.mkdir()
    landed = time.monotonic()
    parse_landed(home, 0)
    return {
        "demo": written - started,
        "take in": landed - written,
        "parse": time.monotonic() - landed,
    }


def make_nights(root: Path, reports: int, nights: int) -> list[Path]:
    """Write the inboxes of some nights, each of so many corrected reports: a later date, one figure.

    Each is the correction of another report, drawn over the whole base.
    """
    rng = random.Random(7)
    files = sorted(file for file in Home(root / "home").landing.rglob("*") if file.is_file())
    wanted = reports * nights
    drawn: set[tuple[Path, int]] = set()
    corrections: list[bytes] = []
    for file in rng.choices(files, k=wanted):
        lines = file.read_bytes().splitlines()
        for number in rng.sample(range(len(lines)), min(20, len(lines))):
            if (file, number) not in drawn and (correction := corrected(lines[number], rng)):
                drawn.add((file, number))
                corrections.append(correction)
        if len(corrections) >= wanted:
            break
    if len(corrections) < wanted:
        sys.exit(f"the base has too few reports for {nights} nights of {reports}")
    inboxes = [root / f"night-{night}" for night in range(nights)]
    for night, inbox in enumerate(inboxes):
        inbox.mkdir(exist_ok=True)
        (inbox / "corrected.jsonl").write_bytes(b"".join(corrections[night * reports :][:reports]))
    return inboxes

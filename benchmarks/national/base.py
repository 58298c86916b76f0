"""A base of synthetic reports in an OGI_HOME, and a night of changed ones."""

import datetime as dt
import hashlib
import json
import random
import time
from itertools import islice
from pathlib import Path

from ogi.demo.corpus import parsed_lines
from ogi.warehouse.home import Home
from ogi.warehouse.parsing import parse_landed
from ogi.warehouse.sources import take_in

_LINES_A_FILE = 500
_LATER = dt.timedelta(days=40)


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
    landed = time.monotonic()
    parse_landed(home)
    return {
        "demo": written - started,
        "take in": landed - written,
        "parse": time.monotonic() - landed,
    }


def make_night(root: Path, reports: int) -> Path:
    """Write an inbox of so many corrected reports, drawn over the whole base: a later date, one other figure."""
    rng = random.Random(7)
    files = sorted((root / "inbox").iterdir())
    night = root / "night"
    night.mkdir(exist_ok=True)
    corrected: list[str] = []
    while len(corrected) < reports:
        lines = rng.choice(files).read_bytes().splitlines()
        corrected += filter(None, (_corrected(line, rng) for line in rng.sample(lines, min(20, len(lines)))))
    (night / "corrected.jsonl").write_text("\n".join(corrected[:reports]) + "\n", encoding="utf-8")
    return night


def _corrected(line: bytes, rng: random.Random) -> str | None:
    report = json.loads(line)
    if not report["cells"]:
        return None
    report["source"]["sha256"] = hashlib.sha256(line + b"corrected").hexdigest()
    report["source"]["path"] += "-更正"
    published = dt.date.fromisoformat(report["report"]["published_on"])
    report["report"]["published_on"] = str(published + _LATER)
    cell = rng.choice(report["cells"])
    cell |= {"value": 5, "raw": "5", "state": "reported"}
    return json.dumps(report, ensure_ascii=False)

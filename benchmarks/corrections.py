"""A report that its agency corrects."""

import datetime as dt
import hashlib
import json
import random

_LATER = dt.timedelta(days=40)


def corrected(line: bytes, rng: random.Random) -> bytes | None:
    """Return a parsed line as its agency corrects it: a later date, one other figure; None if it holds no figure."""
    report = json.loads(line)
    if not report["cells"]:
        return None
    report["source"]["sha256"] = hashlib.sha256(line + b"corrected").hexdigest()
    report["source"]["path"] += "-更正"
    published = dt.date.fromisoformat(report["report"]["published_on"])
    report["report"]["published_on"] = str(published + _LATER)
    cell = rng.choice(report["cells"])
    cell |= {"value": 5, "raw": "5", "state": "reported"}
    return json.dumps(report, ensure_ascii=False).encode() + b"\n"

"""How labels are written: with spaces inside, in half-width brackets, misprinted."""

import random
import re
from collections.abc import Callable

from ogi.demo.content import Slot, Table
from ogi.demo.layouts import Layout

_HALF_WIDTH = str.maketrans("（）：，、；", "():,、;")
# What offices print for the form's words
_SYNONYMS = {
    "社会公益组织": "社会组织",
    "规范性文件": "行政规范性文件",
    "行政规范性文件": "规范性文件",
}
_ORDINAL = re.compile(r"^(\d)\.")
_TRADITIONAL = str.maketrans(
    "开关规数总类机处办结转维纠复议诉讼审属国发现废决强费额单万业经续继构组织务内请条项制许可罚会权",
    "開關規數總類機處辦結轉維糾復議訴訟審屬國發現廢決強費額單萬業經續繼構組織務內請條項制許可罰會權",
)
_LONGEST_SPACED = 6
_SHORTEST_MISPRINTED = 9
_MISPRINTS = 3


def rewrite_labels(rng: random.Random, table: Table, layout: Layout) -> None:
    """Write the labels of a table in the layout's way; figures stay as they are."""
    labels = [slot for row in table.rows for slot in row if _is_label(slot)]
    if layout.labels == "misprinted":
        long = [slot for slot in labels if _can_be_misprinted(slot.text)]
        labels = rng.sample(long, min(_MISPRINTS, len(long)))
    elif layout.labels == "renumbered":
        labels = rng.sample(labels, len(labels) // 2)
    rewrite = _WAYS[layout.labels]
    for slot in labels:
        slot.text = rewrite(rng, slot.text)


def _is_label(slot: Slot) -> bool:
    """Tell labels from figures, those of an office's own row included, which are in no cell of the form."""
    return slot.cell is None and not slot.text.isdigit() and slot.text != ""


def _can_be_misprinted(label: str) -> bool:
    """Tell whether one wrong character leaves the label's meaning: not in a unit, which would be another one."""
    return len(label) >= _SHORTEST_MISPRINTED and not any(word in label for word in ("勾稽", "单位"))


def _with_gap(rng: random.Random, text: str, gap: str) -> str:
    """Put a gap somewhere behind the ordinal of a label."""
    first = max(text.find("）"), text.find("."), text.find("、")) + 2
    if first >= len(text) or not text.isprintable():
        return text
    at = rng.randint(first, len(text) - 1)
    return text[:at] + gap + text[at:]


def _misprinted(rng: random.Random, text: str) -> str:
    """Lose or double one character of the label's second half."""
    at = rng.randint(len(text) // 2, len(text) - 2)
    if rng.random() < 0.5:  # noqa: PLR2004 - one in two
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:]


def _spaced(rng: random.Random, text: str) -> str:
    return _with_gap(rng, text, " " if len(text) > _LONGEST_SPACED else rng.choice((" ", "　")))


_WAYS: dict[str, Callable[[random.Random, str], str]] = {
    "form": lambda _rng, text: text,
    "half_width": lambda _rng, text: text.translate(_HALF_WIDTH),
    "nbsp": lambda rng, text: _with_gap(rng, text, "\xa0" * rng.randint(1, 4)),
    "spaced": _spaced,
    "misprinted": _misprinted,
    "synonyms": lambda _rng, text: _SYNONYMS.get(text, text),
    "renumbered": lambda _rng, text: _ORDINAL.sub(r"\1、", text),
    "traditional": lambda _rng, text: text.translate(_TRADITIONAL),
}

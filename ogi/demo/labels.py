"""How labels are written: with spaces inside, in half-width brackets, misprinted."""

import random

from ogi.demo.content import Slot, Table
from ogi.demo.layouts import Layout

_HALF_WIDTH = str.maketrans("（）：，、；", "():,、;")
_LONGEST_SPACED = 6
_SHORTEST_MISPRINTED = 9
_MISPRINTS = 3


def rewrite_labels(rng: random.Random, table: Table, layout: Layout) -> None:
    """Write the labels of a table in the layout's way; figures stay as they are."""
    labels = [slot for row in table.rows for slot in row if _is_label(slot)]
    if layout.labels == "half_width":
        for slot in labels:
            slot.text = slot.text.translate(_HALF_WIDTH)
    elif layout.labels == "nbsp":
        for slot in labels:
            slot.text = _with_gap(rng, slot.text, "\xa0" * rng.randint(1, 4))
    elif layout.labels == "spaced":
        for slot in labels:
            gap = " " if len(slot.text) > _LONGEST_SPACED else rng.choice((" ", "　"))
            slot.text = _with_gap(rng, slot.text, gap)
    elif layout.labels == "misprinted":
        long = [slot for slot in labels if len(slot.text) >= _SHORTEST_MISPRINTED and "勾稽" not in slot.text]
        for slot in rng.sample(long, min(_MISPRINTS, len(long))):
            slot.text = _misprinted(rng, slot)


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


def _misprinted(rng: random.Random, slot: Slot) -> str:
    """Lose or double one character of the label's second half."""
    at = rng.randint(len(slot.text) // 2, len(slot.text) - 2)
    if rng.random() < 0.5:  # noqa: PLR2004 - one in two
        return slot.text[:at] + slot.text[at + 1 :]
    return slot.text[:at] + slot.text[at] + slot.text[at:]

"""What stands on a page: words and ruling lines, in points from the top left corner."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Word:
    """Characters printed side by side on one line with no gap between them; a vertical word stands on one column."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: horizontal where it is wider than high, else vertical; its thickness may be zero."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a reader saw it, upright; `number` counts from 1. Neither words nor rules need be in order."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

"""What a run took in: counts of files, and what could not be read or reached."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file or address that could not be taken in, and why."""

    path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """A source of which this run saw nothing, or not all: what it lacks says nothing about its documents."""

    source: str
    code: str
    message: str


@dataclass(slots=True)
class Intake:
    """What the sources held, in files: `seen` = `new` + `unchanged` + the problems.

    `new` counts contents that had not landed before; a copy of a known content under another name is `unchanged`.
    """

    at: dt.datetime
    new: int = 0
    unchanged: int = 0
    problems: list[FileProblem] = field(default_factory=list)
    sources: list[SourceProblem] = field(default_factory=list)

    @property
    def seen(self) -> int:
        """How many files there were."""
        return self.new + self.unchanged + len(self.problems)

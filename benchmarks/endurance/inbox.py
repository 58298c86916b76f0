"""An inbox in which something happens every night: reports come, are corrected, and are withdrawn."""

import os
import random
from itertools import count
from pathlib import Path

from benchmarks.corrections import corrected
from ogi.demo.corpus import documents, parsed_lines


class ChangingInbox:
    """`inbox` holds what is there tonight, `ever` all that ever was; the same seed gives the same nights.

    Most reports are parsed lines, one a file; of some the printed text comes too, and now and then a file that is no report.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        """Start with empty folders."""
        self.inbox, self.ever = folder / "inbox", folder / "ever"
        for made in (self.inbox, self.ever):
            made.mkdir(parents=True)
        self._rng = random.Random(seed)
        self._lines = parsed_lines(seed)
        self._texts = documents(seed, formats=("text",))
        self._numbers = count()
        self._texts_given = 0

    def add(self, reports: int) -> None:
        """Add reports that were not there before, and one file that is none."""
        for _ in range(reports):
            number, line, text = next(self._numbers), next(self._lines), next(self._texts)
            self._write(f"{number:05}.jsonl", line)
            if number % 3 == 0:
                self._write(f"{number:05}.txt", text.data)
        self._write(
            f"{next(self._numbers):05}-news.txt", f"本市召开第 {self._rng.random()} 次会议。\n".encode()
        )

    def correct(self, reports: int) -> None:
        """Add a corrected version of some that are there, or as many of them as hold figures; each is corrected once.

        Of two corrections of one day the one that landed later would count, and that depends on the loads.
        """
        names = sorted(
            path
            for path in self.inbox.glob("*.jsonl")
            if "c" not in path.stem and not any(self.ever.glob(f"{path.stem}c*"))
        )
        for path in self._rng.sample(names, min(reports, len(names))):
            line = corrected(path.read_bytes(), self._rng)
            if line is not None:
                self._write(f"{path.stem}c{next(self._numbers):05}.jsonl", line)

    def withdraw(self, files: int) -> None:
        """Remove some files, as an office does that takes a report off its site."""
        names = sorted(self.inbox.iterdir())
        for path in self._rng.sample(names, min(files, len(names) // 2)):
            path.unlink()

    def _write(self, name: str, data: bytes) -> None:
        (self.ever / name).write_bytes(data)
        os.link(self.ever / name, self.inbox / name)

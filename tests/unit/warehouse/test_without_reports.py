"""An inbox in which nothing is a report is news all the same: what was put aside is published, and why."""

from collections.abc import Callable
from pathlib import Path

from ogi.warehouse.run import Run


def test_every_model_is_built_where_the_first_night_brings_no_report(
    inbox: Path, load: Callable[..., Run]
) -> None:
    (inbox / "note.txt").write_text("不是年报", encoding="utf-8")
    run = load()
    assert run.loaded is not None
    assert (run.loaded.documents, run.loaded.is_full) == (1, True)


def test_only_what_was_touched_is_built_where_a_later_night_brings_no_report(
    inbox: Path, load: Callable[..., Run], line: Callable[..., bytes]
) -> None:
    (inbox / "report.jsonl").write_bytes(line("a" * 64))
    load()
    (inbox / "note.txt").write_text("不是年报", encoding="utf-8")
    run = load()
    assert run.loaded is not None
    assert (run.loaded.documents, run.loaded.is_full) == (1, False)

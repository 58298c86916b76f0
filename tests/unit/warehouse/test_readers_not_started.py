"""A machine that starts no process to read with stops the load, and is no fault of the documents."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ogi.reports import workers
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.home import Home
from ogi.warehouse.parsing import parse_landed
from ogi.warehouse.sources import take_in


def _die(*_: object) -> None:
    os._exit(1)


def test_what_nobody_could_read_is_read_the_next_time(
    home: Home,
    inbox: Path,
    line: Callable[..., bytes],
    street_2020: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (inbox / "a.jsonl").write_bytes(line("a" * 64, year=2019))
    (inbox / "b.txt").write_bytes(street_2020)
    take_in(home, inbox)
    with monkeypatch.context() as broken:
        broken.setattr(workers, "serve", _die)
        with pytest.raises(WarehouseError, match=r"读取进程无法启动.*cannot start"):
            parse_landed(home, again_seconds=0)
    read = parse_landed(home, again_seconds=0)
    assert (read.documents, read.quarantined) == (2, [])

"""One writer at a time: another one is refused, or waits as long as it is told to."""

import threading

import pytest

from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.home import Home, one_writer


def test_a_second_writer_is_told_who_the_first_is(home: Home) -> None:
    with one_writer(home), pytest.raises(WarehouseError, match="PID"), one_writer(home):
        pass


def test_a_patient_writer_gets_its_turn(home: Home) -> None:
    first_writes, second_waits = threading.Event(), threading.Event()

    def write_first() -> None:
        with one_writer(home):
            first_writes.set()
            second_waits.wait()

    thread = threading.Thread(target=write_first)
    thread.start()
    first_writes.wait()
    threading.Timer(0.05, second_waits.set).start()
    with one_writer(home, patience_seconds=60):
        thread.join()

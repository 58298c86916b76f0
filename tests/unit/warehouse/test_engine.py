"""A build is opened again and again by the stages of a run, and stays open between them."""

from pathlib import Path

from ogi.warehouse.engine import open_build, open_to_audit


def test_a_build_opens_again_after_more_was_put_aside_than_memory_holds(tmp_path: Path) -> None:
    with open_build(tmp_path) as first:
        first.execute("set memory_limit = '50MB'")
        first.execute("create temp table sorted as select hash(range) as h from range(20_000_000) order by h")
        assert list((tmp_path / "spill").iterdir()) != []
        with open_build(tmp_path) as second:
            second.execute("create table more (a integer)")
        with open_to_audit(tmp_path) as third:
            third.execute("create table picked.rows as from more")

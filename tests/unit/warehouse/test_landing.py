"""Taking in: what counts as new, what is passed over, and what must never stop the others."""

import hashlib
import os
import resource
from pathlib import Path

import pytest

from ogi.warehouse import folders, landing
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.home import Home
from ogi.warehouse.landing import LandingZone
from ogi.warehouse.ledger import open_ledger
from ogi.warehouse.sources import take_in


def counts(home: Home, inbox: Path) -> tuple[int, int, int, list[str]]:
    intake = take_in(home, inbox)
    return intake.seen, intake.new, intake.unchanged, [problem.code for problem in intake.problems]


def test_a_document_lands_as_received_under_its_hash_and_read_only(home: Home, inbox: Path) -> None:
    (inbox / "甲").mkdir()
    (inbox / "甲" / "a.txt").write_bytes(b"one")
    assert counts(home, inbox) == (1, 1, 0, [])
    landed = home.landed(hashlib.sha256(b"one").hexdigest())
    assert landed.read_bytes() == b"one"
    assert landed.stat().st_mode & 0o777 == 0o444
    assert [path for path in home.landing.rglob("*") if path.is_file()] == [landed]


def test_what_was_seen_is_unchanged_and_not_read_again(
    home: Home, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_bytes(b"one")
    os.utime(inbox / "a.txt", (1_000_000_000, 1_000_000_000))
    take_in(home, inbox)
    monkeypatch.setattr(folders._Taker, "_land", lambda *_: pytest.fail("read again"))
    assert counts(home, inbox) == (1, 0, 1, [])


def test_a_file_written_a_moment_ago_is_read_again_lest_a_change_be_missed(home: Home, inbox: Path) -> None:
    path = inbox / "a.txt"
    path.write_bytes(b"one")
    before = path.stat()
    take_in(home, inbox)
    path.write_bytes(b"two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert counts(home, inbox) == (1, 1, 0, [])


def test_a_touched_or_copied_or_renamed_file_is_no_new_document(home: Home, inbox: Path) -> None:
    (inbox / "a.txt").write_bytes(b"one")
    take_in(home, inbox)
    os.utime(inbox / "a.txt", (1, 1))
    (inbox / "copy.txt").write_bytes(b"one")
    assert counts(home, inbox) == (2, 0, 2, [])
    (inbox / "a.txt").rename(inbox / "renamed.txt")
    assert counts(home, inbox) == (2, 0, 2, [])


def test_two_copies_in_one_night_are_one_new_document(home: Home, inbox: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (inbox / name).write_bytes(b"one")
    assert counts(home, inbox) == (2, 1, 1, [])


def test_many_files_at_once_are_counted_in_order_and_one_that_fails_costs_no_other(
    home: Home, inbox: Path
) -> None:
    for number in range(60):
        (inbox / f"{number:02}.txt").write_bytes(b"content %d" % (number % 50))
    os.mkfifo(inbox / "30-pipe")
    assert counts(home, inbox) == (61, 50, 10, ["not_a_file"])
    with open_ledger(home) as ledger:
        assert [document.path for document in ledger.queue.new()] == [f"{n:02}.txt" for n in range(50)]


def test_hidden_and_temporary_files_and_ogi_home_itself_are_passed_over(tmp_path: Path) -> None:
    home = Home(tmp_path / "inbox" / "data")
    for name in (".hidden", "~$report.docx", ".git/config", "data/landing/aa/x", "report.txt"):
        path = tmp_path / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    assert counts(home, tmp_path / "inbox") == (1, 1, 0, [])


def test_a_link_out_of_the_inbox_is_a_problem_and_one_within_is_followed(
    home: Home, inbox: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (tmp_path / "outside").mkdir()
    (inbox / "folder").mkdir()
    (inbox / "folder" / "a.txt").write_bytes(b"one")
    (inbox / "link-in").symlink_to(inbox / "folder" / "a.txt")
    (inbox / "link-to-folder").symlink_to(inbox / "folder")
    (inbox / "link-out").symlink_to(tmp_path / "secret.txt")
    (inbox / "link-to-folder-outside").symlink_to(tmp_path / "outside")
    (inbox / "link-to-nothing").symlink_to(inbox / "nothing")
    (inbox / "loop").symlink_to(inbox / "loop")
    seen, new, unchanged, codes = counts(home, inbox)
    assert (seen, new, unchanged) == (6, 1, 1)
    assert sorted(codes) == ["file_unreadable", "file_vanished", "link_leaves_inbox", "link_leaves_inbox"]
    assert not home.landed(hashlib.sha256(b"secret").hexdigest()).exists()


def test_a_pipe_is_a_problem_and_does_not_block(home: Home, inbox: Path) -> None:
    os.mkfifo(inbox / "pipe")
    (inbox / "a.txt").write_bytes(b"one")
    assert counts(home, inbox) == (2, 1, 0, ["not_a_file"])


def test_an_unreadable_file_is_its_own_problem_and_comes_in_later(
    home: Home, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (inbox / name).write_bytes(name.encode())
    actual = Path.open

    def refuse(path: Path, *args: object, **kwargs: object) -> object:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return actual(path, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        intake = take_in(home, inbox)
    assert (intake.seen, intake.new) == (3, 2)
    [problem] = intake.problems
    assert (problem.path, problem.code) == ("b.txt", "file_unreadable")
    assert counts(home, inbox) == (3, 1, 2, [])


def test_a_file_that_vanishes_or_is_still_being_written_waits(
    home: Home, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "gone.txt").write_bytes(b"gone")
    (inbox / "growing.txt").write_bytes(b"first")
    actual = folders._walk

    def then_change(root: Path, ignored: Path) -> object:
        yield from list(actual(root, ignored))
        (inbox / "gone.txt").unlink()

    read = hashlib.sha256

    class Growing:
        def __init__(self) -> None:
            self._digest = read()

        def update(self, chunk: bytes) -> None:
            (inbox / "growing.txt").write_bytes(b"first and second")
            self._digest.update(chunk)

        def hexdigest(self) -> str:
            return self._digest.hexdigest()

    monkeypatch.setattr(folders, "_walk", then_change)
    monkeypatch.setattr(landing.hashlib, "sha256", Growing)
    assert counts(home, inbox) == (2, 0, 0, ["file_vanished", "file_changing"])
    monkeypatch.undo()
    assert counts(home, inbox) == (1, 1, 0, [])


def test_a_name_in_gb18030_is_read_as_chinese(home: Home, inbox: Path) -> None:
    Path(os.fsdecode(os.fsencode(inbox) + b"/" + "年报.txt".encode("gb18030"))).write_bytes(b"one")
    assert counts(home, inbox) == (1, 1, 0, [])
    with open_ledger(home) as ledger:
        assert [document.path for document in ledger.queue.new()] == ["年报.txt"]


def test_what_a_crash_cut_short_in_the_landing_zone_is_landed_anew(home: Home, inbox: Path) -> None:
    (inbox / "a.txt").write_bytes(b"one")
    target = home.landed(hashlib.sha256(b"one").hexdigest())
    target.parent.mkdir(parents=True)
    target.write_bytes(b"o")
    (home.landing / "incoming.tmp").write_bytes(b"half")
    assert counts(home, inbox) == (1, 1, 0, [])
    assert target.read_bytes() == b"one"
    assert not (home.landing / "incoming.tmp").exists()


def test_a_document_missing_from_the_landing_zone_lands_again(home: Home, inbox: Path) -> None:
    (inbox / "a.txt").write_bytes(b"one")
    os.utime(inbox / "a.txt", (1, 1))
    take_in(home, inbox)
    target = home.landed(hashlib.sha256(b"one").hexdigest())
    target.unlink()
    assert counts(home, inbox) == (1, 0, 1, [])
    assert target.read_bytes() == b"one"


def test_a_full_disk_stops_the_run_and_blames_no_document(
    home: Home, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_bytes(b"one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(landing, "sync_file", full)
    with pytest.raises(WarehouseError, match="No space left"):
        take_in(home, inbox)


def test_a_disk_that_takes_only_part_of_a_document_stops_the_run(home: Home) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1500, hard))
    try:
        with pytest.raises(WarehouseError, match="landing"):
            LandingZone(home).land([b"a" * 2000])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path for path in home.landing.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["nothing", "file.txt", "data"])
def test_an_inbox_that_is_none_is_refused_in_one_sentence(home: Home, tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_bytes(b"")
    with pytest.raises(WarehouseError, match="收件箱") as caught:
        take_in(home, tmp_path / name)
    assert "\n" not in str(caught.value)

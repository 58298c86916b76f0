"""Make the ledger anew from the landing zone, after it was lost: every document that ever landed is read again."""

import datetime as dt
import logging
from pathlib import Path

import duckdb

from ogi.warehouse.clock import now
from ogi.warehouse.home import Home
from ogi.warehouse.ledger import Origin, open_ledger
from ogi.warehouse.queue import LandedDocument
from ogi.warehouse.release import release_file

_LONGEST_LINE = 10_000_000
_log = logging.getLogger(__name__)


def recover_ledger(home: Home) -> None:
    """Enter all that is in the landing zone into a new ledger if there is none; names are those of the release.

    The inbox alone would not do: what was removed from it since is only here.

    Raises:
        WarehouseError: the ledger cannot be written.
    """
    if home.ledger.exists() or not home.landing.is_dir():
        return
    known = _named_by_the_release(home)
    documents = sorted(
        (_document(file, known) for file in home.landing.glob("??/*") if file.is_file()),
        key=lambda document: (document.landed_at, document.path),
    )
    if not documents:
        return
    with open_ledger(home) as ledger:
        ledger.record_intake(Origin(), [], documents, now())
    _log.warning("ledger made anew from the landing zone", extra={"documents": len(documents)})


def _document(file: Path, known: dict[str, tuple[str, dt.datetime]]) -> LandedDocument:
    status = file.stat()
    path, landed_at = known.get(file.name, (file.name, dt.datetime.fromtimestamp(status.st_mtime, dt.UTC)))
    if _holds_parsed_reports(file):  # these are known by their suffix, and the release names what they hold
        path = f"{file.name}.jsonl"
    return LandedDocument(file.name, path, status.st_size, landed_at)


def _holds_parsed_reports(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(1) == b"{" and b'"ogi.parsed_report/1"' in opened.readline(_LONGEST_LINE)


def _named_by_the_release(home: Home) -> dict[str, tuple[str, dt.datetime]]:
    """Return path and time of landing by hash, as far as there is a release that can be read."""
    if home.current_release() is None:
        return {}
    try:
        with duckdb.connect(str(release_file(home)), read_only=True) as connection:
            rows = connection.execute(
                """
                select landed_sha256, min(split_part(source_path, '!', 1)), min(landed_at)
                from raw.document group by landed_sha256
                """
            ).fetchall()
    except duckdb.Error:
        _log.exception("release cannot be opened")
        return {}
    return {sha256: (path, at.replace(tzinfo=dt.UTC)) for sha256, path, at in rows}

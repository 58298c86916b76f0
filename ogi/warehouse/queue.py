"""Which landed documents are to be read, in which order: new ones, those that a backfill wants, those read long ago."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PAGE = 20_000
_COLUMNS = ", ".join(
    f"document.{name}" for name in ("sha256", "path", "bytes", "landed_at", "page_url", "district", "agency")
)
_OUTDATED = """
    batch cross join outcome on outcome.batch_id = batch.batch_id
    cross join document on document.sha256 = outcome.sha256
    where batch.parser_version <> :parser and document.is_read = 1
        and document.sha256 not in (select sha256 from wanted)
"""


@dataclass(frozen=True, slots=True)
class LandedDocument:
    """A document in the landing zone.

    `path` is where it was first seen: below the inbox, after the name of its source if that has one, or its address;
    `page_url` the page whose attachment it is; `district` and `agency` the hints of its source.
    """

    sha256: str
    path: str
    bytes: int
    landed_at: dt.datetime
    page_url: str | None = None
    district: str | None = None
    agency: str | None = None


class ReadingQueue:
    """The order of reading, over the tables of the ledger; a document leaves it when its batch is recorded.

    Documents are listed in pages, since there may be millions: one that leaves the queue meanwhile is not listed twice.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over the ledger's connection."""
        self._connection = connection

    def new(self) -> Iterator[LandedDocument]:
        """List the documents that no parser has read with the hints of today, in the order of their landing."""
        return self._pages(
            f"""
            select '', document.sequence, {_COLUMNS} from document
            where document.is_read = 0 and document.sequence > :sequence
            order by document.sequence limit :page
            """,
            {},
        )

    def wanted(self) -> Iterator[LandedDocument]:
        """List the documents that a backfill wants read again, in the order of their landing."""
        return self._pages(
            f"""
            select '', document.sequence, {_COLUMNS} from document inner join wanted using (sha256)
            where document.sequence > :sequence
            order by document.sequence limit :page
            """,
            {},
        )

    def outdated(self, parser_version: str) -> Iterator[LandedDocument]:
        """List the documents that another parser read, those first whose reading is the oldest."""
        return self._pages(
            f"""
            select batch.batch_id, document.sequence, {_COLUMNS} from {_OUTDATED}
                and batch.batch_id >= :group and (batch.batch_id, document.sequence) > (:group, :sequence)
            order by batch.batch_id, document.sequence limit :page
            """,
            {"parser": parser_version},
        )

    def count_new(self) -> int:
        """Count what `new` lists."""
        return self._count("document where is_read = 0")

    def count_wanted(self) -> int:
        """Count what `wanted` lists."""
        return self._count("wanted")

    def count_outdated(self, parser_version: str) -> int:
        """Count what `outdated` lists."""
        return self._count(_OUTDATED, parser=parser_version)

    def want(self, why: str, landed: Iterable[str]) -> int:
        """Want documents read again, and return how many of those are still to be read.

        What was wanted before for the same reason and not finished goes on where it stopped: then nothing is added.

        Args:
            why: what the backfill was asked for, in words.
            landed: the hashes of landed files; what has not landed is left out.
        """
        if left := self._count("wanted where why = :why", why=why):
            return left
        with self._connection:
            self._connection.executemany(
                "insert or ignore into wanted select sha256, ? from document where sha256 = ?",
                ((why, sha256) for sha256 in landed),
            )
        return self._count("wanted where why = :why", why=why)

    def _pages(self, query: str, parameters: dict[str, object]) -> Iterator[LandedDocument]:
        group, sequence = "", 0
        while rows := self._connection.execute(
            query, {**parameters, "group": group, "sequence": sequence, "page": _PAGE}
        ).fetchall():
            for _, _, sha256, path, size, landed_at, *rest in rows:
                yield LandedDocument(sha256, path, size, dt.datetime.fromisoformat(landed_at), *rest)
            group, sequence = rows[-1][:2]

    def _count(self, what: str, **parameters: str) -> int:
        return int(self._connection.execute(f"select count(*) from {what}", parameters).fetchone()[0])

"""Which landed documents are to be read, in which order: new ones, those that a backfill wants, those read long ago."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PAGE = 20_000
_COLUMNS = "document.sha256, document.path, document.bytes, document.landed_at"


@dataclass(frozen=True, slots=True)
class LandedDocument:
    """A document in the landing zone; `path` is where it was first seen under the inbox."""

    sha256: str
    path: str
    bytes: int
    landed_at: dt.datetime


class ReadingQueue:
    """The order of reading, over the tables of the ledger; a document leaves it when its batch is recorded.

    Documents are listed in pages, since there may be millions: one that leaves the queue meanwhile is not listed twice.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over the ledger's connection."""
        self._connection = connection

    def new(self) -> Iterator[LandedDocument]:
        """List the documents that no parser has read, in the order of their landing."""
        return self._pages(
            f"""
            select '', document.sequence, {_COLUMNS} from document left join outcome using (sha256)
            where outcome.sha256 is null and ('', document.sequence) > (:group, :sequence)
            order by document.sequence limit :page
            """,
            {},
        )

    def wanted(self) -> Iterator[LandedDocument]:
        """List the documents that a backfill wants read again, in the order of their landing."""
        return self._pages(
            f"""
            select '', document.sequence, {_COLUMNS} from document inner join wanted using (sha256)
            where ('', document.sequence) > (:group, :sequence)
            order by document.sequence limit :page
            """,
            {},
        )

    def outdated(self, parser_version: str) -> Iterator[LandedDocument]:
        """List the documents that another parser read, those first whose reading is the oldest."""
        return self._pages(
            f"""
            select outcome.batch_id, document.sequence, {_COLUMNS}
            from outcome inner join document using (sha256)
            where outcome.parser_version <> :parser and outcome.sha256 not in (select sha256 from wanted)
                and (outcome.batch_id, document.sequence) > (:group, :sequence)
            order by outcome.batch_id, document.sequence limit :page
            """,
            {"parser": parser_version},
        )

    def count_new(self) -> int:
        """Count what `new` lists."""
        return self._count("document where sha256 not in (select sha256 from outcome)")

    def count_wanted(self) -> int:
        """Count what `wanted` lists."""
        return self._count("wanted")

    def count_outdated(self, parser_version: str) -> int:
        """Count what `outdated` lists."""
        return self._count(
            "outcome where parser_version <> ? and sha256 not in (select sha256 from wanted)", parser_version
        )

    def want(self, why: str, landed: Iterable[str]) -> int:
        """Want documents read again, and return how many of those are still to be read.

        What was wanted before for the same reason and not finished goes on where it stopped: then nothing is added.

        Args:
            why: what the backfill was asked for, in words.
            landed: the hashes of landed files; what has not landed is left out.
        """
        if left := self._count("wanted where why = ?", why):
            return left
        with self._connection:
            self._connection.executemany(
                "insert or ignore into wanted select sha256, ? from document where sha256 = ?",
                ((why, sha256) for sha256 in landed),
            )
        return self._count("wanted where why = ?", why)

    def _pages(self, query: str, parameters: dict[str, object]) -> Iterator[LandedDocument]:
        group, sequence = "", 0
        while rows := self._connection.execute(
            query, {**parameters, "group": group, "sequence": sequence, "page": _PAGE}
        ).fetchall():
            for *_, sha256, path, size, landed_at in rows:
                yield LandedDocument(sha256, path, size, dt.datetime.fromisoformat(landed_at))
            group, sequence = rows[-1][:2]

    def _count(self, what: str, *parameters: str) -> int:
        return int(self._connection.execute(f"select count(*) from {what}", parameters).fetchone()[0])

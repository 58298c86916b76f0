"""The memory of the intake: which files were seen, which documents landed, and what became of each."""

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ogi.warehouse.clock import now
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.home import Home
from ogi.warehouse.queue import LandedDocument, ReadingQueue

_SCHEMA = """
create table if not exists document (
    sequence integer primary key,           -- the order of landing
    sha256 text not null unique,
    path text not null,                     -- under the inbox, when it was first seen
    bytes integer not null,
    landed_at text not null
);
create table if not exists file (
    path text primary key,                  -- the whole path
    size integer not null,
    mtime_ns integer not null,
    sha256 text not null,
    first_seen text not null,
    last_seen text not null
) without rowid;
create table if not exists batch (
    batch_id text primary key,
    parser_version text not null
) without rowid;
create table if not exists outcome (        -- of each landed document, for the last parser that read it
    sha256 text primary key,
    parser_version text not null,
    batch_id text not null
) without rowid;
create index if not exists outcome_batch on outcome (batch_id);
create table if not exists wanted (         -- by a backfill, to be read again
    sha256 text primary key,
    why text not null
) without rowid;
create table if not exists quarantine (     -- a landed file may hold several documents
    landed_sha256 text not null,
    source_sha256 text not null,
    path text not null,
    code text not null,
    message text not null,
    since text not null,
    primary key (landed_sha256, source_sha256)
) without rowid;
"""


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file as last seen; `mtime_ns` is 0 where it was too fresh to trust."""

    path: str
    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A document that gave no report, and why; `landed_sha256` is the file it came in."""

    landed_sha256: str
    source_sha256: str
    path: str
    code: str
    message: str


class Ledger:
    """The ledger of one OGI_HOME. One process writes it at a time (`one_writer`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over an open connection."""
        self._connection = connection
        self.queue = ReadingQueue(connection)

    def seen_file(self, path: str) -> SeenFile | None:
        """Return what is known of a file by its whole path."""
        row = self._connection.execute(
            "select path, size, mtime_ns, sha256 from file where path = ?", [path]
        ).fetchone()
        return SeenFile(*row) if row else None

    def has_document(self, sha256: str) -> bool:
        """Tell whether a document with this hash has landed."""
        query = "select 1 from document where sha256 = ?"
        return self._connection.execute(query, [sha256]).fetchone() is not None

    def record_intake(
        self, files: Sequence[SeenFile], documents: Sequence[LandedDocument], at: dt.datetime
    ) -> None:
        """Remember files that were seen and the documents among them that are new."""
        stamp = at.isoformat()
        with self._connection:
            self._connection.executemany(
                "insert into document (sha256, path, bytes, landed_at) values (?, ?, ?, ?) on conflict do nothing",
                [(d.sha256, d.path, d.bytes, d.landed_at.isoformat()) for d in documents],
            )
            self._connection.executemany(
                """
                insert into file values (?, ?, ?, ?, ?, ?)
                on conflict (path) do update set size = excluded.size, mtime_ns = excluded.mtime_ns,
                    sha256 = excluded.sha256, last_seen = excluded.last_seen
                """,
                [(f.path, f.size, f.mtime_ns, f.sha256, stamp, stamp) for f in files],
            )

    def count_quarantined_files(self, seen_at: dt.datetime) -> int:
        """Count the files last seen at this time that hold a quarantined document."""
        query = """
            select count(*) from file
            where last_seen = ? and sha256 in (select landed_sha256 from quarantine)
        """
        return int(self._connection.execute(query, [seen_at.isoformat()]).fetchone()[0])

    def record_batch(
        self, batch_id: str, parser_version: str, landed: Sequence[str], quarantined: Sequence[Quarantined]
    ) -> None:
        """Remember in one transaction what became of a batch's documents."""
        with self._connection:
            self._connection.execute("insert into batch values (?, ?)", [batch_id, parser_version])
            self._connection.executemany(
                "insert or replace into outcome values (?, ?, ?)",
                [(sha256, parser_version, batch_id) for sha256 in landed],
            )
            for table, column in (("quarantine", "landed_sha256"), ("wanted", "sha256")):
                self._connection.executemany(
                    f"delete from {table} where {column} = ?", [(sha256,) for sha256 in landed]
                )
            self._connection.executemany(
                "insert or ignore into quarantine values (?, ?, ?, ?, ?, ?)",
                [
                    (q.landed_sha256, q.source_sha256, q.path, q.code, q.message, now().isoformat())
                    for q in quarantined
                ],
            )

    def batches(self) -> list[str]:
        """List the batches in the order in which they were parsed."""
        return [row[0] for row in self._connection.execute("select batch_id from batch order by batch_id")]

    def drop_superseded_batches(self) -> None:
        """Forget the batches whose every document has been read anew since."""
        with self._connection:
            self._connection.execute("delete from batch where batch_id not in (select batch_id from outcome)")

    def quarantined(self) -> list[Quarantined]:
        """List the quarantined documents by path."""
        rows = self._connection.execute(
            "select landed_sha256, source_sha256, path, code, message from quarantine order by path, source_sha256"
        )
        return [Quarantined(*row) for row in rows]


@contextmanager
def open_ledger(home: Home) -> Iterator[Ledger]:
    """Open the ledger, made if it is not there.

    Raises:
        WarehouseError: the file is damaged or cannot be written.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(home.ledger, timeout=10)
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.executescript(_SCHEMA)
        yield Ledger(connection)
    except sqlite3.DatabaseError as error:
        raise WarehouseError(
            f"收件台账 {home.ledger} 无法读写：{error}。可将其移走后重新运行，全部文件会重新读取。",
            f"The ledger cannot be read or written: {error}. Move it away and run again: every file is read anew.",
        ) from error
    finally:
        if connection is not None:
            connection.close()

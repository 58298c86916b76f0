"""The memory of the intake: which files were seen, which documents landed, and what became of each."""

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ogi.warehouse.clock import now
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.home import Home
from ogi.warehouse.ledger_schema import prepare
from ogi.warehouse.queue import LandedDocument, ReadingQueue


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file or address as last seen; `mtime_ns` is 0 where it was too fresh to trust, or has none."""

    path: str
    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Which source documents come from ('' for a folder that the command named), and its hints."""

    source: str = ""
    district: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a site said of an address when it last gave something; `page_url` is the page that leads to it."""

    url: str
    page_url: str | None
    etag: str | None
    last_modified: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A document that gave no report, and why; `landed_sha256` is the file it came in."""

    landed_sha256: str
    source_sha256: str
    path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch on disk: by which parser, for how many landed documents its reading is the last one, and its reports."""

    id: str
    parser_version: str
    documents: int
    reports: int


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
        self,
        origin: Origin,
        files: Sequence[SeenFile],
        documents: Sequence[LandedDocument],
        at: dt.datetime,
        fetched: Sequence[Fetched] = (),
    ) -> None:
        """Remember files that were seen in a source and the documents among them that are new."""
        stamp = at.isoformat()
        with self._connection:
            self._connection.executemany(
                """
                insert into document (sha256, path, bytes, landed_at, page_url, source, district, agency)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """,
                [
                    (
                        d.sha256,
                        d.path,
                        d.bytes,
                        d.landed_at.isoformat(),
                        d.page_url,
                        origin.source,
                        origin.district,
                        origin.agency,
                    )
                    for d in documents
                ],
            )
            self._connection.executemany(
                """
                insert into file (path, size, mtime_ns, sha256, first_seen, last_seen, source)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (path) do update set size = excluded.size, mtime_ns = excluded.mtime_ns,
                    sha256 = excluded.sha256, last_seen = excluded.last_seen,
                    source = case excluded.source when '' then source else excluded.source end
                """,
                [(f.path, f.size, f.mtime_ns, f.sha256, stamp, stamp, origin.source) for f in files],
            )
            self._connection.executemany(
                "insert or replace into fetched values (?, ?, ?, ?, ?, ?)",
                [(f.url, f.page_url, f.etag, f.last_modified, f.sha256, stamp) for f in fetched],
            )

    def next_intake(self) -> dt.datetime:
        """Return the moment of an intake: now, or just after the last one if the clock is behind that.

        Of two documents the one that landed later must say so, whatever the clock does.
        """
        ((last,),) = self._connection.execute(
            """
            select max(moment) from (
                select max(landed_at) as moment from document union all select max(last_seen) from file
            )
            """
        ).fetchall()
        moment = now()
        if last is None:
            return moment
        return max(moment, dt.datetime.fromisoformat(last) + dt.timedelta(microseconds=1))

    def adopt(self, origin: Origin, declared: Sequence[str], at: dt.datetime) -> None:
        """Give a source the hints it has now, and the documents seen in it that no declared source has yet.

        A document that several sources hold stays with the first, so that its hints do not change from night to night.
        """
        others = ", ".join("?" * len(declared))
        with self._connection:
            self._connection.execute(
                f"""
                update document set source = ?, district = ?, agency = ?
                where source not in ({others})
                    and sha256 in (select sha256 from file where source = ? and last_seen = ?)
                """,
                [*_values(origin), *declared, origin.source, at.isoformat()],
            )
            self._connection.execute(
                """
                update document set district = ?2, agency = ?3
                where source = ?1 and (district is not ?2 or agency is not ?3)
                """,
                _values(origin),
            )

    def count_files(self, source: str) -> int:
        """Count the files that were ever seen in a source."""
        query = "select count(*) from file where source = ?"
        return int(self._connection.execute(query, [source]).fetchone()[0])

    def fetched(self, url: str) -> Fetched | None:
        """Return what is remembered of an address."""
        row = self._connection.execute(
            "select url, page_url, etag, last_modified, sha256 from fetched where url = ?", [url]
        ).fetchone()
        return Fetched(*row) if row else None

    def forget_attachments(self, page_url: str, kept: Sequence[str]) -> None:
        """Forget the addresses to which a page leads no more."""
        marks = ", ".join("?" * len(kept))
        with self._connection:
            self._connection.execute(
                f"delete from fetched where page_url = ? and url not in ({marks})", [page_url, *kept]
            )

    def attachments(self, page_url: str) -> list[str]:
        """List the addresses to which a page led when it was last read."""
        rows = self._connection.execute("select url from fetched where page_url = ? order by url", [page_url])
        return [row[0] for row in rows]

    def count_quarantined_files(self, seen_at: dt.datetime) -> int:
        """Count the files last seen at this time that hold a quarantined document."""
        query = """
            select count(*) from file
            where last_seen = ? and sha256 in (select landed_sha256 from quarantine)
        """
        return int(self._connection.execute(query, [seen_at.isoformat()]).fetchone()[0])

    def record_batch(
        self,
        batch_id: str,
        parser_version: str,
        landed: Sequence[LandedDocument],
        quarantined: Sequence[Quarantined],
        reports: int,
    ) -> None:
        """Remember in one transaction what became of a batch's documents."""
        with self._connection:
            self._connection.execute(
                "insert into batch values (?, ?, ?)", [batch_id, parser_version, reports]
            )
            self._connection.executemany(
                """
                insert or replace into outcome (sha256, parser_version, batch_id, district, agency)
                values (?, ?, ?, ?, ?)
                """,
                [(d.sha256, parser_version, batch_id, d.district, d.agency) for d in landed],
            )
            for table, column in (("quarantine", "landed_sha256"), ("wanted", "sha256")):
                self._connection.executemany(
                    f"delete from {table} where {column} = ?", [(d.sha256,) for d in landed]
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

    def batch_sizes(self) -> list[Batch]:
        """List the batches in the order in which they were parsed, with their sizes."""
        rows = self._connection.execute(
            """
            select batch_id, batch.parser_version, count(outcome.sha256), batch.reports
            from batch left join outcome using (batch_id)
            group by batch_id order by batch_id
            """
        )
        return [Batch(*row) for row in rows]

    def parts(self) -> dict[str, list[str]]:
        """Return the batches that each merged one took the place of; they may have been merged ones."""
        parts: dict[str, list[str]] = {}
        for batch_id, part in self._connection.execute("select batch_id, part from merged order by 1, 2"):
            parts.setdefault(batch_id, []).append(part)
        return parts

    def merge_batches(self, merged: str, parts: Sequence[Batch]) -> None:
        """Put a merged batch in the place of its parts, which one parser read, in one transaction."""
        pairs = [(merged, part.id) for part in parts]
        with self._connection:
            self._connection.execute(
                "insert into batch values (?, ?, ?)",
                [merged, parts[0].parser_version, sum(part.reports for part in parts)],
            )
            self._connection.executemany("insert into merged values (?, ?)", pairs)
            self._connection.executemany("update outcome set batch_id = ? where batch_id = ?", pairs)
            self._connection.executemany(
                "delete from batch where batch_id = ?", [(part.id,) for part in parts]
            )

    def drop_superseded_batches(self) -> None:
        """Forget the batches whose every document has been read anew since."""
        with self._connection:
            self._connection.execute("""
                delete from batch
                where not exists (select 1 from outcome where outcome.batch_id = batch.batch_id)
                """)

    def forget_batch(self, batch_id: str) -> None:
        """Forget a batch that is lost, so that its documents are read anew."""
        with self._connection:
            self._connection.execute("delete from outcome where batch_id = ?", [batch_id])
            self._connection.execute("delete from batch where batch_id = ?", [batch_id])

    def quarantined(self) -> list[Quarantined]:
        """List the quarantined documents by path."""
        rows = self._connection.execute(
            "select landed_sha256, source_sha256, path, code, message from quarantine order by path, source_sha256"
        )
        return [Quarantined(*row) for row in rows]


def _values(origin: Origin) -> tuple[str | None, ...]:
    return origin.source, origin.district, origin.agency


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
        prepare(connection)
        yield Ledger(connection)
    except sqlite3.OperationalError as error:  # no room, no permission, or somebody holds it
        raise WarehouseError(
            f"收件台账 {home.ledger} 无法读写：{error}。请检查磁盘空间和权限后重新运行。",
            f"The ledger cannot be read or written: {error}. See to room on the disk and permissions, and run again.",
        ) from error
    except sqlite3.DatabaseError as error:
        raise WarehouseError(
            f"收件台账 {home.ledger} 无法读写：{error}。可将其移走后重新运行，全部文件会重新读取。",
            f"The ledger cannot be read or written: {error}. Move it away and run again: every file is read anew.",
        ) from error
    finally:
        if connection is not None:
            connection.close()

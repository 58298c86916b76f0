"""The tables of the ledger, and how those of an earlier version are brought up to date."""

import sqlite3

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
# What came after the tables above, in order; `user_version` counts how many of these a ledger has
_MIGRATIONS = (
    """
    alter table file add column source text not null default '';       -- '' is the folder that a command named
    alter table document add column source text not null default '';
    alter table document add column district text;                     -- the hints of its source
    alter table document add column agency text;
    alter table document add column page_url text;                     -- the page whose attachment it is
    alter table outcome add column district text;                      -- the hints it was read with
    alter table outcome add column agency text;
    create table fetched (                  -- what a site said of an address the last time it gave something
        url text primary key,
        page_url text,                      -- the page that leads to it
        etag text,
        last_modified text,
        sha256 text not null,               -- '' before it has given anything
        fetched_at text not null
    ) without rowid;
    create index file_of_source on file (source);
    create index fetched_from_page on fetched (page_url);
    """,
    """
    create table if not exists merged (     -- which batches a merged one took the place of
        batch_id text not null,
        part text not null,
        primary key (batch_id, part)
    ) without rowid;
    """,
    """
    alter table document add column is_read integer not null default 0;    -- with the hints of today, as the triggers say
    update document set is_read = 1 where exists (
        select 1 from outcome
        where outcome.sha256 = document.sha256
            and outcome.district is document.district and outcome.agency is document.agency
    );
    create index document_unread on document (sequence) where is_read = 0;
    create index outcome_batch on outcome (batch_id);
    create table wanted (                   -- by a backfill, to be read again
        sha256 text primary key,
        why text not null
    ) without rowid;
    """,
    """
    alter table batch add column reports integer not null default 0;    -- 0 where it was written before this was counted
    """,
)
# A night must find what is new among millions of documents without looking at each
_TRIGGERS = """
create trigger if not exists document_hinted after update of district, agency on document
when old.district is not new.district or old.agency is not new.agency
begin update document set is_read = 0 where sequence = new.sequence; end;
create trigger if not exists outcome_recorded after insert on outcome
begin
    update document set is_read = (district is new.district and agency is new.agency) where sha256 = new.sha256;
end;
create trigger if not exists outcome_forgotten after delete on outcome
begin update document set is_read = 0 where sha256 = old.sha256; end;
"""


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables of a new ledger, or bring one of any age up to date.

    That is one transaction, which another process may have been through before.
    """
    connection.executescript(_SCHEMA)
    if _version(connection) < len(_MIGRATIONS):
        with connection:
            connection.execute("begin immediate")
            for script in _MIGRATIONS[_version(connection) :]:
                for statement in script.split(";"):
                    connection.execute(statement)
            connection.execute(f"pragma user_version = {len(_MIGRATIONS)}")
    connection.executescript(_TRIGGERS)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])

"""Many nights leave many small batches: neighbours are merged into one that takes their place.

A merged batch is named after the last of its parts and comes where they came, so that of two readings of a document the
later one still counts. A release that has loaded the parts has loaded the whole (`Ledger.parts`).
"""

import itertools
from collections.abc import Iterator

import polars as pl

from ogi.warehouse.batches import MERGED, batch_files, write_batch
from ogi.warehouse.frames import BATCH_TABLES
from ogi.warehouse.home import Home
from ogi.warehouse.ledger import Batch, Ledger

# Landed files and reports; so few that a full refresh spends its time on opening files
_SMALL = 250
_MANY = 30


def merge_small_batches(home: Home, ledger: Ledger) -> None:
    """Merge neighbouring small batches of one parser where there are many; a crash leaves the old ones or the new one."""
    for (is_small, _), group in itertools.groupby(
        ledger.batch_sizes(), lambda batch: (_is_small(batch), batch.parser_version)
    ):
        if is_small:
            for batches in _without_repeats(home, list(group)):
                if len(batches) > _MANY:
                    _merge(home, ledger, batches)


def _is_small(batch: Batch) -> bool:
    return max(batch.documents, batch.reports) < _SMALL


def _without_repeats(home: Home, batches: list[Batch]) -> Iterator[list[Batch]]:
    """Cut neighbours where a document comes again, for in one batch it may be only once."""
    together: list[Batch] = []
    known: set[str] = set()
    for batch in batches if len(batches) > _MANY else []:
        sources = set(pl.read_parquet(batch_files(home, batch.id, "document"))["source_sha256"])
        if known & sources:
            yield together
            together, known = [], set()
        together.append(batch)
        known |= sources
    yield together


def _merge(home: Home, ledger: Ledger, batches: list[Batch]) -> None:
    parts = [batch.id for batch in batches]
    merged = parts[-1] + MERGED
    write_batch(home, merged, {table: _concatenated(home, parts, table) for table in BATCH_TABLES})
    ledger.merge_batches(merged, batches)


def _concatenated(home: Home, parts: list[str], table: str) -> pl.LazyFrame:
    # A part that has no row of a table lacks it, and one written before a table or a column was thought of
    files = [file for part in parts for file in batch_files(home, part, table)]
    return pl.concat([pl.LazyFrame(schema=BATCH_TABLES[table]), *map(pl.scan_parquet, files)], how="diagonal")

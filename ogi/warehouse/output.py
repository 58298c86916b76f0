"""Query results as a table for people, or as CSV, JSON and Parquet for programs."""

import csv
import datetime as dt
import io
import itertools
import math
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import BinaryIO, Literal

import msgspec

from ogi.warehouse.query import Result

Format = Literal["table", "csv", "json", "parquet"]

_SHOWN = 1_000
_encoder = msgspec.json.Encoder(decimal_format="number", enc_hook=str)


def write_result(result: Result, form: Format, out: BinaryIO, *, is_terminal: bool) -> None:
    """Write the result of a query; decimals stay exact and lose the zeros that say nothing."""
    writers: dict[Format, Callable[[], None]] = {
        "table": lambda: _write_table(result, out, is_terminal=is_terminal),
        "csv": lambda: _write_csv(result, out),
        "json": lambda: _write_json(result, out),
        "parquet": lambda: result.frame().write_parquet(out),
    }
    writers[form]()


def _write_table(result: Result, out: BinaryIO, *, is_terminal: bool) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    names, found = result.rows()
    for name in names:
        table.add_column(Text(name), overflow="fold", no_wrap=not is_terminal)
    rows = list(itertools.islice(found, _SHOWN + 1))
    for row in rows[:_SHOWN]:
        table.add_row(*(Text("NULL", "dim") if value is None else Text(_as_text(value)) for value in row))
    text = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    # Piped on, a table is as wide as its contents: a figure that is folded cannot be found
    console = Console(file=text) if is_terminal else Console(file=text, width=100_000)
    console.print(table)
    if len(rows) > _SHOWN:
        console.print(
            Text(f"… 只显示前 {_SHOWN} 行，全部请用 --format csv / the first {_SHOWN} rows: use --format csv")
        )
    text.detach()


def _write_csv(result: Result, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    names, rows = result.rows()
    writer.writerow(names)
    for row in rows:
        writer.writerow("" if value is None else _as_text(value) for value in row)
    text.detach()


def _write_json(result: Result, out: BinaryIO) -> None:
    """Write a list of objects, one a line; columns of one name are told apart by a number."""
    names, rows = result.rows()
    names = _unique(names)
    separator = b"["
    for row in rows:
        out.write(separator + b"\n" + _encoder.encode(dict(zip(names, map(_as_json, row), strict=True))))
        separator = b","
    out.write(b"\n]\n" if separator == b"," else b"[]\n")


def _unique(names: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return unique


def plain(value: Decimal) -> Decimal:
    """Drop the zeros behind the last digit that says something: 15903365.560000 is 15903365.56."""
    return Decimal(f"{value:f}".rstrip("0").rstrip(".")) if "." in f"{value:f}" else value


def _as_text(value: object) -> str:
    """Write one value for people: exact, dates as ISO, what is nested as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{plain(value):f}"
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, dict | list | tuple):
        return _encoder.encode(_as_json(value)).decode()
    return str(value)


def _as_json(value: object) -> object:
    """Make one value something that JSON has; a number that JSON lacks (NaN) becomes null."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {_as_text(key): _as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(item) for item in value]
    return value

"""The samples that ship with the product, and what they are known to print."""

import json
import re
from functools import cache
from typing import Any

from conftest import REPOSITORY

from ogi.reports.imported import read_parsed_lines
from ogi.reports.model import ParsedReport
from ogi.reports.parse import parse_bytes

INBOX = REPOSITORY / "samples" / "inbox"
TRUTH: dict[str, dict[str, Any]] = json.loads(
    (REPOSITORY / "samples" / "expected.json").read_text(encoding="utf-8")
)


def file_of(key: str) -> str:
    """The file of a sample, which may be a line of it (`x.jsonl#2`) or a member (`x.zip!member`)."""
    return re.split("[#!]", key)[0]


@cache
def read_sample(key: str) -> ParsedReport:
    """Read one sample."""
    path = file_of(key)
    data = (INBOX / path).read_bytes()
    if "#" in key:
        _, parsed = list(read_parsed_lines(data, path))[int(key.partition("#")[2]) - 1]
        return parsed
    [parsed] = [report for report in parse_bytes(data, path) if report.source.path == key]
    return parsed

"""Shared by all tests: where the documents are."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# How long an example takes depends on the machine: that is for the benchmarks
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

REPOSITORY = Path(__file__).resolve().parent.parent
DOCUMENTS = REPOSITORY / "tests" / "documents"
STREET_2020 = DOCUMENTS / "street-2020-rows-displaced-by-page-breaks"


@pytest.fixture(scope="session")
def street_2020() -> bytes:
    """A street's report of 2020 whose tables a converter cut at page ends."""
    return (STREET_2020 / "document.txt").read_bytes()


@pytest.fixture(scope="session")
def street_2020_truth() -> dict[str, Any]:
    """What that report prints, transcribed by eye."""
    return json.loads((STREET_2020 / "expected.json").read_text(encoding="utf-8"))

"""The generated pages say what the seeds and models say now, and every command and code is documented."""

import pytest

from docs.generate import FOLDER, PAGES
from ogi.project import read_seed


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "stale: run `make docs`"


def test_every_identity_is_on_the_page() -> None:
    page = (FOLDER / "identities.md").read_text(encoding="utf-8")
    assert [
        row["identity_id"] for row in read_seed("identities") if f"`{row['identity_id']}`" not in page
    ] == []

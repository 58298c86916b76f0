"""The generated pages say what the seeds and models say now, and every command and code is documented."""

import ast
from collections.abc import Iterator

import pytest

from docs.generate import FOLDER, PAGES
from ogi.documents import limits
from ogi.documents.pdf import messages
from ogi.project import project_root, read_seed

# What takes a problem's code as one of its arguments
GIVES_CODE = {"Problem", "FileProblem", "Remark", "UnreadableDocument", "unreadable", "remark", "Scan"}
GIVES_CODE |= {"_refused", "_problem", "FetchFailed"}
CODES = {row["code"] for row in read_seed("problem_codes")}


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "stale: run `make docs`"


def test_every_identity_is_on_the_page() -> None:
    page = (FOLDER / "identities.md").read_text(encoding="utf-8")
    assert [
        row["identity_id"] for row in read_seed("identities") if f"`{row['identity_id']}`" not in page
    ] == []


def codes_in_code() -> Iterator[str]:
    for file in (project_root() / "ogi").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = node.func if isinstance(node, ast.Call) else None
            called = name.id if isinstance(name, ast.Name) else getattr(name, "attr", None)
            if isinstance(node, ast.Call) and called in GIVES_CODE:
                yield from (
                    argument.value
                    for argument in node.args
                    if isinstance(argument, ast.Constant)
                    and isinstance(argument.value, str)
                    and argument.value.isidentifier()
                )


def test_every_problem_code_in_use_is_on_the_page_and_no_other() -> None:
    severities = {"error", "warning", "notice"}
    used = {*codes_in_code(), *messages._MESSAGES, *limits._CODES.values(), "limit_exceeded"} - severities
    assert used == CODES


def test_every_problem_is_said_in_both_languages() -> None:
    for row in read_seed("problem_codes"):
        assert all(row.values()), row

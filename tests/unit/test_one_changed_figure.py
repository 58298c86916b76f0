"""One figure of table 三 is changed, anywhere in any sample: the identities it breaks, the cell and its repair are named."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_reports import INBOX, TRUTH, read_sample

from ogi.cli import main
from ogi.project import read_seed
from ogi.reports.check import check_report
from ogi.reports.model import ParsedReport
from ogi.reports.parse import parse_bytes

# Figures that stand alone in a field of a line
_FIGURE = re.compile(r"(?<=[\t|])( *)(\d{1,3}(?:,\d{3})+|\d+)(?= *[\t|\n])")
_NEEDS_MORE_SOFTWARE = ("doc", "scan")
HELD = [
    key
    for key, truth in TRUTH.items()
    if truth.get("report")
    and truth["report"]["template"] in ("2019", "2021")
    and not truth["broken"]
    and truth["layout"] not in _NEEDS_MORE_SOFTWARE
]
Standing = dict[str, dict[str, int]]


def standing(parsed: ParsedReport) -> Standing:
    """Say in which identities each printed figure stands, with its coefficient: from the seed and the printed cells alone."""
    assert parsed.report is not None
    cells = {cell.cell: cell.state for cell in parsed.cells}
    variants: dict[tuple[str, str], dict[str, int]] = {}
    within = {row["identity_id"] for row in read_seed("identities") if row["class"] == "within"}
    for term in read_seed("identity_terms"):
        if term["template"] == parsed.report.template and term["identity_id"] in within:
            key = (term["identity_id"], term["variant"])
            variants.setdefault(key, {})[term["cell"]] = int(term["coefficient"])
    found: Standing = {}
    for (identity, _), terms in variants.items():
        if all(cells.get(cell) == "reported" for cell in terms):
            for cell, coefficient in terms.items():
                found.setdefault(cell, {})[identity] = coefficient
    return found


def twins(stands: Standing) -> dict[str, int]:
    """Count the cells, itself included, that stand in the same identities: another figure in any of them looks the same."""
    looks = {
        cell: min(sorted(i.items()), sorted((k, -c) for k, c in i.items())) for cell, i in stands.items()
    }
    counted = Counter(map(str, looks.values()))
    return {cell: counted[str(look)] for cell, look in looks.items()}


def assert_named(
    checked: dict[str, Any], stands: Standing, alike: dict[str, int], cell: str, figure: int, printed: int
) -> None:
    """What `ogi check` says of a report in which `figure` of a cell became `printed`."""
    assert {b["id"]: b["residual"] for b in checked["broken"]} == {
        identity: coefficient * (printed - figure) for identity, coefficient in stands[cell].items()
    }
    [finding] = [f for f in checked["findings"] if f["kind"] != "total_omitted"]
    assert sorted(finding["identities"]) == sorted(stands[cell])
    if alike[cell] == 1:
        assert [(c["cell"], c["printed"], c["implied"]) for c in finding["cells"]] == [
            (cell, printed, figure)
        ]
    elif finding["kind"] == "undetermined":
        assert {c["implied"] for c in finding["cells"]} == {None}
        assert cell in {c["cell"] for c in finding["cells"]}
    else:
        assert [c["cell"] for c in finding["cells"]] == [cell]


def places(parsed: ParsedReport, stands: Standing) -> Iterator[tuple[int, str, int]]:
    """Give each figure of table 三 that an identity covers: its index among the cells, its name, the figure."""
    for index, cell in enumerate(parsed.cells):
        if cell.cell.startswith("applications.") and cell.cell in stands and cell.value is not None:
            yield index, cell.cell, int(cell.value)


@pytest.mark.integration
@pytest.mark.parametrize("key", HELD)
def test_wherever_it_stands(key: str) -> None:
    parsed = read_sample(key)
    stands = standing(parsed)
    alike = twins(stands)
    changed = 0
    for index, cell, figure in places(parsed, stands):
        printed = figure - 1 if figure % 2 else figure + 7
        cells = list(parsed.cells)
        cells[index] = msgspec.structs.replace(cells[index], value=Decimal(printed))
        result = check_report(msgspec.structs.replace(parsed, cells=cells)).result
        assert_named(
            msgspec.to_builtins(result, builtin_types=(Decimal,)), stands, alike, cell, figure, printed
        )
        changed += 1
    assert changed >= 50


@cache
def printed_places(key: str) -> dict[str, tuple[int, int]]:
    """Find where in a sample's text each figure of table 三 is printed; empty where its layout hides it.

    Every figure of the text becomes another five-digit number, and the number that a cell then has tells its place.
    """
    text = (INBOX / key).read_text(encoding="utf-8")
    found = list(_FIGURE.finditer(text))
    marked, end = "", 0
    for number, match in enumerate(found, start=10_001):
        marked += f"{text[end : match.start(2)]}{number}"
        end = match.end(2)
    [parsed] = parse_bytes((marked + text[end:]).encode(), key)
    tokens = {10_001 + number: match.span(2) for number, match in enumerate(found)}
    return {
        cell.cell: tokens[int(cell.value)]
        for cell in parsed.cells
        if cell.cell.startswith("applications.") and cell.value in tokens
    }


TEXTS = [key for key in HELD if re.fullmatch(r"[^#!]+\.(txt|md)", key)]


def test_most_of_the_text_samples_show_where_each_figure_is_printed() -> None:
    assert sum(len(printed_places(key)) > 100 for key in TEXTS) >= 20


@settings(max_examples=40)
@given(data=st.data(), key=st.sampled_from(TEXTS), difference=st.sampled_from([-3, -1, 1, 2, 10, 90]))
def test_through_the_document_and_the_command_line(
    data: st.DataObject, key: str, difference: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    parsed = read_sample(key)
    stands = standing(parsed)
    where = printed_places(key)
    chosen = [place for place in places(parsed, stands) if place[1] in where and place[2] + difference >= 0]
    if not chosen:
        return
    _, cell, figure = data.draw(st.sampled_from(chosen))
    text = (INBOX / key).read_text(encoding="utf-8")
    start, end = where[cell]
    file = tmp_path_factory.getbasetemp() / f"changed{Path(key).suffix}"
    file.write_text(f"{text[:start]}{figure + difference}{text[end:]}", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(file), "--format", "json"])
    [checked] = json.loads(result.stdout)
    assert result.exit_code == 1
    assert_named(checked, stands, twins(stands), cell, figure, figure + difference)
    [finding] = [f for f in checked["findings"] if f["kind"] != "total_omitted"]
    place = next(c.where for c in parsed.cells if c.cell == cell)
    assert msgspec.to_builtins(place) in [c["where"] for c in finding["cells"]]

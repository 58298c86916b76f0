import random
from itertools import islice

import pytest

from ogi.demo.corpus import make_document
from ogi.demo.histories import Facts, all_reports
from ogi.demo.layouts import Layout, depart, layouts

DIGITAL = ("html", "docx", "markdown", "text", "pdf")
TEMPLATES = (None, "2014", "2019", "2021")


@pytest.fixture(scope="module")
def reports() -> dict[str | None, Facts]:
    """Return the report of each form with the most requests: it fills the most cells with more than 0."""
    found: dict[str | None, Facts] = {}
    for facts in islice(all_reports(1), 1500):
        before = found.get(facts.template)
        if before is None or sum(facts.figures.values()) > sum(before.figures.values()):
            found[facts.template] = facts
    return found


@pytest.mark.parametrize(
    ("document_format", "template", "layout"),
    [(f, t, layout) for f in DIGITAL for t in TEMPLATES for layout in layouts(f, t)],
    ids=lambda value: value.name if isinstance(value, Layout) else str(value),
)
def test_every_layout_can_be_written(
    document_format: str, template: str | None, layout: Layout, reports: dict[str | None, Facts]
):
    if document_format == "pdf":
        pytest.importorskip("reportlab")
    rng = random.Random(1)
    made = make_document(rng, reports[template], depart(rng, layout, document_format), document_format, 0)
    assert made.data
    assert made.truth.layout == layout.name

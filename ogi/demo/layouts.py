"""The layout families: how an office or its converter prints the form (`layouts.toml`)."""

import random
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

FORMATS = ("html", "docx", "markdown", "text", "pdf", "png", "jpeg", "scanned_pdf")


@dataclass(frozen=True, slots=True)
class Layout:
    """One family; every field but the first three is a way to depart from the national form.

    Attributes:
        templates: the forms that can depart in this way.
        proactive: table 二 as one table or four.
        reviews: table 四 as one row under three levels of header, as three rows, or transposed.
        groups: group labels span their rows, or stand again in each.
        cut: where table 三 breaks off and goes on: the header is printed again, or a wrong one; the group's label
            is lost, or is itself cut in two.
        label_spans: of how many columns; short ones leave the figures beside their headings.
        split_numbers: some numbers are cut into two neighbouring cells.
        digits: how numbers are written.
        empty: cells without a figure: the organisations' columns, the totals of the outcomes, all, or figures that
            a converter dropped with their cells.
        marks: some cells print `/`, `—` or `无`.
        noise: some cells print what is no number.
        labels: how labels are written.
        headings: of the sections that hold tables.
        other_in_one_row: （六）其他处理 of 2021 without its three rows.
        extra_row: the office's own row in table 二.
        notes: remarks behind figures.
        amounts: where the unit of an amount is printed.
        dress: what the format adds (`site`, `word`, `spans`, `tabs`, `aligned`, `unruled`…).
        encoding: of the bytes, where the format has one.
    """

    name: str
    formats: tuple[str, ...]
    templates: tuple[str, ...] = ("2014", "2019", "2021")
    proactive: Literal["one", "four"] = "one"
    reviews: Literal["one_row", "three_rows", "transposed"] = "one_row"
    groups: Literal["spanned", "repeated"] = "spanned"
    cut: Literal["no", "header_repeated", "header_wrong", "group_lost", "label_cut"] = "no"
    label_spans: Literal["form", "short"] = "form"
    split_numbers: bool = False
    digits: Literal["plain", "full_width", "thousands", "full_width_comma", "with_unit"] = "plain"
    empty: Literal["no", "organisations", "totals", "everything", "dropped"] = "no"
    marks: bool = False
    noise: bool = False
    labels: Literal[
        "form", "nbsp", "spaced", "misprinted", "half_width", "synonyms", "renumbered", "traditional"
    ] = "form"
    headings: Literal["form", "renamed", "misprinted", "absent"] = "form"
    other_in_one_row: bool = False
    extra_row: bool = False
    notes: bool = False
    amounts: Literal["form", "in_cell", "in_header", "yuan_in_header"] = "form"
    dress: str = "plain"
    encoding: Literal["utf-8", "gbk_undeclared", "declared_wrong", "utf-8-bom"] = "utf-8"


# What the mixed family takes its departures from
_MIXABLE: tuple[dict[str, object], ...] = (
    {"proactive": "four"},
    {"reviews": "three_rows"},
    {"reviews": "transposed"},
    {"groups": "repeated"},
    {"cut": "header_repeated"},
    {"cut": "group_lost"},
    {"digits": "thousands"},
    {"digits": "with_unit"},
    {"cut": "header_wrong"},
    {"cut": "label_cut"},
    {"empty": "organisations"},
    {"empty": "totals"},
    {"marks": True},
    {"labels": "spaced"},
    {"labels": "half_width"},
    {"labels": "synonyms"},
    {"headings": "renamed"},
    {"other_in_one_row": True},
    {"extra_row": True},
    {"notes": True},
    {"amounts": "in_cell"},
    {"amounts": "yuan_in_header"},
)
# What a format adds to the mixed family, in every other document
_DRESSES = {
    "html": ("site", "word", "spans", "paragraphs"),
    "docx": ("revisions", "controls", "runs"),
    "markdown": ("repeated", "html_tables"),
    "text": ("bars", "aligned", "lines", "displaced", "bar_lines"),
    "pdf": ("unruled", "horizontal", "vertical", "rotated", "double_struck"),
}
MIXED = "mixed"
_FEWEST_DEPARTURES, _MOST_DEPARTURES = 2, 5


@cache
def layouts(document_format: str, template: str | None) -> tuple[Layout, ...]:
    """Return the families that a format can show of a form; a report without a form has no tables to arrange."""
    with (Path(__file__).parent / "layouts.toml").open("rb") as file:
        families = tomllib.load(file)
    found = (msgspec.convert({"name": name, **fields}, Layout) for name, fields in families.items())
    fitting = (layout for layout in found if document_format in layout.formats)
    if template is None:
        return tuple(layout for layout in fitting if _is_of_the_format(layout))
    return tuple(layout for layout in fitting if template in layout.templates)


def _is_of_the_format(layout: Layout) -> bool:
    """Whether a family is the form itself, or nothing but a dress or an encoding."""
    return layout.name != MIXED and layout == Layout(
        layout.name, layout.formats, layout.templates, dress=layout.dress, encoding=layout.encoding
    )


def draw_layout(rng: random.Random, document_format: str, template: str | None) -> Layout:
    """Draw a family that a format can show of a form."""
    return depart(rng, rng.choice(layouts(document_format, template)), document_format)


def depart(rng: random.Random, layout: Layout, document_format: str) -> Layout:
    """Give the mixed family some departures and a dress of the format; another stays as it is."""
    if layout.name != MIXED:
        return layout
    for departure in rng.sample(_MIXABLE, rng.randint(_FEWEST_DEPARTURES, _MOST_DEPARTURES)):
        layout = replace(layout, **departure)  # type: ignore[arg-type]
    return replace(layout, dress=rng.choice(("plain", rng.choice(_DRESSES[document_format]))))

"""The seeds agree with each other, in both directions."""

from ogi.project import read_seed
from ogi.registry.divisions import divisions

CELLS = {(row["template"], row["cell"]) for row in read_seed("template_cells")}
IDENTITIES = {(row["template"], row["identity_id"]) for row in read_seed("identities")}
TERMS = read_seed("identity_terms")


def test_every_identity_has_terms_on_both_sides_and_every_term_an_identity() -> None:
    sides = {(t["template"], t["identity_id"], t["variant"], t["side"]) for t in TERMS}
    assert {(template, id_) for template, id_, _, _ in sides} == IDENTITIES
    for template, id_, variant, _ in sides:
        assert {(template, id_, variant, side) for side in ("left", "right")} <= sides


def test_every_term_names_a_cell_of_a_template_or_a_count_of_the_prose() -> None:
    names = {cell for _, cell in CELLS}
    for term in TERMS:
        cell = term["cell"].removeprefix("agencies.")
        if term["year_offset"] == "0" and not cell.startswith("narrative."):
            assert (term["template"], cell) in CELLS
        elif not term["cell"].startswith("narrative."):
            assert term["cell"] in names


def test_every_cell_of_tables_three_and_four_stands_in_an_identity() -> None:
    used = {(t["template"], t["cell"]) for t in TERMS}
    for template, cell in CELLS:
        if cell.startswith(("applications.", "reviews.")):
            assert (template, cell) in used


def test_an_identity_of_a_summary_is_a_cell_and_the_same_cell_of_the_agencies() -> None:
    terms: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for t in TERMS:
        if t["identity_id"].startswith("hierarchy."):
            key = (t["template"], t["identity_id"])
            terms.setdefault(key, []).append((t["side"], t["cell"], t["coefficient"]))
    for (_, identity), sides in terms.items():
        cell = identity.removeprefix("hierarchy.")
        assert sides == [("left", cell, "1"), ("right", f"agencies.{cell}", "-1")]
    assert {key for key in IDENTITIES if key[1].startswith("hierarchy.")} == set(terms)


def test_every_count_of_tables_three_and_four_that_all_agencies_print_is_summed_up() -> None:
    summed = {(template, id_.removeprefix("hierarchy.")) for template, id_ in IDENTITIES}
    for row in read_seed("template_cells"):
        if row["table"] in ("applications", "reviews") and not row["optional"]:
            assert (row["template"], row["cell"]) in summed


def test_no_identity_is_over_money() -> None:
    money = {(row["template"], row["cell"]) for row in read_seed("template_cells") if row["kind"] == "money"}
    assert [t for t in TERMS if (t["template"], t["cell"].removeprefix("agencies.")) in money] == []


def test_every_outcome_row_has_a_group() -> None:
    rows = {cell.split(".")[1] for template, cell in CELLS if cell.startswith("applications.")}
    flow = {"new_requests", "carried_over", "total_processed", "carried_forward"}
    assert {row["outcome"] for row in read_seed("outcome_groups")} == rows - flow


def test_every_alias_names_a_label_of_its_table() -> None:
    labels = {
        (row["template"], row["table"], path.split(" / ")[-1])
        for row in read_seed("template_cells")
        for path in (row["row_label"], row["column_label"])
    }
    for alias in read_seed("label_aliases"):
        assert (alias["template"], alias["table"], alias["label"]) in labels


def test_every_division_hangs_below_a_province() -> None:
    for division in divisions().values():
        assert division.code[:2] + "0000" in divisions()


def test_every_former_division_leads_to_one_of_today() -> None:
    today = {row["division_code"] for row in read_seed("divisions")}
    former = read_seed("former_divisions")
    assert {row["successor_code"] for row in former} <= today
    assert len({(row["former_code"], row["former_name"]) for row in former}) == len(former)
    assert {row["continues"] for row in former} == {"yes", "no"}


def test_a_short_name_is_no_other_divisions_name() -> None:
    names = {row["name"] for row in read_seed("divisions")}
    short = [row["short_name"] for row in read_seed("division_short_names")]
    assert names.isdisjoint(short)
    assert len(set(short)) == len(short)

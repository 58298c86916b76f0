"""Tables whose cells are drawn, on one page and over several."""

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.documents.layout_pages import columns, grids, lattice, page, read, spans, word, words

from ogi.documents.layout.model import Rule
from ogi.documents.model import Grid

FOUR = words(("规章", 105, 105), ("1", 205, 105), ("其他", 105, 125), ("0", 205, 125))
LINES = lattice([100, 200, 300], [100, 120, 140])


def test_words_stand_in_the_cells_that_the_lines_draw() -> None:
    assert grids(page(FOUR, LINES)) == [[["规章", "1"], ["其他", "0"]]]


def test_lines_of_a_cell_keep_their_breaks() -> None:
    held = words(("部分", 105, 102), ("公开", 105, 114), ("1", 205, 108))
    assert grids(page(held, lattice([100, 200, 300], [100, 130]))) == [[["部分\n公开", "1"]]]


def test_lines_broken_into_pieces_are_whole() -> None:
    pieces = [Rule(x, y, x + 8, y) for y in (100, 120, 140) for x in range(100, 300, 10)]
    pieces += [Rule(x, y, x, y + 9) for x in (100, 200, 300) for y in range(100, 140, 10)]
    assert grids(page(FOUR, pieces)) == [[["规章", "1"], ["其他", "0"]]]


def test_double_lines_make_no_cells_of_their_own() -> None:
    inner = lattice([102, 198, 202, 298], [102, 118, 122, 138])
    assert grids(page(FOUR, LINES + inner)) == [[["规章", "1"], ["其他", "0"]]]


def test_an_outer_border_that_is_not_drawn_stands_where_the_lines_end() -> None:
    inner = [Rule(100, 120, 300, 120), Rule(200, 100, 200, 140)]
    assert grids(page(FOUR, inner)) == [[["规章", "1"], ["其他", "0"]]]


def test_a_missing_wall_merges_cells() -> None:
    rules = [Rule(100, y, 300, y) for y in (100, 140)] + [Rule(200, 120, 300, 120)]
    rules += [Rule(x, 100, x, 140) for x in (100, 200, 300)]
    held = words(("组", 105, 115), ("甲", 205, 105), ("乙", 205, 125))
    assert grids(page(held, rules)) == [[["组", "甲"], ["乙"]]]
    assert spans(page(held, rules))["组"] == (2, 1)


def test_columns_count_after_spans() -> None:
    rules = [*lattice([100, 200, 300], [100, 120]), *lattice([100, 150, 200, 300], [120, 140])]
    held = words(("题", 105, 105), ("头", 205, 105), ("甲", 105, 125), ("乙", 155, 125), ("1", 205, 125))
    assert columns(page(held, rules)) == [{1: "题", 3: "头"}, {1: "甲", 2: "乙", 3: "1"}]


def test_a_label_printed_downwards_is_one_text() -> None:
    held = [word(c, 105, 102 + 12 * i) for i, c in enumerate("办理结果")] + words(("1", 205, 120))
    assert grids(page(held, lattice([100, 120, 300], [100, 152]))) == [[["办理结果", "1"]]]


def test_figures_below_each_other_are_never_one_number() -> None:
    held = words(("1", 105, 102), ("2", 105, 114), ("甲", 205, 105))
    [[[first, _]]] = grids(page(held, lattice([100, 200, 300], [100, 130])))
    assert first == "1\n2"


def test_a_frame_around_the_page_is_no_table() -> None:
    frame = lattice([40, 550], [40, 800])
    assert grids(page([*FOUR, word("说明。", 100, 300)], frame + LINES)) == [[["规章", "1"], ["其他", "0"]]]


def test_cells_without_print_are_cells() -> None:
    assert grids(page(words(("规章", 105, 105)), lattice([100, 200, 300], [100, 120]))) == [[["规章", ""]]]


# over pages


def test_a_table_that_goes_on_at_the_next_page_is_one_grid() -> None:
    first = page(FOUR, LINES, 1)
    second = page(words(("行政许可", 105, 85), ("5", 205, 85)), lattice([100, 200, 300], [80, 100]), 2)
    assert grids(first, second) == [[["规章", "1"], ["其他", "0"], ["行政许可", "5"]]]


def test_a_page_number_between_its_parts_does_not_end_a_table() -> None:
    first = page([*FOUR, word("- 1 -", 280, 800)], LINES, 1)
    second = page(words(("行政许可", 105, 85), ("5", 205, 85)), lattice([100, 200, 300], [80, 100]), 2)
    assert len(grids(first, second)) == 1


def test_a_heading_between_ends_the_table() -> None:
    first = page([*FOUR, word("三、收到和处理情况", 100, 200)], LINES, 1)
    second = page(words(("行政许可", 105, 85), ("5", 205, 85)), lattice([100, 200, 300], [80, 100]), 2)
    assert len(grids(first, second)) == 2


def test_a_table_with_other_columns_is_another() -> None:
    second = page(words(("甲", 105, 85), ("5", 145, 85)), lattice([100, 140, 300], [80, 100]), 2)
    assert len(grids(page(FOUR, LINES, 1), second)) == 2


def test_columns_of_a_part_with_fewer_borders_are_numbered_by_all_borders() -> None:
    first = page(
        words(("甲", 105, 105), ("1", 205, 105), ("2", 255, 105)), lattice([100, 200, 250, 300], [100, 120])
    )
    second = page(words(("乙", 105, 85), ("3", 205, 85)), lattice([100, 200, 300], [80, 100]), 2)
    assert columns(first, second) == [{1: "甲", 2: "1", 3: "2"}, {1: "乙", 2: "3"}]


def _group_over_pages(label: str, rest: str) -> list[list[str]]:
    first = page(
        words((label, 102, 105), ("1.甲", 145, 105), ("7", 205, 105)),
        lattice([100, 140, 200, 300], [100, 120]),
    )
    rules = [
        *lattice([140, 200, 300], [80, 100, 120]),
        Rule(100, 80, 100, 120),
        Rule(100, 80, 140, 80),
        Rule(100, 120, 140, 120),
    ]
    held = words((rest, 102, 95), ("2.乙", 145, 85), ("8", 205, 85), ("3.丙", 145, 105), ("9", 205, 105))
    second = page([w for w in held if w.text], rules, 2)
    [grid] = grids(first, second)
    return grid


def test_a_group_label_cut_by_the_page_end_is_put_together() -> None:
    assert _group_over_pages("无法提", "供") == [["无法提\n供", "1.甲", "7"], ["2.乙", "8"], ["3.丙", "9"]]


def test_a_group_goes_on_where_its_label_is_blank_after_the_break() -> None:
    assert _group_over_pages("组别", "") == [["组别", "1.甲", "7"], ["2.乙", "8"], ["3.丙", "9"]]


def test_a_label_of_the_next_group_is_not_joined_to_the_last() -> None:
    assert _group_over_pages("组别", "（五）")[1][0] == "（五）"


def test_a_row_cut_by_the_page_end_is_one_row() -> None:
    first = page(words(("要求确认或者重新", 105, 105), ("1", 205, 105)), lattice([100, 190, 300], [100, 120]))
    second = page(words(("出具信息", 105, 85)), lattice([100, 190, 300], [80, 100]), 2)
    assert grids(first, second) == [[["要求确认或者重新\n出具信息", "1"]]]


def test_a_row_of_blanks_after_a_short_label_is_its_own_row() -> None:
    second = page(words(("行政许可", 105, 85)), lattice([100, 200, 300], [80, 100]), 2)
    assert grids(page(FOUR, LINES), second)[0][-2:] == [["其他", "0"], ["行政许可", ""]]


def test_a_repeated_header_stays_a_row() -> None:
    first = page(FOUR, LINES, 1)
    second = page(
        words(("规章", 105, 85), ("1", 205, 85), ("新", 105, 105), ("2", 205, 105)),
        lattice([100, 200, 300], [80, 100, 120]),
        2,
    )
    assert grids(first, second) == [[["规章", "1"], ["其他", "0"], ["规章", "1"], ["新", "2"]]]


# properties


@st.composite
def ruled_pages(draw: st.DrawFn) -> tuple[list[float], list[float], list[tuple[float, float]]]:
    xs = [50.0]
    for _ in range(draw(st.integers(1, 6))):
        xs.append(xs[-1] + draw(st.integers(15, 80)))
    ys = [50.0]
    for _ in range(draw(st.integers(1, 8))):
        ys.append(ys[-1] + draw(st.integers(14, 60)))
    places = st.tuples(st.floats(51, xs[-1] - 6), st.floats(51, ys[-1] - 11))
    return xs, ys, draw(st.lists(places, min_size=1, max_size=30, unique=True))


@given(ruled_pages(), st.data())
@settings(max_examples=80, deadline=None)
def test_every_word_of_a_page_is_printed_once(
    made: tuple[list[float], list[float], list[tuple[float, float]]], data: st.DataObject
) -> None:
    xs, ys, places = made
    rules = lattice(xs, ys)
    rules = [rule for rule in rules if data.draw(st.integers(0, 9)) > 0]
    held = [word(f"w{i}w", x, y) for i, (x, y) in enumerate(places)]
    printed = ""
    for block in read(page(held, rules)).blocks:
        cells = [c.text for row in block.rows for c in row] if isinstance(block, Grid) else [block.text]
        printed += "|".join(["", *cells, ""])
    for each in held:
        assert printed.count(each.text) == 1

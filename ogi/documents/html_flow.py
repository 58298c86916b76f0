"""One walk over a page's tree: what is visible, as lines and tables in reading order. No recursion: pages nest deep."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

from ogi.documents.html_elements import BLOCK_TAGS, INVISIBLE, SKIPPED, is_unseen, shown
from ogi.documents.html_tables import (
    Heading,
    Item,
    Preformatted,
    SpanBudget,
    Table,
    TableRows,
    make_cell,
    unfold,
)

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


@dataclass(slots=True)
class Flow:
    """What a page shows, in order, and how many spans were cut."""

    items: list[Item]
    cut_spans: int

    @property
    def has_tables(self) -> bool:
        """Whether any data table was found."""
        return any(isinstance(item, TableRows) for item in self.items)


def read_flow(root: Optional["LexborNode"], *, shows_hidden: bool = False) -> Flow:
    """Return the lines and data tables below a node in the order in which a browser shows them.

    Args:
        root: the node, or None for an empty page.
        shows_hidden: read what styles hide, too.
    """
    reader = _FlowReader(shows_hidden)
    reader.walk(root)
    return Flow(reader.items, reader.budget.cut)


class _FlowReader:
    """The state of the walk: the line being put together, where lines go, the tables that are open."""

    def __init__(self, shows_hidden: bool) -> None:
        self._shows_hidden = shows_hidden
        self.items: list[Item] = []
        self.budget = SpanBudget()
        self._target = self.items
        self._outer_targets: list[list[Item]] = []
        self._tables: list[Table] = []
        self._parts: list[str] = []
        self._open_notes: list[int] = []
        self._headings = 0
        self._preformatted = 0
        self._list_items = 0
        self._in_link = False
        self._has_words = False

    def walk(self, node: Optional["LexborNode"]) -> None:
        """Visit each visible node once; the stack holds the elements whose children are being visited."""
        above: list[tuple[LexborNode, _Leave | None]] = []
        # Looked up once: this loop is most of the time that a page takes
        parts, action_of, shows_hidden = self._parts, _ACTIONS.get, self._shows_hidden
        while node is not None or above:
            if node is None:
                node, leave = above.pop()
                if leave is not None:
                    leave(self)
                node = node.next
                continue
            tag = node.tag
            if tag == "-text":
                text = node.text_content or ""
                if self._preformatted:
                    self._break_preformatted(text)
                elif not text.isspace():
                    parts.append(text)
                    if not self._in_link:
                        self._has_words = True
                elif parts:  # white space at the beginning of a line shows nothing
                    parts.append(text)
                node = node.next
                continue
            action = action_of(tag, _INLINE)
            if action is None:
                node = node.next
                continue
            attributes = node.attributes
            if attributes and is_unseen(attributes, shows_hidden=shows_hidden):
                node = node.next
                continue
            child = node.first_child
            if (
                action is _CELL
                and child is not None
                and child.tag == "-text"
                and child.next is None
                and not (self._headings or self._in_link or self._preformatted)
            ):
                # Most cells: nothing but a text, and that is just a line
                self._tables[-1].row.append(make_cell(attributes, shown(child.text_content or "")))
                node = node.next
                continue
            enter, leave = action
            if enter is not None:
                enter(self, attributes)
            above.append((node, leave))
            node = child
        self.end_line()

    def end_line(self, _: object = None) -> None:
        """Finish the line being put together: white space collapsed, nothing where nothing is to be seen."""
        if not self._parts:
            return
        text = "".join(self._parts)
        self._parts.clear()
        if self._preformatted:
            self._add_preformatted(text)
            return
        text = shown(text)
        is_link = not self._has_words
        self._has_words = False
        if is_link and self._list_items:
            return  # an entry of a menu or of a table of contents
        if text:
            self._target.append(Heading(text) if self._headings else text)

    def _add_preformatted(self, text: str) -> None:
        self._has_words = False
        if text.strip():
            self._target.append(Preformatted(INVISIBLE.sub("", text.replace("\xa0", " ").rstrip())))

    def _break_preformatted(self, text: str) -> None:
        lines = text.split("\n")
        for line in lines[:-1]:
            self._parts.append(line)
            self._has_words = True
            self.end_line()
        self._has_words = True
        self._parts.append(lines[-1])

    def enter_preformatted(self, _: object) -> None:
        self.end_line()
        self._preformatted += 1

    def leave_preformatted(self) -> None:
        self.end_line()
        self._preformatted -= 1

    def enter_list_item(self, _: object) -> None:
        self.end_line()
        self._list_items += 1

    def leave_list_item(self) -> None:
        self.end_line()
        self._list_items -= 1

    def enter_link(self, attributes: dict[str, str | None]) -> None:
        self._in_link = "href" in attributes

    def leave_link(self) -> None:
        self._in_link = False

    def enter_heading(self, _: object) -> None:
        self.end_line()
        self._headings += 1

    def leave_heading(self) -> None:
        self.end_line()
        self._headings -= 1

    def enter_note(self, _: object) -> None:
        self._open_notes.append(len(self._parts))

    def leave_note(self) -> None:
        """Put a raised note in brackets, as plain text writes it: the note 1 at a figure 10 is not the figure 101."""
        start = self._open_notes.pop()
        note = "".join(self._parts[start:]).strip()
        if note:
            self._parts[start:] = ["（", note, "）"]

    def enter_field(self, attributes: dict[str, str | None]) -> None:
        """Read the value of a field that can be typed into: some sites print their figures so."""
        if (attributes.get("type") or "text").lower() in ("text", "number"):
            self._parts.append(attributes.get("value") or "")
            self._has_words = True

    def enter_table(self, _: object) -> None:
        self.end_line()
        self._tables.append(Table())

    def leave_table(self) -> None:
        self._target.extend(unfold(self._tables.pop(), self.budget))

    def enter_caption(self, _: object) -> None:
        self._redirect(self._tables[-1].captions)

    def enter_head(self, _: object) -> None:
        self._open_group(0)

    def enter_body(self, _: object) -> None:
        self._open_group(1)

    def enter_foot(self, _: object) -> None:
        self._open_group(2)

    def _open_group(self, rank: int) -> None:
        """Open a row group; only the first head and the first foot leave their place, a repeated one stays there."""
        groups = self._tables[-1].groups
        groups.append((1 if any(rank == other for other, _ in groups) else rank, []))

    def enter_row(self, _: object) -> None:
        table = self._tables[-1]
        table.row = []
        table.groups[-1][1].append(table.row)

    def enter_cell(self, attributes: dict[str, str | None]) -> None:
        cell = make_cell(attributes, "")
        self._tables[-1].row.append(cell)
        self._redirect(cell.items)

    def leave_cell(self) -> None:
        self.leave_caption()
        self._tables[-1].row[-1].close()

    def leave_caption(self) -> None:
        self.end_line()
        self._target = self._outer_targets.pop()

    def _redirect(self, target: list[Item]) -> None:
        self._parts.clear()
        self._has_words = False
        self._outer_targets.append(self._target)
        self._target = target


_Enter = Callable[[_FlowReader, dict[str, str | None]], None]
_Leave = Callable[[_FlowReader], None]
_Action = tuple[_Enter | None, _Leave | None]

_INLINE: _Action = (None, None)
_BLOCK: _Action = (_FlowReader.end_line, _FlowReader.end_line)
_HEADING: _Action = (_FlowReader.enter_heading, _FlowReader.leave_heading)
_CELL: _Action = (_FlowReader.enter_cell, _FlowReader.leave_cell)

# What to do on entering and on leaving an element, None to pass it over; those not listed are part of their line.
_ACTIONS: dict[str | None, _Action | None] = {
    **dict.fromkeys(SKIPPED),
    **dict.fromkeys(BLOCK_TAGS, _BLOCK),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _HEADING),
    "li": (_FlowReader.enter_list_item, _FlowReader.leave_list_item),
    "a": (_FlowReader.enter_link, _FlowReader.leave_link),
    "br": (_FlowReader.end_line, None),
    "hr": (_FlowReader.end_line, None),
    # `<dt>发布日期：</dt><dd>2021-01-05</dd>` is one line
    "dt": (_FlowReader.end_line, None),
    "dd": (None, _FlowReader.end_line),
    "pre": (_FlowReader.enter_preformatted, _FlowReader.leave_preformatted),
    "input": (_FlowReader.enter_field, None),
    "sup": (_FlowReader.enter_note, _FlowReader.leave_note),
    "table": (_FlowReader.enter_table, _FlowReader.leave_table),
    "caption": (_FlowReader.enter_caption, _FlowReader.leave_caption),
    "thead": (_FlowReader.enter_head, None),
    "tbody": (_FlowReader.enter_body, None),
    "tfoot": (_FlowReader.enter_foot, None),
    "tr": (_FlowReader.enter_row, None),
    "td": _CELL,
    "th": _CELL,
}

"""One table of a template by its labels: which rows, columns and groups a printed text can name."""

import re
from functools import cache, cached_property, lru_cache

import msgspec

from ogi.reports.labels import REMEMBERED, LabelSet, normalise, ordinal, ordinal_number, squeeze
from ogi.reports.templates import Template, TemplateCell, aliases, templates

# 其他 and 总计 name rows and columns: a row so called must agree with its group or its ordinal.
_GENERIC = frozenset({"其他"})
# 申请人情况（法人或其他组织）: the label stands in the note
_NAMED_IN_NOTE = re.compile(r"^申请人情况\((?P<label>.+)\)$")
# Where a converter puts the levels of a header together in one cell: 申请人情况/法人或其他组织/商业企业
_BEHIND_GROUP = re.compile(
    r"^(?:申请人情况[—–\-/>:·_]+)?(?:法人或(?:者)?其他组织[—–\-/>:·_]+|(?<=[—–\-/>:·_]))"
)
# Where one label ends and the next begins
_JOINT = re.compile(r"(?<=.)(?=[一二三四]、|\([一二三四五六七]\)|\d[.、])|[—–\-/>:·]+")


class Named(msgspec.Struct, frozen=True, gc=False):
    """What a printed text names in a table: codes of rows, the code of a column, groups; `key` is the text normalised.

    `is_row` says that it names a row and not at the same time a column. `heads_column` and `heads_group` are for a text
    that stands as a heading, where the words that count may be in the note: 申请人情况（自然人）.
    """

    key: str
    rows: tuple[str, ...]
    column: str | None
    is_row: bool
    is_group: bool
    is_column_group: bool
    heads_column: bool
    heads_group: bool


class TableForm:
    """The labels of one table of a template."""

    def __init__(self, template: Template, table: str) -> None:
        self.template = template
        self.table = table
        cells = template.table(table)
        self.order = list(dict.fromkeys(c.row_code for c in cells))
        self.number = {code: number for number, code in enumerate(self.order)}
        self._rows = LabelSet(_labelled(template, table, cells, is_row=True))
        self._columns = LabelSet(_labelled(template, table, cells, is_row=False))
        self._beginnings = {label[:end] for label in self._rows.codes for end in range(1, len(label) + 1)}
        # Row -> column -> name of the cell
        self.cells: dict[str, dict[str, str]] = {}
        self.groups_of_row: dict[str, tuple[str, ...]] = {}
        self.ordinals: dict[str, str | None] = {}
        self._notes: dict[str, str] = {}
        self.group_of_column: dict[str, str] = {}
        self.optional: set[str] = set()
        for cell in cells:
            self.cells.setdefault(cell.row_code, {})[cell.column_code] = cell.cell
            self.groups_of_row[cell.row_code] = tuple(normalise(name) for name in cell.row_path[:-1])
            self.ordinals[cell.row_code] = ordinal_number(cell.row_path[-1])
            self._notes[cell.row_code] = re.sub(r"^[^(]*", "", squeeze(cell.row_path[-1]).lstrip("("))
            if len(cell.column_path) > 1:
                self.group_of_column[cell.column_code] = normalise(cell.column_path[0])
            if cell.is_optional:
                self.optional.add(cell.row_code)
        labels = {code: normalise(path[-1]) for code, path in {c.row_code: c.row_path for c in cells}.items()}
        self.children = {
            code: {child for child, groups in self.groups_of_row.items() if label in groups}
            for code, label in labels.items()
        }
        self.groups = {group for groups in self.groups_of_row.values() for group in groups}
        self.column_groups = set(self.group_of_column.values())
        self.all_columns = {c.column_code for c in cells}
        self.last_column = cells[-1].column_code
        self._shared = set(self._rows.codes) & set(self._columns.codes)
        self.named = lru_cache(REMEMBERED)(self._named)
        self.header_labels = lru_cache(REMEMBERED)(self._header_labels)
        self.labels_in = lru_cache(REMEMBERED)(self._labels_in)

    def _named(self, text: str) -> Named:
        """Return what a text names; a text with an ordinal names no column."""
        key, rows, column = normalise(text), self._rows.find(text), self._column(text)
        heading = column_text(squeeze(text))
        return Named(
            key=key,
            rows=rows,
            column=column,
            is_row=bool(rows) and (key not in self._shared or ordinal(text) is not None),
            is_group=key in self.groups,
            is_column_group=key in self.column_groups,
            heads_column=self._column(heading) is not None,
            heads_group=normalise(heading) in self.column_groups,
        )

    def _column(self, text: str) -> str | None:
        found = self._columns.find(text)
        return found[0] if len(found) == 1 and ordinal(text) is None else None

    def is_whole_label(self, key: str, code: str) -> bool:
        """Tell whether a normalised text is the label of a row, in full and without a misprint."""
        return code in self._rows.codes.get(key, ())

    def is_of_note(self, text: str, code: str) -> bool:
        """Tell whether a line is a piece of the note in a row's label: 他情形） of （区分处理的，只计这一情形，不计其他情形）."""
        plain = squeeze(text)
        return len(plain) > 1 and plain in self._notes[code]

    def is_any_label(self, key: str) -> bool:
        """Tell whether a normalised text is the label of any row, in full and without a misprint."""
        return key in self._rows.codes

    def begins_any_label(self, key: str) -> bool:
        """Tell whether a normalised text is the beginning of the label of any row, without a misprint."""
        return key in self._beginnings

    def is_whole_column(self, key: str, code: str) -> bool:
        """Tell whether a normalised text is the label of a column, in full and without a misprint."""
        return code in self._columns.codes.get(key, ())

    def begins_label(self, key: str, code: str) -> bool:
        """Tell whether a normalised text is the beginning of the label of a row, without a misprint."""
        return any(label.startswith(key) and code in codes for label, codes in self._rows.codes.items())

    def _header_labels(self, text: str) -> tuple[str, ...]:
        """Return the labels that stand one after the other in a cell of a header (行政复议 结果维持), else the text."""
        found = tuple(self._any_label.findall(normalise(text)))
        return found if "".join(found) == normalise(text) else (text,)

    @cached_property
    def _any_label(self) -> re.Pattern[str]:
        labels = {*self._rows.codes, *self._columns.codes, *self.groups}
        return re.compile("|".join(sorted(map(re.escape, labels), key=len, reverse=True)))

    def _labels_in(self, text: str) -> tuple[str, ...]:
        """Return the labels that were put together in one cell (三、本年度办理结果—（三）不予公开—1.属于国家秘密).

        Each of them must be a group or row of the form; else nothing.
        """
        parts = [part for part in _JOINT.split(squeeze(text)) if part]
        names = [self.named(part) for part in parts]
        return tuple(parts) if len(parts) > 1 and all(name.is_group or name.rows for name in names) else ()

    def row(self, text: str, group: str | None, after: int) -> str | None:
        """Return the row that a label names, or None where it names none for certain.

        Args:
            text: the label as printed.
            group: the group last printed above or beside it, normalised; None where it was lost.
            after: the place in the form of the row printed before this one, -1 for none.
        """
        named = self.named(text)
        is_generic = named.key in _GENERIC
        candidates = [c for c in named.rows if not is_generic or self._agrees(c, text, group)]
        if is_generic and ordinal(text) is None:
            # 其他 alone says so little that it must follow the row before it, or stand in the innermost group
            candidates = [
                c
                for c in candidates
                if self.number[c] == after + 1
                or (len(self.groups_of_row[c]) > 1 and group == self.groups_of_row[c][-1])
            ]
        if len(candidates) > 1 and group is not None:
            candidates = [c for c in candidates if group in self.groups_of_row[c]] or candidates
        if len(candidates) > 1 and is_generic:
            candidates = [c for c in candidates if self.number[c] == after + 1]
        if len(candidates) > 1:
            candidates = [c for c in candidates if self.number[c] > after][:1]
        return candidates[0] if candidates else None

    def _agrees(self, code: str, text: str, group: str | None) -> bool:
        """Tell whether a generic label (其他) can be this row, by its ordinal or its group."""
        number, groups = ordinal_number(text), self.groups_of_row[code]
        if number is not None and (number != self.ordinals[code] or not number.isdigit()):
            return number == self.ordinals[code]
        return group is None or not groups or group in groups


def column_text(squeezed: str) -> str:
    """Return the words that name a column in a cell or heading: those in the note of 申请人情况(自然人), those behind the
    group of 法人或其他组织-商业企业, else all.
    """
    named = _NAMED_IN_NOTE.match(squeezed)
    if named:
        return named["label"]
    return _BEHIND_GROUP.sub("", squeezed) or squeezed


@cache
def table_form(template: str, table: str) -> TableForm:
    """Return the labels of a table of a template, made once."""
    return TableForm(templates()[template], table)


def _labelled(
    template: Template, table: str, cells: tuple[TemplateCell, ...], *, is_row: bool
) -> list[tuple[str, str]]:
    """List (label, code) of the form, then of the spellings seen in print."""
    labelled = [(c.row_path[-1], c.row_code) if is_row else (c.column_path[-1], c.column_code) for c in cells]
    codes = {normalise(label): code for label, code in labelled}
    known = list(labelled)
    for printed, label in aliases().get((template.name, table), []):
        code = codes.get(normalise(label))
        if code is not None and (normalise(printed) not in codes or normalise(printed) in _GENERIC):
            known.append((printed, code))
    return known

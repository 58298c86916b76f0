"""The texts of a table without vertical rules: which are labels of rows, which are heads above columns."""

from collections.abc import Sequence

from ogi.documents.layout.blocks import Piece, begins_item
from ogi.documents.layout.columns import SAME_EDGE, Columns, common_edges
from ogi.documents.layout.segments import Segment
from ogi.documents.layout.zones import ZoneLine


def texts(lines: Sequence[ZoneLine], end: float) -> tuple[list[Piece], list[Piece]]:
    """Part the texts that are no values into labels of rows and heads above columns."""
    labels: list[Piece] = []
    heads: list[Piece] = []
    begins = common_edges([line.segments[0].left for line in lines if line.segments[0].left < end])
    for line in lines:
        texts = [
            part
            for s in line.segments
            if not (s.is_value and line.has_values)
            for part in _split_behind(s, end)
        ]
        beside = [part for s in texts if s.left < end for part in _split_at(s, begins, line.has_values)]
        labels.extend(Piece(s, line.page, line.has_values and s is beside[-1]) for s in beside)
        heads.extend(Piece(s, line.page) for s in texts if s.left >= end)
    return labels, heads


def _split_behind(segment: Segment, end: float) -> list[Segment]:
    """Part a text where its words go on behind the labels: a label's line and a head set close to it."""
    behind = next((i for i, word in enumerate(segment.words) if i and word.left >= end), None)
    if behind is None or segment.left >= end:
        return [segment]
    return [Segment(segment.words[:behind]), Segment(segment.words[behind:])]


def _split_at(segment: Segment, begins: Sequence[float], names_row: bool) -> list[Segment]:
    """Part a group's label from a row's own: before a word that stands where the labels of other rows begin, or that
    begins with a number of its own beside the row's values.
    """
    parts = [Segment([segment.words[0]])]
    for word in segment.words[1:]:
        is_numbered = names_row and begins_item(word.text)
        if is_numbered or any(abs(word.left - edge) <= SAME_EDGE / 2 for edge in begins):
            parts.append(Segment([word]))
        else:
            parts[-1].words.append(word)
    return parts


def split_heads(heads: Sequence[Piece], columns: Columns) -> list[Piece]:
    """Part a text where its words stand over different columns."""
    parts: list[Piece] = []
    for head in heads:
        part = Segment([head.segment.words[0]])
        for word in head.segment.words[1:]:
            if columns.value_range(word.left, word.right)[0] > columns.value_range(part.left, part.right)[1]:
                parts.append(Piece(part, head.page))
                part = Segment([word])
            else:
                part.words.append(word)
        parts.append(Piece(part, head.page))
    return parts

"""A page's drawn lines: stroked segments, thin filled shapes, thin pictures, also inside form objects."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ogi.documents.layout.model import Rule
from ogi.documents.pdf.frame import Box, Frame
from ogi.documents.pdf.handle import Handle

_THICKEST = 3.5
_SHORTEST = 0.5
_DEEPEST_FORM = 8
_MOST_SEGMENTS = 4000
# a b c d e f: x' = ax + cy + e, y' = bx + dy + f
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
Point = tuple[float, float]


@dataclass(slots=True)
class Drawing:
    """What a page draws beside its characters, in the file's coordinates.

    `text_objects` are handles for whoever asks how text is drawn, `pictures` is the area that pictures cover, `shapes` the
    number of drawn paths, `is_cut`
    tells whether the page has more objects than were looked at.
    """

    lines: list[Box] = field(default_factory=list)
    text_objects: list[Handle] = field(default_factory=list)
    pictures: float = 0.0
    shapes: int = 0
    is_cut: bool = False

    def rules(self, frame: Frame) -> list[Rule]:
        """Return the lines as rules of the upright page."""
        return [Rule(*frame.upright(*line)) for line in self.lines]


def read_drawing(page: Handle, most_objects: int) -> Drawing:
    """Collect the lines of an open page from at most `most_objects` page objects."""
    import pypdfium2.raw as pdfium

    drawing = Drawing()
    for count, (found, kind, matrix) in enumerate(_objects(page)):
        if count >= most_objects:
            drawing.is_cut = True
            break
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            drawing.text_objects.append(found)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            drawing.shapes += 1
            drawing.lines.extend(_path_lines(found, matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            corners = _unit_square(found, matrix)
            drawing.lines.extend(_thin(corners))
            drawing.pictures += _area(corners)
    return drawing


def _area(corners: list[Point]) -> float:
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _objects(page: Handle) -> Iterator[tuple[Handle, int, Matrix]]:
    import pypdfium2.raw as pdfium

    kind_of = pdfium.FPDFPageObj_GetType
    get = pdfium.FPDFPage_GetObject
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        found = get(page, index)
        kind = kind_of(found)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(found, _IDENTITY, _DEEPEST_FORM)
        else:
            yield found, kind, _IDENTITY


def _form_objects(form: Handle, outer: Matrix, depth: int) -> Iterator[tuple[Handle, int, Matrix]]:
    import pypdfium2.raw as pdfium

    matrix = _times(_matrix(form), outer)
    for index in range(pdfium.FPDFFormObj_CountObjects(form)):
        found = pdfium.FPDFFormObj_GetObject(form, index)
        kind = pdfium.FPDFPageObj_GetType(found)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            yield from _form_objects(found, matrix, depth - 1)
        else:
            yield found, kind, matrix


def _path_lines(path: Handle, outer: Matrix) -> list[Box]:
    """Return the boxes of the straight lines that a path draws, in the file's coordinates."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return []
    lines: list[Box] = []
    for points in _subpaths(path, _times(_matrix(path), outer)):
        thin = _thin(points)
        if thin:
            lines.extend(thin)
        elif stroke.value:
            lines.extend(box for a, b in pairwise(points) for box in _thin([a, b]))
    return lines


def _subpaths(path: Handle, matrix: Matrix) -> Iterator[list[Point]]:
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(_apply(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _thin(points: list[Point]) -> list[Box]:
    """Return the box around the points where it is thin enough to be a line."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    width, height = right - left, top - bottom
    if min(width, height) <= _THICKEST and max(width, height) >= _SHORTEST:
        return [(left, bottom, right, top)]
    return []


def _unit_square(image: Handle, outer: Matrix) -> list[Point]:
    matrix = _times(_matrix(image), outer)
    return [_apply(matrix, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]


def _matrix(found: Handle) -> Matrix:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(found, ctypes.byref(matrix)):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    if outer is _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    o = outer
    return (
        a * o[0] + b * o[2],
        a * o[1] + b * o[3],
        c * o[0] + d * o[2],
        c * o[1] + d * o[3],
        *_apply(outer, e, f),
    )


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f

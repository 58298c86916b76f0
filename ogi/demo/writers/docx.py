"""DOCX by hand: the few parts of the package that Word needs, with merged cells as Word writes them."""

import io
import zipfile
from xml.sax.saxutils import escape

from ogi.demo.content import Content, Line, Slot, Table, placed, width
from ogi.demo.layouts import Layout

# Fixed, so that the same corpus is the same bytes
_MADE_AT = (2020, 1, 1, 0, 0, 0)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = f"""{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
</Types>"""
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = f"""{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>"""
_DOCUMENT_PARTS = f"""{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>"""
_STYLES = f"""{_HEAD}<w:styles {_W}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/></w:style>
</w:styles>"""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_docx(content: Content, layout: Layout) -> bytes:
    """Write a document as DOCX in the layout's dress."""
    body = "".join(_table(b, layout.dress) if isinstance(b, Table) else _line(b) for b in content.blocks)
    document = f"{_HEAD}<w:document {_W}><w:body>{body}<w:sectPr/></w:body></w:document>"
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _PACKAGE,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _DOCUMENT_PARTS,
        "word/styles.xml": _STYLES,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            part = zipfile.ZipInfo(name, _MADE_AT)
            archive.writestr(part, text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _line(line: Line) -> str:
    style = f'<w:pStyle w:val="Heading{line.level}"/>' if line.level > 0 else ""
    style += '<w:jc w:val="right"/>' if line.level < 0 else ""
    return _paragraph(line.text, style)


def _paragraph(text: str, style: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{style}</w:pPr>{run}</w:p>"


def _table(table: Table, dress: str) -> str:
    columns = width(table)
    grid = "<w:gridCol/>" * columns
    rows = []
    going_on: dict[int, tuple[int, Slot]] = {}
    for row in placed(table):
        starting = dict(row)
        cells, column = [], 0
        while column < columns:
            left, slot = going_on.get(column, (0, None))
            if slot is not None and left:
                going_on[column] = (left - 1, slot)
                cells.append(_cell("", slot, "<w:vMerge/>", dress))
            else:
                slot = starting[column]
                merge = '<w:vMerge w:val="restart"/>' if slot.rows > 1 else ""
                going_on[column] = (slot.rows - 1, slot)
                cells.append(_cell(slot.text, slot, merge, dress))
            column += slot.columns
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    properties = f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def _cell(text: str, slot: Slot, merge: str, dress: str) -> str:
    span = f'<w:gridSpan w:val="{slot.columns}"/>' if slot.columns > 1 else ""
    paragraph = _DRESSES.get(dress, _paragraph)(text)
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{paragraph}</w:tc>"


def _revised(text: str) -> str:
    """Show a figure as a tracked change: the deleted one is in the file and no longer in the document."""
    if not text.isdigit():
        return _paragraph(text)
    return (
        f'<w:p><w:del w:id="1" w:author="a"><w:r><w:delText>{int(text) + 3}</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="a"><w:r><w:t>{text}</w:t></w:r></w:ins></w:p>'
    )


def _controlled(text: str) -> str:
    """Put a cell's paragraph into a content control, as forms to fill in have it."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{_paragraph(text)}</w:sdtContent></w:sdt>"


def _run_a_character(text: str) -> str:
    """Set each character in a run of its own."""
    runs = (f'<w:r><w:rPr/><w:t xml:space="preserve">{escape(c)}</w:t></w:r>' for c in text)
    return f"<w:p>{''.join(runs)}</w:p>"


_DRESSES = {"revisions": _revised, "controls": _controlled, "runs": _run_a_character}

"""HTML as sites publish it: a bare page, one within site chrome, Word's export, a span a character."""

from html import escape

from ogi.demo.content import Content, Line, Slot, Table
from ogi.demo.layouts import Layout

_CHARSETS = {"utf-8": "utf-8", "gbk_undeclared": None, "declared_wrong": "gb2312"}
_WORD_HEAD = (
    '<meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument>'
    "<w:View>Print</w:View><w:Zoom>100</w:Zoom></w:WordDocument></xml><![endif]-->"
    "<style><!-- p.MsoNormal {mso-style-parent:''; margin:0cm; font-size:10.5pt;} --></style>"
)
_LABEL_PART = 4
_NAVIGATION = ("首页", "政务公开", "办事服务", "互动交流", "数据开放", "走进本区")


def write_html(content: Content, layout: Layout) -> bytes:
    """Write a document as an HTML page in the layout's dress and encoding."""
    article = "\n".join(_block(block, layout.dress) for block in content.blocks)
    body = _within_site(content, article) if layout.dress == "site" else article
    charset = _CHARSETS[layout.encoding]
    meta = f'<meta charset="{charset}">' if charset else ""
    head = f"{meta}<title>{escape(content.title)}</title>{_WORD_HEAD if layout.dress == 'word' else ''}"
    page = f"<!DOCTYPE html>\n<html>\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>\n"
    # A page that calls itself gb2312 is in UTF-8: the server's template, not the editor, wrote the header
    return page.encode("gb18030" if layout.encoding == "gbk_undeclared" else "utf-8")


def _block(block: Line | Table, dress: str) -> str:
    if isinstance(block, Table):
        return html_table(block, dress)
    if block.level > 0 and dress in {"plain", "site"}:
        return f"<h{block.level}>{_words(block.text, dress)}</h{block.level}>"
    return _paragraph(block, dress)


def _paragraph(line: Line, dress: str) -> str:
    align = {1: "center", -1: "right"}.get(line.level)
    style = f' style="text-align:{align}"' if align else ""
    if dress == "word":
        return f"<p class=MsoNormal{style}>{_words(line.text, dress)}</p>"
    return f"<p{style}>{_words(line.text, dress)}</p>"


def html_table(table: Table, dress: str) -> str:
    """Return a table with its spans."""
    attributes = (
        "class=MsoNormalTable border=1 cellspacing=0 cellpadding=0" if dress == "word" else 'border="1"'
    )
    rows = "\n".join(f"<tr>{''.join(_cell(slot, dress) for slot in row)}</tr>" for row in table.rows)
    return f"<table {attributes}>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _cell(slot: Slot, dress: str) -> str:
    spans = f' rowspan="{slot.rows}"' if slot.rows > 1 else ""
    spans += f' colspan="{slot.columns}"' if slot.columns > 1 else ""
    if dress == "paragraphs":
        return f"<td{spans}>{_paragraphs(slot.text)}</td>"
    words = _words(slot.text, dress)
    if dress == "word":
        return f"<td width=64{spans} valign=top><p class=MsoNormal align=center>{words}<o:p></o:p></p></td>"
    return f"<td{spans}>{words}</td>"


def _paragraphs(text: str) -> str:
    """Break a label over paragraphs and lines with hard blanks between, as web editors do; figures get one."""
    parts = [text[start : start + _LABEL_PART] for start in range(0, len(text), _LABEL_PART)] or [""]
    lines = "&nbsp; &nbsp;<br/>".join(escape(part) for part in parts[1:])
    rest = f"<p style='text-align:center'><span>{lines}</span>&nbsp;</p>" if lines else ""
    return f"<p>&nbsp;{escape(parts[0])}</p>\n{rest}"


def _words(text: str, dress: str) -> str:
    if dress == "spans":
        return "".join(f"<span>{escape(character)}</span>" for character in text)
    words = escape(text).replace("\xa0", "&nbsp;")
    if dress != "word":
        return words
    # Word sets digits and Chinese in spans of their own, and breaks its lines anywhere
    middle = len(text) // 2
    halves = (escape(part).replace("\xa0", "&nbsp;") for part in (text[:middle], text[middle:]))
    return "".join(f"<span lang=EN-US style='font-family:\n宋体'>{half}</span>" for half in halves if half)


def _within_site(content: Content, article: str) -> str:
    """Wrap the article in layout tables, navigation, the site's fields and its footer."""
    navigation = "".join(f'<li><a href="/{i}/">{name}</a></li>' for i, name in enumerate(_NAVIGATION))
    fields = "".join(f"<tr><td>{label}：</td><td>{escape(text)}</td></tr>" for label, text in content.site)
    return f"""<div class="header"><ul class="nav">{navigation}</ul></div>
<table width="1000" align="center"><tr><td width="200" valign="top">
<ul><li>政府信息公开指南</li><li>政府信息公开制度</li><li>政府信息公开年报</li></ul></td>
<td><table width="100%" class="xxgk">{fields}</table>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; 政务公开 &gt; 政府信息公开年报</div>
<table width="100%"><tr><td><div class="article">{article}</div></td></tr></table>
<div class="tools"><a href="javascript:window.print()">打印</a> <a href="javascript:window.close()">关闭</a></div>
</td></tr></table>
<div class="footer"><p>版权所有 主办单位：政务公开办公室</p><p>网站标识码 3505020001 访问量 1203377</p></div>
<script>var count = 25; if (count < 30 && count > 2) {{ document.title += ''; }}</script>"""

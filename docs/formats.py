"""The page of the formats, with the limits as the code has them."""

from ogi.documents.limits import exceeded, limit_names

_HEAD = """\
# 能读的格式 / Formats

<!-- The table of limits is rendered from ogi/documents/limits.py by `make docs`; the rest stands in docs/formats.py. -->

格式由文件内容决定，与后缀名无关。读不了的文件不影响其他文件，`problems` 用一句话说明原因和办法。
The content decides the format, never the name. A file that cannot be read says why, and touches no other.

| 格式 / format | 怎样辨认 / known by | 需要 / needs |
|---|---|---|
| 网页 HTML、MHT（含 Word 另存） | 标签；MHT 看邮件头 / tags; the headers of MHT | |
| PDF（有文字层） | `%PDF-` | |
| DOCX | ZIP 内有 `word/` / a ZIP with `word/` | |
| DOC、WPS、RTF、ODT、Word XML | OLE 内有 `WordDocument`；`{\\rtf`；ODT 的 mimetype | LibreOffice：`apt-get install libreoffice-writer` |
| 扫描件 PDF、PNG、JPEG、TIFF、BMP、WebP | 文件头 / signature | `pip install 'ogi-warehouse[ocr]'` |
| Markdown | 有表格分隔行 `\\|---\\|` / the separator row of a table | |
| 纯文本 / plain text | 其余文本：UTF-8、UTF-16、GB18030 / any other text | |
| ZIP | 其余 ZIP：每个成员是一份文档，记作 `x.zip!成员` / any other ZIP: each member is a document | |
| `*.jsonl`（仅 `ogi load`） | 后缀名：别处解析好的报告 / the suffix: reports parsed elsewhere | |

不读，但会指明：OFD、Excel、PowerPoint、RAR、7z、GZIP；有密码的文件。OFD 请另存为 PDF：PyPI 上维护中的 OFD 库依赖
AGPL 许可的 PyMuPDF，不能采用。
Recognised and not read: OFD, Excel, PowerPoint, RAR, 7z, GZIP, and whatever has a password.

Word 显示什么就读什么：自动编号（不在文字里）补上，修订中已删除的文字、行不读，隐藏文字不读，文本框在所属段落之后。
A DOCX is read as Word shows it: computed list numbers are added; deleted and hidden text is not read.

## 隔离 / Isolation

每份文档在单独的进程里读取。崩溃（`reader_crashed`）、超时（`reader_timed_out`）、内存超限（`out_of_memory`）只影响这一份
文档；进程随即换新，其余照常。
Documents are read in processes of their own: a crash, a hang or hunger for memory costs one document.

## 上限 / Limits

超过上限的文件不读（`limit_exceeded`），说明中写明是哪一项。
A file beyond a limit is not read, and its message names the limit.

| 上限 / limit | 含义 / meaning |
|---|---|
"""


def formats_page() -> str:
    """Return the page in Markdown."""
    return _HEAD + "".join(f"| `{name}` | {' / '.join(exceeded(name))} |\n" for name in limit_names())

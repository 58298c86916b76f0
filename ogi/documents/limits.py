"""Every limit on what a document may demand, in one place.

A real report has some 60 pages, four tables and a thousand cells; these leave it room and stop what was made to break
a reader. A reader that meets a limit raises `over_limit("ITS_NAME")`, so that every message names the limit alike.
"""

from ogi.documents.model import UnreadableDocument

# The largest file that is read at all, in bytes; a long scan at 600 dpi stays below it
MAX_FILE_BYTES = 100_000_000
# The largest text, Markdown or HTML file, in bytes; pictures inside a page (data: URLs) are part of it
MAX_TEXT_BYTES = 20_000_000
# The longest line of a text, in characters: a table cell and a paragraph are one line each
MAX_LINE_CHARACTERS = 1_000_000
# Rows and columns of one table, after spans are resolved
MAX_TABLE_ROWS = 20_000
MAX_TABLE_COLUMNS = 1_000
# Cells of all tables of a document together
MAX_CELLS = 100_000
# Paragraphs and tables of a document together
MAX_BLOCKS = 200_000
# Tables within tables, and elements within elements where the format nests
MAX_TABLE_NESTING = 50
MAX_ELEMENT_NESTING = 500
# Tags of a web page; each element counted as often as it is deep, which is what the parser's time and the copies that it
# makes of unclosed formatting elements grow with; attributes of one element, each of which is compared with all others
MAX_TAGS = 1_000_000
MAX_SUM_OF_DEPTHS = 2_000_000
MAX_ATTRIBUTES = 2_000
# Places (rows × columns) that cells over several rows may cover in one web page; beyond it spans are cut, with a remark
MAX_SPANNED_PLACES = 1_000_000
# Members of a ZIP, folders not counted
MAX_ARCHIVE_MEMBERS = 1_000
# What all members of a ZIP unpack to, nested ZIPs included, in bytes; counted while unpacking, whatever is declared
MAX_ARCHIVE_BYTES = 500_000_000
# How many bytes one packed byte may unpack to, above the first megabyte; texts reach 20, forged files 1,000 and more
MAX_ARCHIVE_RATIO = 200
# ZIPs within ZIPs: 2 is a ZIP in a ZIP
MAX_ARCHIVE_DEPTH = 2
# Pages of a document
MAX_PAGES = 500
# Pixels of one picture: A4 at 600 dpi has 35 million
MAX_PIXELS = 60_000_000
# Processor seconds that a document may take, or one page of a scan: a busy machine does not shorten them
MAX_SECONDS = 60
# The same by the clock, for a reader that waits for something that never comes
MAX_WAITING_SECONDS = 300
# Seconds of them that LibreOffice may take to convert a document
MAX_OFFICE_SECONDS = 120
# Memory that reading one document may take, in bytes
MAX_MEMORY_BYTES = 1_000_000_000
# The same where text recognition is at work: its networks use 0.9 GB and reserve more
MAX_RECOGNITION_MEMORY_BYTES = 1_400_000_000

_WORDS = {
    "MAX_FILE_BYTES": ("文件超过 {:,} 字节", "The file has more than {:,} bytes"),
    "MAX_TEXT_BYTES": ("文本超过 {:,} 字节", "The text has more than {:,} bytes"),
    "MAX_LINE_CHARACTERS": ("一行超过 {:,} 个字符", "A line has more than {:,} characters"),
    "MAX_TABLE_ROWS": ("一个表格超过 {:,} 行", "A table has more than {:,} rows"),
    "MAX_TABLE_COLUMNS": ("一个表格超过 {:,} 列", "A table has more than {:,} columns"),
    "MAX_CELLS": ("表格单元格超过 {:,} 个", "The tables have more than {:,} cells"),
    "MAX_BLOCKS": ("段落和表格超过 {:,} 个", "There are more than {:,} paragraphs and tables"),
    "MAX_TABLE_NESTING": ("表格嵌套超过 {:,} 层", "Tables are nested more than {:,} deep"),
    "MAX_ELEMENT_NESTING": ("元素嵌套超过 {:,} 层", "Elements are nested more than {:,} deep"),
    "MAX_TAGS": ("标签超过 {:,} 个", "There are more than {:,} tags"),
    "MAX_SUM_OF_DEPTHS": ("元素层数之和超过 {:,}", "The depths of the elements add up to more than {:,}"),
    "MAX_ATTRIBUTES": ("一个标签超过 {:,} 个属性", "An element has more than {:,} attributes"),
    "MAX_ARCHIVE_MEMBERS": ("压缩包内超过 {:,} 个文件", "The archive has more than {:,} members"),
    "MAX_ARCHIVE_BYTES": ("解压后超过 {:,} 字节", "Unpacked there are more than {:,} bytes"),
    "MAX_ARCHIVE_RATIO": ("压缩比超过 {:,} 倍", "It unpacks to more than {:,} times its size"),
    "MAX_ARCHIVE_DEPTH": ("压缩包嵌套超过 {:,} 层", "Archives are nested more than {:,} deep"),
    "MAX_PAGES": ("超过 {:,} 页", "There are more than {:,} pages"),
    "MAX_PIXELS": ("图片超过 {:,} 像素", "The picture has more than {:,} pixels"),
    "MAX_SECONDS": ("读取超过 {:,} 秒处理器时间", "Reading it takes more than {:,} processor seconds"),
    "MAX_WAITING_SECONDS": ("读取超过 {:,} 秒", "Reading it takes more than {:,} seconds"),
    "MAX_OFFICE_SECONDS": ("LibreOffice 转换超过 {:,} 秒", "LibreOffice takes more than {:,} seconds"),
    "MAX_MEMORY_BYTES": ("读取时内存超过 {:,} 字节", "Reading it takes more than {:,} bytes of memory"),
}
_CODES = {
    "MAX_SECONDS": "reader_timed_out",
    "MAX_WAITING_SECONDS": "reader_timed_out",
    "MAX_OFFICE_SECONDS": "reader_timed_out",
    "MAX_MEMORY_BYTES": "out_of_memory",
}


def over_limit(name: str) -> UnreadableDocument:
    """Return the refusal of a document that goes beyond the limit of this name; the caller raises it."""
    zh, en = exceeded(name)
    return UnreadableDocument(
        _CODES.get(name, "limit_exceeded"),
        f"{zh}（上限 {name}），未读取；请只提供报告本身。 / {en} ({name}); not read: supply the report alone.",
    )


def exceeded(name: str) -> tuple[str, str]:
    """Say in both languages what a document does that goes beyond the limit of this name."""
    zh, en = _WORDS[name]
    return zh.format(globals()[name]), en.format(globals()[name])


def limit_names() -> list[str]:
    """List the limits that a message may name."""
    return list(_WORDS)

"""What is said about a PDF, or a page of it, that cannot be read: code -> message in both languages."""

from ogi.documents.model import Remark, UnreadableDocument

_MESSAGES = {
    "encrypted": "PDF 有打开密码，不能读取；请提供没有密码的文件。"
    " / The PDF needs a password; supply it without one.",
    "damaged": "PDF 已损坏或不完整，不能打开；请重新提供。"
    " / The PDF is damaged or incomplete and cannot be opened; supply it again.",
    "no_pages": "PDF 没有页面；请重新提供。 / The PDF has no pages; supply it again.",
    "page_damaged": "这一页已损坏，没有读取；请重新提供文件。"
    " / This page is damaged and was not read; supply the file again.",
    "page_too_long": "这一页的字符或图形超过上限（MAX_PAGE_CHARACTERS、MAX_PAGE_OBJECTS），其余部分没有读取。"
    " / This page has more than MAX_PAGE_CHARACTERS or MAX_PAGE_OBJECTS; the rest of it was not read.",
    "no_text_layer": "页面是扫描图像，没有文字层；请安装 ogi[ocr] 后重试，或提供可复制文字的 PDF。"
    " / The page is a scan without a text layer; install ogi[ocr] and try again, or supply a PDF with text.",
    "text_layer_garbled": "文字层是乱码（字体没有对应的文字编码）；请安装 ogi[ocr] 后重试，或提供可复制文字的 PDF。"
    " / The text layer is garbled (its fonts do not map to characters); install ogi[ocr] and try again,"
    " or supply a PDF with text.",
    "file_truncated": "文件缺少结尾，后面的页面可能丢失；请核对页数，必要时重新提供。"
    " / The file has no end, so pages may be lost; compare the page count and supply it again if needed.",
}


def remark(code: str, page: int | None = None) -> Remark:
    """Return what to say of a page, or of the file, that was otherwise read."""
    return Remark(code, _MESSAGES[code], page)


def unreadable(code: str) -> UnreadableDocument:
    """Return the error that says why nothing of the file can be read."""
    return UnreadableDocument(code, _MESSAGES[code])

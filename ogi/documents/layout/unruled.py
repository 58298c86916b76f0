"""Tables."""

from ogi.documents.layout.model import Page
from ogi.documents.layout.table import Line, Table


def find_unruled_tables(lines: list[Line], page: Page) -> tuple[list[Table], list[Line]]:
    return [], lines

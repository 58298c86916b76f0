"""What pdfium hands out for its files, pages and objects: pointers without a type of their own in Python."""

from typing import Any, TypeAlias

Handle: TypeAlias = Any

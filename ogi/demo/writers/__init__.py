"""A document's content to the bytes of a format, each by code of its own that no reader shares."""

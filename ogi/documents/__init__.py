"""Bytes to Document: one reader a format, ordered blocks with page, row and column."""

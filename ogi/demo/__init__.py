"""A synthetic corpus with its truth: figures first, then documents made of them, by code that no reader shares."""

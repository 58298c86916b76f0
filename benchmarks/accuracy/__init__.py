"""How right the reader is: a corpus whose truth is known, written by code that no reader shares."""

"""The tables of each form, filled with what is printed."""

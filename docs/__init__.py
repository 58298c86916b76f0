"""The generated pages of the documentation; `make docs` writes them."""

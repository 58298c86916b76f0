"""`python -m ogi` is `ogi`."""

from ogi.cli import main

main()

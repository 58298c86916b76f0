"""A long document says that it moves on, so that its time counts a page and not the whole."""

from collections.abc import Callable


def _nobody_listens() -> None:
    pass


_listener: Callable[[], None] = _nobody_listens


def step_done() -> None:
    """Say that a page was read that may itself have taken long (text recognition)."""
    _listener()


def listen(listener: Callable[[], None]) -> None:
    """Have `listener` called at each step from now on."""
    global _listener  # noqa: PLW0603 - one process reads one document at a time
    _listener = listener

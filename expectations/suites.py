"""All suites, in the order in which a person would ask: is it all there, is it right, what does it say."""

from expectations import accounting, figures, history, keys, references, sources, verdicts, versions
from expectations.model import Suite


def suites() -> tuple[Suite, ...]:
    """Return every suite; all names of expectations differ."""
    return tuple(
        module.suite()
        for module in (keys, references, accounting, versions, verdicts, figures, history, sources)
    )

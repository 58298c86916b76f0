"""Web pages from templates: whatever a document says is text on them and never markup, and a name that is missing an error."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def templates_beside(module: str) -> Environment:
    """Return the templates in the folder of a module, named by its `__file__`."""
    return Environment(
        loader=FileSystemLoader(Path(module).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

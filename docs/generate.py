"""Write the pages that are rendered from the seeds and the models' descriptions: `python -m docs.generate`."""

from collections.abc import Callable
from pathlib import Path

from docs.formats import formats_page
from docs.identities import identities_page
from docs.problems import problems_page
from docs.settings import settings_page
from ogi.warehouse.dictionary import dictionary_page

FOLDER = Path(__file__).resolve().parent
PAGES: dict[str, Callable[[], str]] = {
    "formats.md": formats_page,
    "identities.md": identities_page,
    "dictionary.md": dictionary_page,
    "problems.md": problems_page,
    "settings.md": settings_page,
}


def main() -> None:
    """Write every page."""
    for name, render in PAGES.items():
        (FOLDER / name).write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()

"""A site, a landing zone, and a fetcher that may ask the loopback and waits for nobody."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from web_site import Site, web_site

from ogi.settings.model import Fetch
from ogi.warehouse.fetching.fetcher import Fetcher
from ogi.warehouse.home import Home
from ogi.warehouse.landing import LandingZone


@pytest.fixture
def site() -> Iterator[Site]:
    with web_site() as served:
        yield served


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "data")


@pytest.fixture
def limits(site: Site) -> Callable[..., Fetch]:
    """Limits that allow the site; a test changes what it is about."""

    def make(**changed: object) -> Fetch:
        allowed = {"allow_private_addresses": True, "ports": [site.port], "delay_seconds": 0}
        return Fetch.model_validate(allowed | changed)

    return make


@pytest.fixture
def fetcher(home: Home, limits: Callable[..., Fetch]) -> Callable[..., Fetcher]:
    def make(**changed: object) -> Fetcher:
        return Fetcher(limits(**changed), LandingZone(home))

    return make

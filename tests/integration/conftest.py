"""One published warehouse of the samples for all integration tests; those that change it have a copy."""

from pathlib import Path

import pytest
from integration.command_line import copy_home, published_samples


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """OGI_HOME with the samples published; read only."""
    return published_samples(tmp_path_factory)[0]


@pytest.fixture(scope="session")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the load that published the samples printed."""
    return published_samples(tmp_path_factory)[1].stdout


@pytest.fixture
def home(published: Path, tmp_path: Path) -> Path:
    """A copy of OGI_HOME that the test may change."""
    return copy_home(published, tmp_path / "home")

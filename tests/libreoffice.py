"""What needs LibreOffice is skipped on a machine without it, but not in CI, which has to prove it."""

import os
import shutil

import pytest


def require_libreoffice() -> None:
    """Skip the test, or fail it in CI, where LibreOffice is not installed."""
    if shutil.which("soffice") is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not installed (apt-get install libreoffice-writer)")
        pytest.skip("LibreOffice is not installed")

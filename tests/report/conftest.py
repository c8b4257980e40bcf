"""What the tests of reports share."""

from __future__ import annotations

from pathlib import Path

import pytest

from xivolab import resources


@pytest.fixture(scope="session")
def sample() -> Path:
    """The case folder of a clean call."""
    return resources.captures() / "clean-call"

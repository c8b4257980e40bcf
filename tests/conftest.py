"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

pytest_plugins = ["pytester", "tests.plant", "tests.postgres", "tests.skips", "tests.terminal"]

# A busy machine is no defect, so there is no deadline; in continuous integration a failure has to come again.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")

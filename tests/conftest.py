"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

pytest_plugins = ["pytester", "tests.skips", "tests.terminal"]

# The first call of a kernel compiles it, and continuous integration has slow moments: a deadline would measure those.
settings.register_profile("xivolab", deadline=None)
settings.load_profile("xivolab")

"""What the tests of the command line share."""

from __future__ import annotations

import pytest

from tests.cli.cases import FakeCase, two_calls


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> FakeCase:
    """The case that `xivolab.open` gives, whatever evidence is named."""
    made = two_calls()
    monkeypatch.setattr("xivolab.open", lambda *evidence, **options: made)
    return made

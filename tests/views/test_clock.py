"""Times and languages as options name them."""

from __future__ import annotations

from datetime import UTC

import pytest

from xivolab.errors import UsageError
from xivolab.views.clock import absolute, language, zone


def test_without_a_zone_times_are_utc_on_every_machine() -> None:
    assert zone(None) is UTC
    assert absolute(1_700_000_000.1239, UTC) == "2023-11-14 22:13:20.123 UTC"


def test_a_zone_by_its_name() -> None:
    assert absolute(1_700_000_000.0, zone("Europe/Paris")) == "2023-11-14 23:13:20.000 CET"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd"])
def test_an_unknown_zone_is_told(name: str) -> None:
    with pytest.raises(UsageError, match="unknown time zone"):
        zone(name)


def test_an_unknown_language_is_told() -> None:
    assert language("fr", ("en", "fr")) == "fr"
    with pytest.raises(UsageError, match="use one of en, fr"):
        language("de", ("en", "fr"))

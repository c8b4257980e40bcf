"""What a server says of itself."""

from __future__ import annotations

import pytest

from xivolab.asterisk.cli.lines import lines_of
from xivolab.asterisk.cli.server import duration, server


def test_version_and_uptime() -> None:
    text = """Asterisk 22.10.1+dfsg+~cs6.17.60671434-1 built by nobody @ buildd.debian.org on a unknown running Linux on 2026-07-20 21:35:32 UTC
System uptime: 1 week, 2 days, 3 hours, 4 minutes, 5 seconds
Last reload: 9 seconds"""
    [row] = server(list(lines_of(text.splitlines())))

    assert row.fields["version"] == "22.10.1+dfsg+~cs6.17.60671434-1"
    assert row.fields["built"].startswith("nobody @ buildd.debian.org")
    assert row.fields["uptime_s"] == 788645
    assert row.fields["reload_s"] == 9


@pytest.mark.parametrize(
    ("text", "seconds"), [("4 seconds", 4), ("5", 5), ("1 year, 1 second", 31536001), ("soon", None), ("", None)]
)
def test_durations(text: str, seconds: int | None) -> None:
    assert duration(text) == seconds


def test_nothing_gives_no_row() -> None:
    assert list(server([])) == []
    assert list(server(list(lines_of(["hello"])))) == []

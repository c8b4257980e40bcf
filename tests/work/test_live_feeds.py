"""A file that another program writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from xivolab.errors import UsageError
from xivolab.work.live_feeds import Following


def test_a_file_is_followed_until_it_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "growing.pcap"
    path.touch()
    feed = Following(path)
    assert (feed.name, feed.running, feed.files(), feed.dropped) == ("growing.pcap", True, [path], None)
    feed.stop()
    assert not feed.running


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        Following(tmp_path / "nothing.pcap")

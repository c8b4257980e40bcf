"""Evidence opened as the options say."""

from __future__ import annotations

import pytest

from xivolab.cli.opening import open_case, taken_for
from xivolab.errors import UsageError


def test_kinds_of_files() -> None:
    assert taken_for(["capture:a.bin", "asterisk-log:c:\\full"]) == {"a.bin": "capture", "c:\\full": "asterisk-log"}
    assert taken_for([]) == {}


@pytest.mark.parametrize("option", ["capture", "capture:", ":a.bin"])
def test_a_kind_without_a_file_is_an_error_of_usage(option: str) -> None:
    with pytest.raises(UsageError, match="a kind and a file are expected"):
        taken_for([option])


def test_a_wrong_zone_is_told_before_a_wrong_file() -> None:
    with pytest.raises(UsageError, match="unknown time zone"):
        open_case(["no-such-file"], "Pariss", None, None)

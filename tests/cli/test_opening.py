"""Evidence opened as the options say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal import Run
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


def test_evidence_without_a_capture_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "full").write_text(
        "[Nov 23 07:00:00] VERBOSE[1234][C-00000001] pbx.c: Executing [1002@default:1] Dial\n" * 3
    )
    ran = run("calls", str(tmp_path / "full"))
    assert (ran.status, ran.out) == (0, "0 calls\n")
    assert ran.err.startswith("xivolab: no capture in this evidence (asterisk-log): ")

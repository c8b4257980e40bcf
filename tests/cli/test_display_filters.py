"""`--filters` under a table and a ladder."""

from __future__ import annotations

import pytest

from tests.captures import ROOT
from tests.terminal import Run

BUSY = str(ROOT / "captures" / "busy")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("calls", '(sip.Call-ID == "'),
        ("dialogs", '  sip.Call-ID == "'),
        ("messages", "0  frame.number == "),
    ],
)
def test_each_row_has_one(name: str, words: str, run: Run) -> None:
    assert words in run(name, BUSY, "--filters").out
    assert words not in run(name, BUSY).out


def test_streams_are_told_by_ssrc_and_ends(run: Run) -> None:
    assert "rtp.ssrc == 0x" in run("streams", str(ROOT / "captures" / "clean-call"), "--filters").out


def test_a_table_without_any_says_so(run: Run) -> None:
    ran = run("problems", BUSY, "--filters")
    assert (ran.status, "problems have no display filter" in ran.err) == (2, True)


def test_under_a_ladder(run: Run) -> None:
    assert run("ladder", BUSY, "--filters").out.splitlines()[-1].startswith('(sip.Call-ID == "')

"""`xivolab diff`: which messages, and in which form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.captures import ROOT
from tests.terminal import Run

BUSY = str(ROOT / "captures" / "busy")


def test_numbers_are_those_of_messages(run: Run) -> None:
    rows = json.loads(run("messages", BUSY, "--json", "--where", "method = INVITE").out)
    assert run("messages", BUSY, "--where", "method = INVITE").out.splitlines()[1].split()[0] == str(rows[0]["number"])
    found = json.loads(run("diff", BUSY, str(rows[0]["number"]), str(rows[1]["number"]), "--json").out)
    assert [found[side]["number"] for side in ("old", "new")] == [rows[0]["number"], rows[1]["number"]]
    assert [found[side]["first_line"] for side in ("old", "new")] == [rows[0]["first_line"], rows[1]["first_line"]]


def test_numbers_of_a_ladder(run: Run) -> None:
    ran = run("diff", BUSY, "1", "4", "--call", "1002", "--width", "100")
    assert ran.status == 0
    assert "+ " in ran.out
    assert "Authorization" in ran.out


def test_writes_a_file_and_html(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "diff.html"
    assert run("diff", BUSY, "0", "1", "-o", str(out)).status == 0
    assert "<table>" in out.read_text()
    assert "<table>" in run("diff", BUSY, "0", "1", "--html").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("0", "9999"), "no message 9999"),
        (("1", "99", "--call", "1002"), "no message 99 in this ladder; there are 1 to"),
    ],
)
def test_a_message_that_is_not_there(words: tuple[str, ...], told: str, run: Run) -> None:
    ran = run("diff", BUSY, *words)
    assert ran.status == 2
    assert told in ran.err.replace("--call 1002: ", "")

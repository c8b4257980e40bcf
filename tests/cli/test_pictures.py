"""`xivolab ladder`: which call, and where its picture goes."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.captures import ROOT
from tests.cli.cases import FakeCase
from tests.terminal import Run
from xivolab.testing import tcall


@pytest.fixture
def calls(case: FakeCase, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The calls of the case: one."""
    from xivolab.views.ladder import ladder

    call = tcall()
    calls = [SimpleNamespace(ladder=lambda **options: ladder(call, **options))]
    monkeypatch.setattr(case, "call_list", lambda: calls, raising=False)
    return calls


def test_the_only_call_is_drawn_as_text(run: Run, calls: list[Any]) -> None:
    ran = run("ladder", "x.pcap")
    assert ran.status == 0
    assert "INVITE" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("suffix", [".svg", ".html", ".png", ".txt"])
def test_a_file_gets_the_picture_its_name_asks_for(run: Run, calls: list[Any], tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"call{suffix}"
    ran = run("ladder", "x.pcap", "-o", str(path))
    assert ran.status == 0
    assert path.stat().st_size > 500


def test_an_unknown_suffix_is_told_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    ran = run("ladder", "no-such-file.pcap", "-o", str(tmp_path / "call.doc"))
    assert ran.status == 2
    assert "end its name in .svg, .html, .png, .pdf, .txt" in ran.err


@pytest.mark.parametrize(
    ("count", "words"), [(0, "no call in this evidence"), (2, "2 calls in this evidence; choose one")]
)
def test_a_call_has_to_be_chosen_where_there_is_not_one(run: Run, calls: list[Any], count: int, words: str) -> None:
    calls[:] = calls * count
    ran = run("ladder", "x.pcap")
    assert ran.status == 2
    assert words in ran.err


LOG = str(ROOT / "sample_logs" / "no-answer" / "full")


def test_the_trace_of_a_log_is_text_json_and_files(run: Run, tmp_path: Path) -> None:
    ran = run("trace", LOG, "--tz", "UTC", "--lang", "fr")
    assert ran.status == 0
    assert "pas de réponse après 20" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
    rows = json.loads(run("trace", LOG, "--tz", "UTC", "--json", "--call", "C-00000001").out)
    assert [row["code"] for row in rows] == ["channel", "enters", "frame", "dial", "hangup"]
    assert run("trace", LOG, "-o", str(tmp_path / "t.html")).status == 0
    assert "Executing [s@user:1] Dial(" in (tmp_path / "t.html").read_text()


def test_a_trace_needs_a_log(run: Run) -> None:
    ran = run("trace", str(ROOT / "captures" / "busy" / "capture.pcap"))
    assert ran.status == 2
    assert "no log was read" in ran.err

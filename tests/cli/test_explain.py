"""`xivolab explain`: one screen of text, or Markdown for a ticket."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.captures import ROOT
from tests.findings.kit import case_of, dialling
from tests.terminal import Run

NAMES = sorted(path.parent.name for path in (ROOT / "captures").glob("*/truth.toml"))


def with_calls() -> list[str]:
    return [name for name in NAMES if "[[calls]]" in (ROOT / "captures" / name / "truth.toml").read_text()]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", with_calls())
def test_forty_lines_of_eighty_columns(run: Run, name: str, lang: str) -> None:
    ran = run("explain", str(ROOT / "captures" / name), "--lang", lang)

    lines = ran.out.splitlines()
    assert ran.status == 0
    assert len(lines) <= 40
    assert [line for line in lines if len(line) > 80 and not line.lstrip().startswith("$")] == []


def test_markdown_of_hostile_names(run: Run, tmp_path: Path) -> None:
    leg = dialling(to_user="<img/src=x>").invite(0).reply(0.1, 404).ack(0.2)
    case_of(tmp_path, leg)

    text = run("explain", str(tmp_path / "made.pcap"), "--markdown").out

    assert "<img" not in text.partition("```")[0].replace("\\<img", "")


def test_no_call(run: Run) -> None:
    ran = run("explain", str(ROOT / "captures/wrong-password"))

    assert ran.status == 2
    assert ran.err == "xivolab: explain: no such call in this evidence; `xivolab calls` lists those there are\n"


def test_others_are_told(run: Run) -> None:
    ran = run("explain", str(ROOT / "captures/clean-call"), str(ROOT / "captures/busy"))

    assert "The worst of 2 calls" in ran.out

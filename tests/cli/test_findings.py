"""`xivolab findings`, as a person and a program see it."""

from __future__ import annotations

import json

from tests.captures import ROOT
from tests.terminal import Run

RTP_TIMEOUT = str(ROOT / "captures/caller-vanishes-rtp-timeout")


def test_a_person_reads_the_cause_alone(run: Run) -> None:
    shown = run("findings", RTP_TIMEOUT)

    assert shown.status == 0
    assert shown.out.startswith("✖ rtp-timeout  1001 → 1002\n")
    assert "bye-missing" not in shown.out
    assert ": BYE sip:alice" in shown.out
    assert "1 finding of 3" in shown.out


def test_all_of_them(run: Run) -> None:
    shown = run("findings", RTP_TIMEOUT, "--all", "--lang", "fr")

    assert "bye-missing  1001 → 1002  (conséquence)" in shown.out
    assert "À faire : " in shown.out


def test_a_program_reads_everything(run: Run) -> None:
    found = json.loads(run("findings", RTP_TIMEOUT, "--json", "--lang", "fr").out)

    assert [row["role"] for row in found] == ["cause", "consequence", "consequence"]
    assert found[0]["evidence"][0]["text"].startswith("BYE sip:alice")
    assert found[0]["summary"].startswith("pbx a mis fin")


def test_filters(run: Run) -> None:
    found = json.loads(run("findings", RTP_TIMEOUT, "--json", "--where", "severity = error").out)

    assert [row["code"] for row in found] == ["rtp-timeout"]


def test_a_healthy_call(run: Run) -> None:
    assert run("findings", str(ROOT / "captures/clean-call"), "--lang", "en").out == "0 findings\n"

"""`xivolab dialplan`."""

from __future__ import annotations

import json

import pytest

from tests.captures import ROOT
from tests.terminal import Run

LAB = str(ROOT / "labs" / "pbx" / "asterisk" / "extensions.conf")


def test_who_takes_a_number_in_an_80_column_terminal(run: Run) -> None:
    ran = run("dialplan", LAB, "--context", "outgoing", "--number", "0199001234")

    assert ran.status == 0
    assert ran.out.startswith("0199001234 is taken by _0X., outgoing: Dial(PJSIP/${EXTEN}@operator,40)\n")
    assert max(map(len, ran.out.splitlines())) <= 80


def test_in_french(run: Run) -> None:
    ran = run("dialplan", LAB, "--context", "outgoing", "--number", "12", "--lang", "fr")

    assert ran.out.startswith("personne ne prend 12 dans outgoing")


def test_as_json(run: Run) -> None:
    found = json.loads(run("dialplan", LAB, "--context", "menu", "--number", "s", "--at", "22:00", "--json").out)

    assert [(row["why"], row["exten"], row["application"], row["place"]) for row in found] == [
        ("taken", "s", "Answer", "extensions.conf:23")
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "--context: a context and a number are needed; the contexts: default, mailbox, menu, outgoing, user"),
        (("--context", "menu"), "--number: a context and a number are needed"),
        (("--context", "mneu", "--number", "1"), "no context 'mneu' in this dialplan; did you mean menu?"),
        (("--context", "menu", "--number", "s", "--at", "noon"), "'noon' is not a time"),
    ],
)
def test_what_is_missing_is_told(words: tuple[str, ...], told: str, run: Run) -> None:
    ran = run("dialplan", LAB, *words)

    assert ran.status == 2
    assert told in ran.err


def test_other_evidence_holds_no_dialplan(run: Run) -> None:
    ran = run("dialplan", str(ROOT / "captures" / "busy"), "--context", "a", "--number", "1")

    assert "no dialplan in this evidence" in ran.err

"""Sentences as each language writes them."""

from __future__ import annotations

from datetime import timedelta, timezone

from xivolab.findings.finding import Finding
from xivolab.findings.words import Sentences

LOSS = Finding("packet-loss", 0, (), {"src": "alice", "dst": "pbx", "lost_pct": 4.86, "lost": 24})


def test_numbers() -> None:
    assert Sentences("en").summary(LOSS) == "4.9 % of what alice sent to pbx was lost (24 packets)."
    assert Sentences("fr").summary(LOSS) == "4,9 % de ce qu'alice a envoyé à pbx a été perdu (24 paquets)."


def test_what_is_not_known() -> None:
    unknown = Finding("packet-loss", 0, (), {"src": "alice", "dst": "pbx", "lost_pct": None, "lost": 24})

    assert Sentences("en").summary(unknown).startswith("? % of")


def test_times_are_those_of_the_place() -> None:
    holes = Sentences("en", timezone(timedelta(hours=11)))._formatter

    assert holes.format("{at:time}", at=1_700_000_000_000_000_000) == "09:13:20"

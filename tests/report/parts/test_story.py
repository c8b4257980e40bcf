"""What happened to a call, in plain sentences of both languages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.report.made_case import call, made_report
from xivolab.report.parts.story import story
from xivolab.report.words import Lang


def _story(lang: Lang = "en", reason: str = "OK", **told: Any) -> str:
    report = made_report(lang, calls=[call(**told)])
    return " ".join(story(report.words, report.ranked[0].call, reason))


def test_the_story_of_a_healthy_call() -> None:
    assert _story(mos_min=4.4) == (
        "1001 called 1002 at 22:13:20.000 UTC. It rang after 500 ms. The call was answered, and they talked for 10.0 s. "
        "Ended by the caller. Codec: PCMA. Worst MOS: 4.40 (narrow-band)."
    )


@pytest.mark.parametrize(
    ("told", "reason", "sentence"),
    [
        ({"state": "busy", "status": 486}, "Busy Here", "l'appelant a reçu 486 Busy Here."),
        ({"state": "cancelled", "status": 487}, "Request Terminated", "L'appelant a renoncé avant le décroché."),
        ({"state": "failed", "status": None}, "", "aucune réponse finale n'a été vue."),
        ({"state": "ringing", "status": None, "end": None}, "", "Les pièces s'arrêtent avant la fin de l'appel."),
    ],
)
def test_the_story_of_a_call_nobody_answered(told: dict[str, Any], reason: str, sentence: str) -> None:
    unanswered = {"answered": False, "answered_by": None, "answered_at": None, "connected_at": None}
    assert sentence in _story("fr", reason, **{**unanswered, **told})


def test_the_story_of_a_call_the_server_answered() -> None:
    assert "Only the server answered" in _story(answered_by="server", connected_at=None)

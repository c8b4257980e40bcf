from __future__ import annotations

import pytest

from xivolab.asterisk.cel.channels import Channel, Fact
from xivolab.asterisk.cel.event import CelEvent
from xivolab.views.channels_words import WORDS, ending, label, sentence


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["en"].keys() == WORDS["fr"].keys()


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize(
    "kind",
    [
        "blind-transfer",
        "attended-transfer",
        "pickup",
        "park",
        "unpark",
        "forward",
        "local-optimize",
        "user-event",
        "queue",
        "dtmf",
    ],
)
def test_every_fact_is_a_sentence(lang: str, kind: str) -> None:
    told = sentence(Fact(kind, 0, "PJSIP/a-1", "PJSIP/b-2", "x", CelEvent()), WORDS[lang])
    assert "PJSIP/a-1" in told
    assert "{" not in told


def test_who_is_at_a_channel_and_how_it_ended() -> None:
    channel = Channel("1", "PJSIP/a-1", "1", CelEvent(), number="1001", person="Alice", cause=16, source="PJSIP/b-2")
    assert label(channel) == "PJSIP/a-1 · 1001 Alice"
    assert ending(channel, WORDS["fr"]) == "cause 16, raccroché par PJSIP/b-2"
    assert ending(Channel("1", "x", "1", CelEvent()), WORDS["en"]) == ""

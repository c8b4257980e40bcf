"""Decisions in two languages."""

from __future__ import annotations

import re

import pytest

from tests.asterisk.trace.dialplan import Log, gates_open, to_user, to_voicemail
from xivolab.asterisk.trace.words import codes, duration, sentence


def test_every_code_of_a_log_has_words_in_both_languages_with_the_same_numbers() -> None:
    log = (
        gates_open(to_user(Log()))
        .run("s@user:48", "Dial", "PJSIP/bob,30")
        .say("Called PJSIP/bob")
        .say("Nobody picked up in 30000 ms")
    )
    log.run("s@user:49", "Goto", "user,NOANSWER,1").goto("user", "NOANSWER", 1)
    log = to_voicemail(log, "NOANSWER")
    english, french = log.told("en"), log.told("fr")
    assert len(english) == len(french)
    for one, other in zip(english, french, strict=True):
        assert re.findall(r"\d+", one.replace(",", ".")) == re.findall(r"\d+", other.replace(",", "."))


@pytest.mark.parametrize(
    ("seconds", "en", "fr"),
    [(0.35, "0.35", "0,35"), (2.0, "2", "2"), (12.4, "12", "12"), (65.0, "1\xa0min\xa005", "1\xa0min\xa005")],
)
def test_durations(seconds: float, en: str, fr: str) -> None:
    assert (duration(seconds, 0), duration(seconds, 1)) == (f"{en}\xa0s", f"{fr}\xa0s")


def test_an_unknown_code_is_a_defect() -> None:
    with pytest.raises(KeyError):
        sentence("nonsense", {}, "en")


def test_words_without_fields() -> None:
    plain = [code for code in codes() if code in ("busy-tone", "server-answers", "parked", "echo-test", "next-trunk")]
    assert len(plain) == 5
    for code in plain:
        assert sentence(code, {}, "en") != sentence(code, {}, "fr")

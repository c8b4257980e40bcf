from __future__ import annotations

import pytest

from xivolab.bench.model.base import RefusedError
from xivolab.bench.model.destinations import ACTIONS, Parsed, parse, spell

GOOD = {
    "none": ("none", "", ""),
    "hangup": ("endcall:hangup", "", ""),
    "busy:5": ("endcall:busy", "5", ""),
    "congestion": ("endcall:congestion", "", ""),
    "user:1002": ("user", "1002", ""),
    "user:1002@default:20": ("user", "1002@default", "20"),
    "group:accueil:30": ("group", "accueil", "30"),
    "queue:support": ("queue", "support", ""),
    "conference:salle": ("meetme", "salle", ""),
    "voicemail:1002:s": ("voicemail", "1002", "s"),
    "extension:0612345678@to-extern": ("extension", "0612345678", "to-extern"),
    "sound:fr/ferie": ("sound", "fr/ferie", ""),
    "custom:Playback(a,b:c)": ("custom", "Playback(a,b:c)", ""),
    "disa:1234@default": ("application:disa", "1234", "default"),
    "directory:default": ("application:directory", "default", ""),
    "mailboxes:default": ("application:voicemailmain", "default", ""),
    "password:99": ("application:password", "99", ""),
}


@pytest.mark.parametrize("text", GOOD)
def test_a_destination_is_taken_apart_and_put_together(text: str) -> None:
    parsed = parse(text)
    assert (parsed.action, parsed.arg1, parsed.arg2) == GOOD[text]
    assert spell(parsed.action, parsed.arg1, parsed.arg2) == text


def test_every_word_is_tried() -> None:
    assert {parse(text).word for text in GOOD} == set(ACTIONS)


@pytest.mark.parametrize(
    "text", ["", "nowhere", "user", "user:", "extension:12", "disa:@default", "custom:rm -rf", "hangup:1"]
)
def test_others_are_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        parse(text)


def test_what_is_allowed_is_told() -> None:
    with pytest.raises(RefusedError) as raised:
        parse("extension:12")
    assert raised.value.mistakes[0].allowed == "extension:0612345678@to-extern"
    assert parse("none") == Parsed("none", "none")

"""What happens in a call besides its messages and streams."""

from __future__ import annotations

from typing import Any

import pytest

from xivolab.testing import ALICE, BOB, PBX, START, tstream
from xivolab.views.moments import Moment, gathered, moments

OUT, BACK = tstream(id="out"), tstream(f"{PBX}:10000", f"{ALICE}:4000", id="back")
WAY = f"{OUT.src} → {OUT.dst}"


def event(kind: str, text: str, at: float = 1.0, stream: str | None = None, **more: Any) -> dict[str, Any]:
    known = {"time": START + at, "source": "rtp" if stream else "sip", "kind": kind, "text": text, "stream": stream}
    return {**known, "digit": None, "file": "a.pcap", "frame": 7, **more}


def digit(sign: str, at: float, stream: str = "out") -> dict[str, Any]:
    return event("dtmf", f"{sign} · RFC 4733 · {WAY}", at, stream, digit=sign)


def labels(*events: dict[str, Any], lang: str = "en") -> list[str]:
    return [moment.label(lang) for moment in moments(events, [OUT, BACK])]


@pytest.mark.parametrize(
    ("kind", "text", "stream", "en", "fr"),
    [
        ("hold", f"sendonly · {WAY}", None, "hold · sendonly", "mise en garde · sendonly"),
        ("resume", f"sendrecv · {WAY}", None, "resumed · sendrecv", "reprise · sendrecv"),
        ("t38", "192.0.2.1:4 ↔ 192.0.2.2:6", None, "T.38 fax · 192.0.2.1:4 ↔ 192.0.2.2:6", None),
        ("t38", f"✖ 488 · {WAY}", None, "T.38 fax · ✖ 488", "fax T.38 · ✖ 488"),
        ("early-media", f"183 PCMA · {WAY}", None, "early media", "média avant réponse"),
        ("info", "application/x · ? → ? ✖ 415", None, "INFO · application/x ✖ 415", None),
        ("ssrc-change", f"0x1 → 0x2 · {WAY}", "out", "SSRC changes · 0x1 → 0x2", "le SSRC change · 0x1 → 0x2"),
        ("stream-restart", "[2001:db8::1]:4000 → [2001:db8::2]:4000", "out", "stream restarts", "le flux repart"),
        ("payload-type-change", f"8 → 0 · {WAY}", "out", "payload type changes · 8 → 0", None),
        ("media-stop", f"PCMA · {WAY}", "out", "end of media", "fin de média"),
        ("tone", f"CNG · RFC 4733 · {WAY}", "out", "tone · CNG · RFC 4733", "tonalité · CNG · RFC 4733"),
    ],
)
def test_words(kind: str, text: str, stream: str | None, en: str, fr: str | None) -> None:
    assert labels(event(kind, text, stream=stream)) == [en]
    if fr:
        assert labels(event(kind, text, stream=stream), lang="fr") == [fr]


def test_digits_keep_how_they_were_sent() -> None:
    assert labels(digit("5", 1)) == ["5 · RFC 4733"]
    info = event("dtmf", f"# · SIP INFO · {WAY} ✖ 405", digit="#")
    assert labels(info) == ["# · SIP INFO ✖ 405"]
    assert moments([info], [])[0].sign("en") == "#"


def test_what_pictures_do_not_show_is_left_out() -> None:
    log = event("hold", "", source="log")
    foreign = event("dtmf", f"5 · RFC 4733 · {WAY}", stream="of another call", digit="5")
    assert labels(event("ringing", ""), event("hold", "", at=0, time=None), log) == []
    assert labels(foreign) == []


def gather(*events: dict[str, Any]) -> list[Moment]:
    return list(gathered(moments(events, [OUT, BACK, tstream(f"{BOB}:1", f"{PBX}:2", id="bob")])))


def test_digits_typed_in_one_go_stand_together_those_of_each_stream_apart() -> None:
    found = gather(digit("1", 1), digit("1", 1.01, "bob"), digit("2", 2.9), digit("2", 2.95, "bob"), digit("3", 6.1))
    assert [moment.digits for moment in found] == [("1", "2"), ("1", "2"), ("3",)]
    assert found[0].until == START + 2.9


def test_media_that_ends_in_both_directions_is_one_moment() -> None:
    ends = [event("media-stop", "", at, stream) for at, stream in ((8, "out"), (8.02, "back"), (9.5, "bob"))]
    found = gather(*ends)
    assert [moment.back for moment in found] == [True, False]
    assert [moment.label("en") for moment in found] == ["end of media"] * 2
    assert not any(moment.back for moment in gather(ends[0], {**ends[1], "time": START + 12}))


def test_a_type_that_flaps_is_counted() -> None:
    flaps = [
        event("payload-type-change", f"{a} → {b} · {WAY}", 1 + n / 10, "out")
        for n, (a, b) in enumerate([(0, 8), (8, 0)] * 20)
    ]
    assert [moment.label("en") for moment in gather(*flaps)] == ["payload type changes ×40 · 8 → 0"]


def test_what_a_message_parts_stays_apart() -> None:
    ends = moments([event("media-stop", "", at, stream) for at, stream in ((8, "out"), (8.02, "back"))], [OUT, BACK])
    assert [one.back for one in gathered(ends, [START + 8.01])] == [False, False]
    assert [one.back for one in gathered(ends, [START + 7.99, START + 8.03])] == [True]

"""What happens in the media, as a ladder shows it."""

from __future__ import annotations

import pytest

from xivolab.testing import ALICE, PBX, START, tcall, tmessage, tsdp, tstream
from xivolab.testing.calls import MadeCall
from xivolab.views.ladder import ladder
from xivolab.views.scene import Box, Group, Mark, Scene, Text

OUT = tstream(id="out", start=0.1, end=8.5)
BACK = tstream(f"{PBX}:10000", f"{ALICE}:4000", id="back", start=0.1, end=8.52)


def event(kind: str, text: str, at: float, stream: str | None = None, **more: object) -> dict[str, object]:
    known = {"time": START + at, "source": "rtp" if stream else "sip", "kind": kind, "text": text, "stream": stream}
    return {**known, "digit": None, "file": "capture.pcap", "frame": 1, **more}


def typed(digits: str, at: float = 2.0, step: float = 0.25) -> list[dict[str, object]]:
    way = f"{OUT.src} → {OUT.dst}"
    return [
        event("dtmf", f"{digit} · RFC 4733 · {way}", at + n * step, "out", digit=digit)
        for n, digit in enumerate(digits)
    ]


STOPS = [event("media-stop", "PCMA", 8.5, "out"), event("media-stop", "PCMA", 8.52, "back")]


def call(*events: dict[str, object]) -> MadeCall:
    hold = tmessage(at=5, sdp=tsdp(direction="sendonly"), cseq="3 INVITE", frame=30)
    bye = tmessage("BYE sip:1002@10.77.0.10 SIP/2.0", at=9, cseq="4 BYE", frame=40)
    return tcall([tmessage(at=0, frame=1), hold, bye], [OUT, BACK], hosts=(ALICE, PBX), events=events)


def groups(scene: Scene, kind: str) -> list[Group]:
    return [group for group in scene.groups() if group.kind == kind]


def test_digits_stand_in_the_band_between_the_messages_that_they_came_between() -> None:
    scene = ladder(call(*typed("42#"))).scene()
    (group,) = groups(scene, "event")
    assert [item.text for item in group.items if isinstance(item, Mark)] == ["4", "2", "#"]
    band = next(item for item in scene.items if isinstance(item, Box) and item.fill == "media")
    frame = next(item for item in group.items if isinstance(item, Box))
    assert band.x < frame.x < frame.x + frame.width < band.x + band.width
    assert band.y < frame.y < frame.y + frame.height < band.y + band.height
    assert "(+2.000 s)" in group.title
    assert f"{OUT.src} → {OUT.dst}" in group.title
    assert any(isinstance(item, Text) and item.text == "2.000" for item in scene.items)


def test_many_digits_stay_within_the_lanes() -> None:
    scene = ladder(call(*typed("1234567890" * 6, step=0.04))).scene()
    (group,) = groups(scene, "event")
    marks = [item for item in group.items if isinstance(item, Mark)]
    frame = next(item for item in group.items if isinstance(item, Box))
    assert marks[-1].text == "…"
    assert max(mark.x for mark in marks) < frame.x + frame.width


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_hold_stands_by_its_message(lang: str) -> None:
    held = call(event("hold", f"sendonly · {ALICE}:5060 → {PBX}:5060", 5, frame=30))
    word = {"en": "hold · sendonly", "fr": "mise en garde · sendonly"}[lang]
    scene = ladder(held, lang=lang).scene()
    message = groups(scene, "message")[1]
    assert word in [item.text for item in message.items if isinstance(item, Text)]
    lines = ladder(held, lang=lang).text(100).splitlines()
    assert f"◆ {word}" in lines[next(n for n, line in enumerate(lines) if " 2 INVITE" in line) + 2]


def test_the_end_of_media_is_in_its_band_and_told_once_for_both_directions() -> None:
    drawn = ladder(call(*STOPS))
    assert len(groups(drawn.scene(), "event")) == 1
    lines = drawn.text().splitlines()
    (end,) = [n for n, line in enumerate(lines) if "◀◆▶ end of media" in line]
    assert lines[end].split()[0] == "8.500"
    assert "BYE" in lines[end + 1]


def test_in_a_terminal_digits_are_a_line() -> None:
    assert any(
        line.startswith("   2.000 │░") and "◆▶ 4 2 · RFC 4733" in line
        for line in ladder(call(*typed("42"))).text().splitlines()
    )


def test_a_digit_in_info_belongs_to_the_info_of_its_packet_not_to_another_message_in_it() -> None:
    info = tmessage("INFO sip:1002@10.77.0.10 SIP/2.0", at=2, cseq="2 INFO", frame=20)
    told = event("dtmf", "5 · SIP INFO · a:1 → b:2", 2, frame=20, digit="5")
    drawn = ladder(tcall([tmessage(at=0), info], [], hosts=(ALICE, PBX), events=[told])).text()
    assert "◆ 5 · SIP INFO" in drawn.splitlines()[-1]


def test_a_png_shows_them_too() -> None:
    assert ladder(call(*typed("4"), *STOPS)).png(scale=0.3).startswith(b"\x89PNG")

"""Events beside the quality of a call."""

from __future__ import annotations

from typing import Any

import pytest

from xivolab.testing import ALICE, BOB, PBX, START, tcall, tstream
from xivolab.testing.calls import MadeCall
from xivolab.views.quality import quality
from xivolab.views.quality_events import Tick, ticks
from xivolab.views.scene import Group, Line, Text
from xivolab.views.series import length, tracks

OUT = tstream(id="out", start=0.0, end=20.0)
ON = tstream(f"{PBX}:10002", f"{BOB}:4010", id="on", start=0.0, end=20.0)


def event(kind: str, text: str, at: float, stream: str | None = None, **more: Any) -> dict[str, Any]:
    known = {"time": START + at, "source": "rtp" if stream else "sip", "kind": kind, "text": text, "stream": stream}
    return {**known, "digit": None, "file": "capture.pcap", "frame": 1, **more}


def digit(sign: str, at: float, stream: str = "out") -> dict[str, Any]:
    return event("dtmf", f"{sign} · RFC 4733 · a:1 → b:2", at, stream, digit=sign)


HOLD = event("hold", f"sendonly · {ALICE}:5060 → {PBX}:5060", 7.25)


def call(*events: dict[str, Any]) -> MadeCall:
    return tcall(None, [OUT, ON], events=events)


def found(*events: dict[str, Any], lang: str = "en") -> tuple[Tick, ...]:
    made = call(*events)
    drawn = tracks(made, lang)
    return ticks(made, drawn, length(drawn), lang)


def test_digits_are_where_they_were_pressed_and_on_their_streams() -> None:
    (tick,) = found(digit("4", 3.0), digit("2", 3.4))
    assert (round(tick.at, 3), tick.label, tick.streams) == (3.0, "4 2 · RFC 4733", frozenset({"out"}))


def test_a_digit_that_the_pbx_passes_on_is_told_once() -> None:
    (tick,) = found(digit("4", 3.0), digit("4", 3.02, "on"))
    assert tick.streams == {"out", "on"}


def test_hold_concerns_all_streams() -> None:
    (tick,) = found(HOLD, lang="fr")
    assert tick.label == "mise en garde · sendonly"
    assert all(tick.concerns(track) for track in tracks(call(HOLD)))


def test_media_that_begins_and_ends_with_the_call_is_no_event() -> None:
    usual = [event("media-start", "", 0.3, "on"), event("media-stop", "", 19.9, "out")]
    assert found(*usual) == ()
    late = [event("media-start", "", 4, "on"), event("media-stop", "", 9, "out")]
    assert [tick.label for tick in found(*late)] == ["media begins pbx → bob", "end of media alice → pbx"]


def test_what_happened_long_before_the_media_is_left_out() -> None:
    early = event("early-media", f"183 PCMA · {PBX}:5060 → {ALICE}:5060", -0.2)
    assert [tick.at for tick in found(early, {**HOLD, "time": START - 30})] == [0.0]


def drawn(*events: dict[str, Any]) -> tuple[list[Group], list[Group]]:
    scene = quality(call(*events)).scene()
    groups = list(scene.groups())
    return [g for g in groups if g.kind == "event"], [g for g in groups if g.kind == "stream"]


def test_a_tick_has_its_words_and_a_line_through_the_plots_of_its_streams() -> None:
    (event_group,), (first, second) = drawn(digit("4", 3.0))
    assert [item.text for item in event_group.items if isinstance(item, Text)] == ["3.0 s  4 · RFC 4733"]

    def lines(group: Group) -> list[float]:
        return [round(item.x1) for item in group.items if isinstance(item, Line) and item.dash == "dotted"]

    assert len(lines(first)) == 4
    assert lines(second) == []


@pytest.mark.parametrize("count", [1, 8, 60])
def test_labels_never_lie_on_each_other(count: int) -> None:
    events, _ = drawn(*(event("hold", f"{n}", 20 * n / count) for n in range(count)))
    texts = [item for group in events for item in group.items if isinstance(item, Text)]
    assert len(events) == count
    assert texts
    for one in texts:
        for other in texts:
            assert one is other or one.y != other.y or abs(one.x - other.x) > 40


def test_a_call_without_events_looks_as_before() -> None:
    events, _ = drawn()
    assert events == []
    assert "Events" not in quality(call()).text()


def test_in_a_terminal_they_are_listed_and_marked() -> None:
    lines = quality(call(digit("4", 3.0), HOLD)).text().splitlines()
    assert "      3.0 s  4 · RFC 4733" in lines
    marks = [line for line in lines if "◆" in line]
    assert [[n - 20 for n, c in enumerate(line) if c == "◆"] for line in marks] == [[3, 7], [7]]
    many = quality(call(*(event("hold", f"{n}", n / 2) for n in range(40)))).text()
    assert "20 more" in many

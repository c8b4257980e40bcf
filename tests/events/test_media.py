"""Media that begins and ends, and senders that change their SSRC."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.cases import table
from xivolab.events import Event, media_events
from xivolab.rtp.marks import Mark

S = 1_000_000_000


def stream(ssrc: int, start: float, end: float, **more: Any) -> dict[str, Any]:
    row = {"id": f"s{ssrc}", "ssrc": f"0x{ssrc:08x}", "src": "10.0.0.1:4000", "dst": "10.0.0.9:10000", "call": "c"}
    return row | {"codec": "PCMA", "payload_type": 8, "start": round(start * S), "end": round(end * S)} | more


def made(*rows: dict[str, Any], marks: tuple[Mark, ...] = ()) -> list[Event]:
    """The events; the first packet of row n is frame 10 n + 1 of the first file, its last 10 n + 9 of the second."""
    return media_events(table("streams", *rows), lambda n: ((0, 10 * n + 1), (1, 10 * n + 9)), marks, ["a", "b"])


def events(*rows: dict[str, Any]) -> list[tuple[float, str, str]]:
    found = made(*rows)
    return sorted((event.time / S, event.kind, event.text) for event in found)


def test_a_stream_begins_and_ends() -> None:
    assert events(stream(1, 1, 9)) == [
        (1, "media-start", "PCMA · 10.0.0.1:4000 → 10.0.0.9:10000"),
        (9, "media-stop", "PCMA · 10.0.0.1:4000 → 10.0.0.9:10000"),
    ]


def test_a_new_ssrc_between_the_same_ports_is_a_change_not_an_end() -> None:
    kinds = [(at, kind) for at, kind, _ in events(stream(1, 1, 5), stream(2, 5.02, 9), stream(3, 8.99, 12))]
    assert kinds == [(1, "media-start"), (5.02, "ssrc-change"), (8.99, "ssrc-change"), (12, "media-stop")]
    text = next(text for _, kind, text in events(stream(1, 1, 5), stream(2, 5.02, 9)) if kind == "ssrc-change")
    assert text == "0x00000001 → 0x00000002 · 10.0.0.1:4000 → 10.0.0.9:10000"


def test_two_at_once_another_call_and_a_long_silence_are_no_change() -> None:
    beside = [stream(1, 1, 30), stream(2, 5, 20)]
    later_call = [stream(1, 1, 5), stream(2, 5.1, 9, call="d")]
    much_later = [stream(1, 1, 5), stream(2, 15, 20)]
    for rows in (beside, later_call, much_later):
        assert sorted(kind for _, kind, _ in events(*rows)) == ["media-start"] * 2 + ["media-stop"] * 2


def test_a_stream_without_a_codec_shows_its_type() -> None:
    assert events(stream(1, 1, 2, codec=None, payload_type=97))[0][2].startswith("PT 97 · ")


def test_events_say_where_they_are() -> None:
    places = {event.kind: (event.file, event.frame) for event in made(stream(1, 1, 5), stream(2, 5.02, 9))}
    assert places == {"media-start": ("a", 1), "ssrc-change": ("a", 11), "media-stop": ("b", 19)}


def test_two_streams_that_begin_together_on_one_port_are_no_change() -> None:
    kinds = [kind for _, kind, _ in events(stream(1, 1, 1.1), stream(2, 1, 9))]
    assert "ssrc-change" not in kinds


WAY = "10.0.0.1:4000 → 10.0.0.9:10000"


@pytest.mark.parametrize(
    ("mark", "kind", "text", "digit"),
    [
        (Mark("event", 0, 3 * S, 1, 7, 11, 120.0), "dtmf", f"# · RFC 4733 · {WAY}", "#"),
        (Mark("event", 0, 3 * S, 1, 7, 16, 120.0), "dtmf", f"flash · RFC 4733 · {WAY}", "flash"),
        (Mark("event", 0, 3 * S, 1, 7, 36, 500.0), "tone", f"CNG · RFC 4733 · {WAY}", None),
        (Mark("event", 0, 3 * S, 1, 7, 200, 500.0), "tone", f"200 · RFC 4733 · {WAY}", None),
        (Mark("restart", 0, 3 * S, 1, 7), "stream-restart", WAY, None),
        (
            Mark("type-change", 0, 3 * S, 1, 7, before="PCMA", after="G729"),
            "payload-type-change",
            f"PCMA → G729 · {WAY}",
            None,
        ),
    ],
)
def test_what_happened_in_single_packets(mark: Mark, kind: str, text: str, digit: str | None) -> None:
    (event,) = (event for event in made(stream(1, 1, 5), marks=(mark,)) if not event.kind.startswith("media"))
    assert (event.kind, event.text, event.digit) == (kind, text, digit)
    assert (event.time, event.file, event.frame, event.stream, event.call) == (3 * S, "b", 7, "s1", "c")
    assert event.duration_ms == mark.duration_ms

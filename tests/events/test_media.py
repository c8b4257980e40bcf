"""Media that begins and ends, and senders that change their SSRC."""

from __future__ import annotations

from typing import Any

from tests.cli.cases import table
from xivolab.events import Event, media_events

S = 1_000_000_000


def stream(ssrc: int, start: float, end: float, **more: Any) -> dict[str, Any]:
    row = {"id": f"s{ssrc}", "ssrc": f"0x{ssrc:08x}", "src": "10.0.0.1:4000", "dst": "10.0.0.9:10000", "call": "c"}
    return row | {"codec": "PCMA", "payload_type": 8, "start": round(start * S), "end": round(end * S)} | more


def events(*rows: dict[str, Any]) -> list[tuple[float, str, str]]:
    found: list[Event] = media_events(table("streams", *rows), lambda row: ((0, 1), (0, 2)), [], ["made.pcap"])
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

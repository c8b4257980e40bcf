"""Digits, type changes and restarts, through a whole scan."""

from __future__ import annotations

import struct
from collections.abc import Iterable

import pytest

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, scanned, talk
from tests.rtp.test_dtmf import Sent, press
from xivolab.rtp.marks import Mark
from xivolab.testing import START, MadePacket, trtp, tudp

EVENTS = tudp(BOB_SIP, ALICE_SIP, invite(BOB, "8 18 101", "a=rtpmap:101 telephone-event/8000"), -1.0)


def pressed(sent: Iterable[Sent], start: float = 1.0, pt: int = 101) -> list[MadePacket]:
    def body(p: Sent) -> bytes:
        return struct.pack("!BBH", p.code, 0x80 * p.end | 10, p.duration)

    return [
        trtp(ALICE, BOB, p.sequence, p.timestamp, start + p.time / 1e9, pt=pt, marker=p.marker, payload=body(p))
        for p in sent
    ]


def marks(packets: Iterable[MadePacket]) -> list[Mark]:
    return scanned(packets).marks


def test_a_digit_has_its_time_length_and_place() -> None:
    found = marks([EVENTS, *talk(range(50)), *pressed(press(5, 50))])
    assert [(m.kind, m.code, m.duration_ms, m.stream) for m in found] == [("event", 5, 100.0, 0)]
    assert found[0].time == round((START + 1) * 1e9)
    assert (found[0].file, found[0].frame) == (0, 52)


def test_the_clock_of_events_is_that_of_their_sdp() -> None:
    offer = tudp(BOB_SIP, ALICE_SIP, invite(BOB, "8 110", "a=rtpmap:110 telephone-event/48000"), -1.0)
    (mark,) = marks([offer, *pressed(press(5, 0), pt=110)])
    assert mark.duration_ms == pytest.approx(800 * 1000 / 48000)


def test_digits_that_nobody_announced() -> None:
    packets = [*talk(range(50)), *pressed(press(1, 50)), *pressed(press(2, 58, timestamp=9600), start=1.3)]
    assert [mark.code for mark in marks(packets)] == [1, 2]


def test_a_digit_that_begins_a_flow_nobody_announced_has_its_first_packet() -> None:
    """It was on probation, and in the first of two blocks of packets."""
    scan = scanned(pressed(press(7, 0)))
    (mark,) = scan.marks
    assert (mark.code, mark.frame, mark.duration_ms) == (7, 1, 100.0)
    assert mark.time == round((START + 1) * 1e9)
    assert scan.streams["codec"].tolist() == ["telephone-event"]


def test_all_that_its_first_packet_says_is_kept() -> None:
    """A digit of one packet, an end, that another with the same time stamp follows."""
    first = trtp(ALICE, BOB, 7, 160, 0.0, pt=127, payload=b"\x0b\xca\xff\xfe")
    again = trtp(ALICE, BOB, 8, 160, 0.1, pt=127, payload=b"\x0b\x8a\xff\xff")
    rest = [trtp(ALICE, BOB, 9 + n, 160, 0.2 + n, pt=127, payload=b"\x0b\x8a\xff\xff") for n in range(3)]
    assert marks([first, again, *rest]) == []  # the reserved bit of the first was set
    plain = trtp(ALICE, BOB, 7, 160, 0.0, pt=127, marker=True, payload=b"\x0b\x8a\xff\xfe")
    (mark,) = marks([plain, again, *rest])
    assert (mark.code, mark.frame, mark.duration_ms) == (11, 1, 0xFFFF / 8)


def test_four_bytes_of_something_else_are_no_digits() -> None:
    packets = [trtp(ALICE, BOB, n, 160 * n, 0.02 * n, pt=97, payload=bytes([n, 9, n, 3])) for n in range(50)]
    assert marks(packets) == []


def test_sdp_that_comes_after_the_digits_is_enough() -> None:
    late = tudp(BOB_SIP, ALICE_SIP, invite(BOB, "8 120", "a=rtpmap:120 telephone-event/8000"), 5.0)
    packets = [*talk(range(50)), *pressed(press(1, 50), pt=120), late]
    assert [mark.code for mark in marks(packets)] == [1]


def test_another_codec_in_mid_stream() -> None:
    packets = [EVENTS, *talk(range(50)), *talk(range(50, 90), start=1.0, pt=18), *talk(range(90, 99), start=1.8)]
    found = marks(packets)
    assert [(m.before, m.after) for m in found] == [("PCMA", "G729"), ("G729", "PCMA")]
    streams = scanned(packets).streams
    assert (streams["payload_types"][0], streams["payload_type_changes"][0]) == ([8, 18], 2)


def test_events_and_comfort_noise_are_no_change_of_codec() -> None:
    noise = [trtp(ALICE, BOB, 58 + n, 9000, 1.5 + 0.1 * n, pt=13) for n in range(3)]
    packets = [EVENTS, *talk(range(50)), *pressed(press(5, 50)), *noise, *talk(range(61, 99), start=2.0)]
    assert [mark.kind for mark in marks(packets)] == ["event"]
    assert scanned(packets).streams["payload_type_changes"][0] == 0


def test_a_sender_that_begins_again() -> None:
    packets = [EVENTS, *talk(range(50)), *talk(range(40000, 40050), start=1.0)]
    (mark,) = marks(packets)
    assert mark.kind == "restart"
    assert mark.time == round((START + 1.02) * 1e9)  # its second packet is the proof
    assert scanned(packets).streams["restarts"][0] == 1

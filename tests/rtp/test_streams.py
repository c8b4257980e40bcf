"""From the state of the kernel to the records of streams."""

from __future__ import annotations

import pytest

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, talk
from xivolab.schema import STREAM
from xivolab.testing import START, trtp, tudp

ANNOUNCED = tudp(BOB_SIP, ALICE_SIP, invite(BOB), -1.0)


def test_every_field_of_a_stream() -> None:
    sequences = [n for n in range(100) if n not in (40, 41)]
    packets = [ANNOUNCED, *talk(sequences, ssrc=0xABC, ip_id=5)]
    record = only(scanned(packets).streams)
    assert list(record) == [field.name for field in STREAM.fields]
    ours = {name: record[name] for name in ("ssrc", "src", "dst", "payload_type", "codec", "start", "end", "call")}
    assert ours == {
        "ssrc": "0x00000abc",
        "src": ALICE,
        "dst": BOB,
        "payload_type": 8,
        "codec": "PCMA",
        "start": START,
        "end": START + 1.98,
        "call": None,
    }
    assert (record["packets"], record["expected"], record["lost"], record["lost_pct"]) == (98, 100, 2, 2.0)


def test_losses_in_bursts_have_a_worse_mos_than_losses_apart() -> None:
    apart = only(scanned([ANNOUNCED, *talk([n for n in range(1000) if n % 20 != 10])]).streams)
    bursts = only(scanned([ANNOUNCED, *talk([n for n in range(1000) if n % 200 < 100 or n % 200 >= 110])]).streams)
    assert apart["lost"] == bursts["lost"] == 50
    assert apart["mos"] == pytest.approx(3.923, abs=0.001)  # 5 % at random
    assert bursts["mos"] < apart["mos"] - 0.1


def test_the_id_is_made_of_ssrc_addresses_and_start() -> None:
    ids = [
        only(scanned([ANNOUNCED, *packets]).streams)["id"]
        for packets in (talk(range(5)), talk(range(9)), talk(range(5), ssrc=2), talk(range(5), start=1.0))
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_a_stream_of_events_alone_has_their_type_and_no_mos() -> None:
    announced = tudp(BOB_SIP, ALICE_SIP, invite(BOB, "8 101", "a=rtpmap:101 telephone-event/8000"), -1.0)
    events = [trtp(ALICE, BOB, n, 800, 0.02 * n, pt=101) for n in range(5)]
    record = only(scanned([announced, *events]).streams)
    assert (record["payload_type"], record["codec"], record["mos"]) == (101, "telephone-event", None)
    assert (record["jitter_rfc_ms"], record["jitter_max_ms"]) == (None, None)


def test_one_packet_has_no_jitter_of_its_own_and_no_mos() -> None:
    record = only(scanned([ANNOUNCED, *talk([1])]).streams)
    assert (record["jitter_rfc_ms"], record["mos"], record["lost"]) == (None, None, 0)


@pytest.mark.parametrize(
    ("src", "dst", "headers"), [(ALICE, BOB, 28), ("[2001:db8::1]:4000", "[2001:db8::2]:5000", 48)]
)
def test_bytes_are_those_of_the_ip_packets_as_sent(src: str, dst: str, headers: int) -> None:
    packets = [trtp(src, dst, n, 160 * n, 0.02 * n, payload=bytes(40 + n)) for n in range(10)]
    cut = scanned(packets, snaplen=14 + headers + 20)
    for streams in (scanned(packets).streams, cut.streams):
        assert only(streams)["ip_bytes"] == sum(headers + 12 + 40 + n for n in range(10))

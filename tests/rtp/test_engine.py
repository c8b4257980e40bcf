"""What is taken for RTP, and to which stream it belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, sdp, sip, talk
from xivolab.testing import MadePacket, trtp, tudp

ANNOUNCED = tudp(BOB_SIP, ALICE_SIP, invite(BOB, "8 101", "a=rtpmap:101 telephone-event/8000"), -1.0)


def later(packet: MadePacket, seconds: float) -> MadePacket:
    return replace(packet, time_ns=packet.time_ns + round(seconds * 1e9))


class TestRecognition:
    def test_one_packet_is_enough_where_sdp_announced_the_receiver(self) -> None:
        assert only(scanned([ANNOUNCED, *talk([7])]).streams)["packets"] == 1

    def test_or_the_sender(self) -> None:
        assert only(scanned([ANNOUNCED, *talk([7], src=BOB, dst=ALICE)]).streams)["packets"] == 1

    def test_without_sdp_packets_in_sequence_are_needed(self) -> None:
        assert len(scanned(talk([1, 500, 1000, 1500, 2000])).streams) == 0
        assert only(scanned(talk([1, 500, 1000, 1500, 1501, 1502, 1503])).streams)["packets"] == 4

    def test_or_nearly_in_sequence_where_some_are_lost(self) -> None:
        row = only(scanned(talk([1, 5, 9, 13, 17])).streams)
        assert (row["packets"], row["lost"]) == (5, 12)

    def test_a_digit_of_which_packets_are_lost_stands_still(self) -> None:
        packets = [trtp(ALICE, BOB, n, 800, 0.02 * n, pt=101, payload=bytes([1, 10, 0, 160])) for n in (1, 4, 6, 7)]
        assert only(scanned(packets).streams)["packets"] == 4

    @pytest.mark.parametrize("ticks", [0, -160, 4 * 9001], ids=["stands", "goes-back", "leaps"])
    def test_what_only_looks_nearly_in_sequence_is_not_taken(self, ticks: int) -> None:
        """Other protocols have numbers there too: the timestamp has to go with them."""
        packets = [trtp(ALICE, BOB, 4 * n, 1_000_000 + ticks * n, 0.02 * n) for n in range(9)]
        assert len(scanned(packets).streams) == 0

    def test_and_four_in_all(self) -> None:
        assert len(scanned(talk([1, 2, 3])).streams) == 0
        assert len(scanned(talk([1, 2, 3, 4])).streams) == 1

    @pytest.mark.parametrize("pt", [35, 72, 95], ids=str)
    def test_types_that_no_profile_assigns_are_not_guessed(self, pt: int) -> None:
        assert len(scanned(talk(range(10), pt=pt)).streams) == 0

    @pytest.mark.parametrize("first_byte", [0x00, 0x16, 0x40, 0x10], ids=["stun", "dtls", "turn-channel", "zrtp"])
    def test_other_protocols_on_the_port_are_no_rtp(self, first_byte: int) -> None:
        """RFC 7983 tells them apart by the first byte, ZRTP by its version."""
        foreign = [tudp(ALICE, BOB, bytes([first_byte]) + bytes(60), 0.01 * n) for n in range(10)]
        assert len(scanned([ANNOUNCED, *foreign]).streams) == 0

    def test_rtcp_on_the_port_is_no_rtp(self) -> None:
        report = tudp(ALICE, BOB, b"\x80\xc9\x00\x01" + bytes(12), 0.5)
        assert only(scanned([ANNOUNCED, *talk(range(5)), report]).streams)["packets"] == 5

    def test_a_header_that_is_cut_is_no_rtp(self) -> None:
        assert len(scanned([ANNOUNCED, *talk(range(5))], snaplen=14 + 20 + 8 + 11).streams) == 0

    def test_t38_on_the_port_where_rtp_was_is_no_rtp(self) -> None:
        """UDPTL begins with a sequence number, which looks like the version of RTP from 0x8000 on."""
        fax = sip("INVITE sip:bob@10.0.0.2 SIP/2.0", sdp(BOB, "t38", media="image", protocol="udptl"))
        udptl = [
            tudp(ALICE, BOB, (0x8000 + n).to_bytes(2, "big") + bytes([n, 4]) * 30, 2 + 0.03 * n) for n in range(90)
        ]
        streams = scanned([ANNOUNCED, *talk(range(5)), tudp(BOB_SIP, ALICE_SIP, fax, 1.0), *udptl]).streams
        assert only(streams)["packets"] == 5

    def test_rtp_goes_on_when_t38_is_refused(self) -> None:
        fax = sip("INVITE sip:bob@10.0.0.2 SIP/2.0", sdp(BOB, "t38", media="image", protocol="udptl"))
        packets = talk(range(100))
        packets.insert(50, tudp(BOB_SIP, ALICE_SIP, fax, 0.99))
        assert only(scanned([ANNOUNCED, *packets]).streams)["packets"] == 100


class TestStreams:
    def test_a_stream_is_source_destination_and_ssrc(self) -> None:
        packets = [*talk(range(5), ssrc=1), *talk(range(5), ssrc=2), *talk(range(5), ssrc=1, src="10.0.0.1:4002")]
        streams = scanned([ANNOUNCED, *packets]).streams
        assert sorted((row["src"], row["ssrc"]) for row in streams.records()) == [
            ("10.0.0.1:4000", "0x00000001"),
            ("10.0.0.1:4000", "0x00000002"),
            ("10.0.0.1:4002", "0x00000001"),
        ]

    def test_the_type_is_that_of_most_packets_events_and_noise_apart(self) -> None:
        events = [trtp(ALICE, BOB, 5 + n, 800, 0.1 + 0.02 * n, pt=101) for n in range(20)]
        noise = [trtp(ALICE, BOB, 25 + n, 4000, 0.5 + 0.02 * n, pt=13) for n in range(20)]
        record = only(scanned([ANNOUNCED, *talk(range(5)), *events, *noise]).streams)
        assert (record["payload_type"], record["codec"], record["packets"]) == (8, "PCMA", 45)

    def test_ipv6(self) -> None:
        ends = "[2001:db8::1]:4000", "[2001:db8::2]:5000"
        record = only(scanned(talk(range(5), src=ends[0], dst=ends[1])).streams)
        assert (record["src"], record["dst"]) == ends

    def test_hundreds_of_streams_and_of_seconds(self) -> None:
        """More than the tables have room for at first."""
        packets = [
            p for n in range(1200) for p in talk(range(4), start=n / 100, src=f"10.1.{n % 9}.1:{4000 + n}", ssrc=n)
        ]
        packets += [trtp(ALICE, BOB, n, 160 * n, 0.5 * n, ssrc=9999) for n in range(9000)]
        result = scanned(packets)
        assert len(result.streams) == 1201
        assert result.streams["packets"].sum() == 1200 * 4 + 9000
        assert result.quality["packets"].sum() == 1200 * 4 + 9000


class TestCaptureDuplicates:
    """The same packet at two interfaces, as `tcpdump -i any` captures it, is no duplicate of the network."""

    @staticmethod
    def counts(*packets: MadePacket) -> tuple[int, int, int]:
        record = only(scanned([ANNOUNCED, *packets]).streams)
        return record["packets"], record["capture_duplicates"], record["duplicates"]

    def test_every_packet_twice(self) -> None:
        packets = [copy for packet in talk(range(50)) for copy in (packet, later(packet, 0.0001))]
        assert self.counts(*packets) == (100, 50, 0)

    def test_a_burst_and_then_all_of_it_once_more(self) -> None:
        """As a bridge hands packets on that it got at once: the copies are not beside the originals."""
        burst = [later(packet, -0.02 * n) for n, packet in enumerate(talk(range(12)))]
        copies = [later(packet, 0.001) for packet in burst]
        assert self.counts(*burst, *copies, *(later(packet, 0.002) for packet in burst)) == (36, 24, 0)

    def test_they_count_in_wireshark_s_figures_only(self) -> None:
        packets = [copy for packet in talk(range(50)) for copy in (packet, later(packet, 0.0001))]
        record = only(scanned([ANNOUNCED, *packets]).streams)
        assert record["wireshark_lost"] == -50
        assert (record["expected"], record["lost"]) == (50, 0)
        assert record["jitter_rfc_ms"] == pytest.approx(0)

    def test_after_a_router_the_ttl_is_one_less(self) -> None:
        one, other = trtp(ALICE, BOB, 7, 0, ttl=64), trtp(ALICE, BOB, 7, 0, 0.001, ttl=63)
        assert self.counts(one, other) == (2, 1, 0)

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param(trtp(ALICE, BOB, 7, 0, 0.006, ip_id=5), id="later-than-5-ms"),
            pytest.param(trtp(ALICE, BOB, 7, 0, 0.001, ip_id=6), id="another-ip-id"),
            pytest.param(trtp(ALICE, BOB, 7, 0, 0.001, ip_id=5, ttl=60), id="another-path"),
            pytest.param(trtp(ALICE, BOB, 7, 0, 0.001, ip_id=5, payload=bytes(160)), id="another-payload"),
            pytest.param(trtp(ALICE, BOB, 7, 0, 0.001, ip_id=5, marker=True), id="another-marker"),
        ],
    )
    def test_a_packet_that_was_sent_twice(self, other: MadePacket) -> None:
        assert self.counts(trtp(ALICE, BOB, 7, 0, ip_id=5), other) == (2, 0, 1)

    def test_an_ip_id_of_0_tells_nothing(self) -> None:
        assert self.counts(trtp(ALICE, BOB, 7, 0, ip_id=0), trtp(ALICE, BOB, 7, 0, 0.001, ip_id=6)) == (2, 1, 0)

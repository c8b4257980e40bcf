"""What SDP announced about RTP: which codec a payload type is, when, and for whom."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, talk
from xivolab.net.endpoints import Endpoints
from xivolab.rtp.announced import Announced, Formats
from xivolab.rtp.state import EVENT, NOT_RTP
from xivolab.testing import ttcp, tudp


def announce(announced: Announced, address: str, port: int, formats: Formats, time: int, frame: int) -> tuple[int, int]:
    """Take one media line: its endpoint and entry."""
    first = np.zeros(1, np.int64)
    endpoint = announced.endpoints.numbers([address], first, np.array([port]))
    (entry,) = announced.add(endpoint, first, [formats], np.array([time]), np.array([frame])).tolist()
    return int(endpoint[0]), entry


class TestTheTable:
    def test_an_endpoint_and_its_entry(self) -> None:
        announced = Announced(Endpoints())
        assert announce(announced, "10.0.0.1", 4000, {96: ("opus", 48000)}, 0, 1) == (0, 0)
        assert announced.clocks[0, 96] == 48000
        assert announced.clocks[0, 97] == 0

    def test_the_same_formats_are_one_entry(self) -> None:
        announced = Announced(Endpoints())
        announce(announced, "10.0.0.1", 4000, {96: ("opus", 48000)}, 0, 1)
        assert announce(announced, "10.0.0.2", 4000, {96: ("opus", 48000)}, 0, 1) == (1, 0)
        assert announce(announced, "10.0.0.2", 4000, {97: ("opus", 48000)}, 0, 1) == (1, 1)

    def test_events_have_no_clock_of_their_own(self) -> None:
        announced = Announced(Endpoints())
        announce(announced, "10.0.0.1", 4000, {101: ("Telephone-Event", 8000)}, 0, 1)
        assert announced.clocks[0, 101] == EVENT

    def test_media_without_formats_is_no_rtp(self) -> None:
        assert announce(Announced(Endpoints()), "10.0.0.1", 4000, {}, 0, 1) == (0, NOT_RTP)

    def test_the_first_announcement_of_each_endpoint(self) -> None:
        announced = Announced(Endpoints())
        announce(announced, "10.0.0.1", 4000, {96: ("opus", 48000)}, 20, 2)
        announce(announced, "10.0.0.1", 4000, {96: ("speex", 16000)}, 10, 1)
        assert list(announced.first_entries()) == [(0, 1)]

    def test_many_entries(self) -> None:
        announced = Announced(Endpoints())
        for n in range(100):
            announce(announced, "10.0.0.1", 4000 + n, {96: ("x", 1000 * n)}, 0, 1)
        assert announced.clocks[:100, 96].tolist() == [1000 * n for n in range(100)]

    def test_a_payload_type_out_of_range_is_left_out(self) -> None:
        announced = Announced(Endpoints())
        announce(announced, "10.0.0.1", 4000, {300: ("x", 8000)}, 0, 1)
        assert not announced.clocks.any()

    @given(
        st.lists(st.tuples(st.integers(0, 6), st.dictionaries(st.integers(96, 98), st.sampled_from(("a", "b", None))))),
        st.integers(-1, 7),
    )
    def test_a_name_is_the_latest_before_the_end_else_the_first_after_it(
        self, told: list[tuple[int, dict[int, str | None]]], end: int
    ) -> None:
        announced = Announced(Endpoints())
        for frame, (time, names) in enumerate(told):
            announce(announced, "10.0.0.1", 4000, {pt: (name, 8000) for pt, name in names.items()}, time, frame)
            announced.name(96, 0, 0, end)  # what was asked for in between is no memory
        ordered = [names for _, names in sorted(told, key=lambda one: one[0])]
        before = sum(time <= end for time, _ in told)
        looked_at = [*reversed(ordered[:before]), *ordered[before:]]
        for pt in (96, 97, 98):
            expected = next((names[pt] for names in looked_at if names.get(pt)), None)
            assert announced.name(pt, 0, 0, end) == expected

    def test_an_announcement_long_ago_is_found_among_thousands(self) -> None:
        announced = Announced(Endpoints())
        announce(announced, "10.0.0.1", 4000, {96: ("opus", 48000)}, 0, 1)
        for n in range(1, 5000):
            announce(announced, "10.0.0.1", 4000, {97: ("speex", 16000)}, n, n + 1)
        assert (announced.name(96, 0, 0, 4999), announced.clock(96, 0, 0, 4999)) == ("opus", 48000)


class TestInACapture:
    def test_the_receiver_s_announcement_counts(self) -> None:
        """RFC 3264, 5.1: a type means what the one who receives it says."""
        packets = [
            tudp(ALICE_SIP, BOB_SIP, invite(ALICE, "96", "a=rtpmap:96 opus/48000/2"), -2.0),
            tudp(BOB_SIP, ALICE_SIP, invite(BOB, "96", "a=rtpmap:96 speex/16000"), -1.0),
            *talk(range(5), pt=96),
        ]
        assert only(scanned(packets).streams)["codec"] == "speex"

    def test_the_sender_s_where_the_receiver_s_is_not_in_the_capture(self) -> None:
        packets = [tudp(ALICE_SIP, BOB_SIP, invite(ALICE, "96", "a=rtpmap:96 opus/48000/2"), -2.0)]
        assert only(scanned([*packets, *talk(range(5), pt=96)]).streams)["codec"] == "opus"

    def test_a_port_that_a_later_call_uses_with_another_codec(self) -> None:
        packets = [
            tudp(BOB_SIP, ALICE_SIP, invite(BOB, "96", "a=rtpmap:96 opus/48000/2"), -1.0),
            *talk(range(50), ssrc=1, pt=96),
            tudp(BOB_SIP, ALICE_SIP, invite(BOB, "96", "a=rtpmap:96 G722/8000"), 9.0),
            *talk(range(50), ssrc=2, pt=96, start=10.0),
        ]
        first, second = scanned(packets).streams.records()
        assert (first["codec"], second["codec"]) == ("opus", "G722")
        assert second["jitter_max_ms"] == 0.0  # counted with the clock of the second call

    def test_sdp_that_came_after_the_packets(self) -> None:
        """As early media over a trunk: the clock is known afterwards, and the file is read again."""
        packets = talk(range(50), pt=96)
        late = tudp(BOB_SIP, ALICE_SIP, invite(BOB, "96", "a=rtpmap:96 G722/8000"), 5.0)
        record = only(scanned([*packets, late]).streams)
        assert (record["codec"], record["packets"]) == ("G722", 50)
        assert (record["jitter_mean_ms"], record["jitter_rfc_ms"]) == (0.0, 0.0)

    def test_sdp_that_came_over_tcp(self) -> None:
        message = invite(BOB, "96", "a=rtpmap:96 G722/8000")
        sent = [
            ttcp(BOB_SIP, ALICE_SIP, message[:60], -1.0, seq=1),
            ttcp(BOB_SIP, ALICE_SIP, message[60:], -0.9, seq=61),
        ]
        record = only(scanned([*sent, *talk(range(50), pt=96)]).streams)
        assert (record["codec"], record["jitter_max_ms"]) == ("G722", 0.0)

    def test_a_static_type_needs_no_sdp(self) -> None:
        assert only(scanned(talk(range(5), pt=9)).streams)["codec"] == "G722"

    def test_a_dynamic_type_without_sdp_has_no_name(self) -> None:
        assert only(scanned(talk(range(5), pt=96)).streams)["codec"] is None

"""What a ladder shows, in order."""

from __future__ import annotations

from xivolab.testing import ALICE, BOB, PBX, tcall, tmessage, tsdp, tstream
from xivolab.views.flow import Arrow, Idle, Media, flow, split_address


def kinds(*args: object, **more: object) -> str:
    """The rows of a call: a digit for the number of a message, M for media, . for idle time."""
    letters = {Media: "M", Idle: "."}
    rows = flow(tcall(*args, **more)).rows  # type: ignore[arg-type]
    return "".join(str(row.number) if isinstance(row, Arrow) else letters[type(row)] for row in rows)


def test_messages_are_numbered_and_media_begins_where_it_began() -> None:
    messages = [tmessage(at=0), tmessage(at=0.5), tmessage(at=9)]
    assert kinds(messages, [tstream(start=0.2, end=8.9)]) == "1M2.3"
    assert kinds(messages, [tstream(start=4, end=8.9), tstream(start=4.1, end=8.9)]) == "12.M.3"
    assert kinds(messages, [tstream(start=9.5, end=12)]) == "12.3M."


def test_idle_time_is_counted_from_the_last_event() -> None:
    rows = flow(tcall([tmessage(at=0), tmessage(at=0.9), tmessage(at=13.3)], [])).rows
    assert [round(row.seconds, 3) for row in rows if isinstance(row, Idle)] == [12.4]


def test_a_message_without_a_time_stays_where_it_is() -> None:
    assert kinds([tmessage(at=0), tmessage(at=None), tmessage(at=0.1)], []) == "123"
    assert flow(tcall([tmessage(at=None)], [])).start is None


def test_a_message_sent_again_names_its_first_sending() -> None:
    again = tmessage(at=0.5, retransmission=True)
    other = tmessage("BYE sip:1002@10.77.0.10 SIP/2.0", at=1, cseq="2 BYE", retransmission=True)
    found = flow(tcall([tmessage(at=0), again, tmessage(at=0.5, capture_duplicate=True), other], []))
    assert [arrow.repeats for arrow in found.arrows()] == [None, 1, 1, None]


def test_the_lanes_are_the_hosts_in_order_with_their_names_and_ports() -> None:
    lanes = flow(tcall()).lanes
    assert [(lane.name, lane.addresses, lane.ports) for lane in lanes] == [
        ("alice", (ALICE,), ("5060",)),
        ("pbx", (PBX,), ("5060",)),
        ("bob", (BOB,), ("5060",)),
    ]


def test_a_host_that_nobody_announced_gets_a_lane_too() -> None:
    messages = [tmessage(dst="192.0.2.9:5060")]
    assert [lane.addresses[0] for lane in flow(tcall(messages, [])).lanes] == [ALICE, PBX, BOB, "192.0.2.9"]


def test_an_unknown_end_has_a_lane_of_its_own() -> None:
    found = flow(tcall([tmessage(src=None)], []))
    assert found.lanes[-1].name == "?"
    assert next(found.arrows()).source == len(found.lanes) - 1


def test_ipv6() -> None:
    assert split_address("[2001:db8::1]:5060") == ("2001:db8::1", "5060")
    messages = [tmessage(src="[2001:db8::1]:5060", dst="[2001:db8::2]:5060")]
    found = flow(
        tcall(messages, [tstream("[2001:db8::1]:4000", "[2001:db8::2]:4000")], hosts=["2001:db8::1", "2001:db8::2"])
    )
    assert [lane.addresses[0] for lane in found.lanes] == ["2001:db8::1", "2001:db8::2"]
    assert next(found.voices()).pair == (0, 1)


def test_parties_on_one_machine_are_told_apart_by_their_ports() -> None:
    host = "127.0.0.1"
    messages = [
        tmessage(at=0, src=f"{host}:5061", dst=f"{host}:5060", sdp=tsdp(host, 4000)),
        tmessage("SIP/2.0 200 OK", at=1, src=f"{host}:5060", dst=f"{host}:5061", sdp=tsdp(host, 10000)),
    ]
    found = flow(tcall(messages, [tstream(f"{host}:10000", f"{host}:4000")], hosts=[host], names={host: "lab"}))
    assert [(lane.addresses[0], lane.name) for lane in found.lanes] == [
        ("127.0.0.1:5061", "lab"),
        ("127.0.0.1:5060", "lab"),
    ]
    assert [(arrow.source, arrow.target) for arrow in found.arrows()] == [(0, 1), (1, 0)]
    assert [(voice.source, voice.target) for voice in found.voices()] == [(1, 0)]  # the SDP tells whose port it is


def test_streams_stand_side_by_side_where_they_share_no_lane_space() -> None:
    (media,) = (row for row in flow(tcall()).rows if isinstance(row, Media))
    assert [[voice.pair for voice in slot] for slot in media.slots()] == [[(0, 1), (1, 2)], [(0, 1), (1, 2)]]
    direct = [tstream(f"{ALICE}:4000", f"{BOB}:4000"), tstream(f"{PBX}:1", f"{BOB}:1")]
    (media,) = (row for row in flow(tcall(None, direct)).rows if isinstance(row, Media))
    assert [[voice.pair for voice in slot] for slot in media.slots()] == [[(1, 2)], [(0, 2)]]


def test_the_addresses_of_one_host_share_its_lane() -> None:
    six, four = "[fd77::10]:5060", f"{PBX}:5060"
    messages = [tmessage(at=0, src="[fd77::11]:5060", dst=six), tmessage(at=1, src=four, dst=f"{BOB}:5060")]
    names = {"fd77::11": "alice", "fd77::10": "pbx", PBX: "pbx", BOB: "bob"}
    found = flow(
        tcall(
            messages, [tstream("[fd77::10]:1", "[fd77::11]:2")], hosts=["fd77::11", "fd77::10", PBX, BOB], names=names
        )
    )
    assert [lane.addresses for lane in found.lanes] == [("fd77::11",), ("fd77::10", PBX), (BOB,)]
    assert [(arrow.source, arrow.target) for arrow in found.arrows()] == [(0, 1), (1, 2)]
    assert next(found.voices()).pair == (0, 1)

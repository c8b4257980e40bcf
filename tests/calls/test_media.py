"""Streams tied to calls, and legs tied by media."""

from __future__ import annotations

from tests.calls.pbx import ALICE, BOB, PBX, bridged, dialled, dialling, tables
from tests.sip.flow import Leg, at, sdp
from xivolab.calls.media import StreamRows
from xivolab.schema import STREAM
from xivolab.table import Table

ALICE_RTP, BOB_RTP, PBX_A, PBX_B = f"{ALICE}:4000", f"{BOB}:4002", f"{PBX}:10000", f"{PBX}:10002"


def with_media(start: float = 0, call: str = "") -> tuple[Leg, Leg]:
    """A call whose four media addresses are announced."""
    caller = dialling(call_id=f"caller{call}").invite(start, sdp(ALICE, 4000))
    caller.reply(start + 2, 200, body=sdp(PBX, 10000, "8")).ack(start + 2).bye(start + 9)
    callee = dialled(call_id=f"callee{call}").invite(start + 0.1, sdp(PBX, 10002))
    callee.reply(start + 1.9, 200, body=sdp(BOB, 4002, "8")).ack(start + 2).bye(start + 9)
    return caller, callee


def streams(*rows: tuple[str, str, str, float, float]) -> StreamRows:
    """(src, dst, ssrc, start, end) in seconds."""
    return StreamRows(
        id=[f"s{n}" for n in range(len(rows))],
        src=[row[0] for row in rows],
        dst=[row[1] for row in rows],
        ssrc=[row[2] for row in rows],
        start=[at(row[3]) for row in rows],
        end=[at(row[4]) for row in rows],
    )


FOUR = (
    (ALICE_RTP, PBX_A, "0x00000001", 2.0, 9.0),
    (PBX_A, ALICE_RTP, "0x00000002", 2.0, 9.0),
    (BOB_RTP, PBX_B, "0x00000003", 2.0, 9.0),
    (PBX_B, BOB_RTP, "0x00000004", 2.0, 9.0),
)


def test_both_ends_announced() -> None:
    result = tables(*with_media(), streams=streams(*FOUR))
    call = result.calls.value("id", 0)
    assert result.stream_calls == [call] * 4
    assert result.stream_rules == ["both ends"] * 4
    assert result.stream_legs == ["caller", "caller", "callee", "callee"]
    assert result.calls.value("streams", 0) == [0, 1, 2, 3]
    assert result.calls.value("stream_ids", 0) == ["s0", "s1", "s2", "s3"]


def test_behind_a_nat_one_end_is_enough() -> None:
    nat = "198.51.100.7:61000"
    result = tables(*with_media(), streams=streams((nat, PBX_A, "0x1", 2, 9), (PBX_A, nat, "0x2", 2, 9)))
    assert result.stream_rules == ["destination", "source"]
    assert result.stream_legs == ["caller", "caller"]


def test_what_nobody_announced_belongs_to_no_call() -> None:
    result = tables(*with_media(), streams=streams(("192.0.2.8:1", "192.0.2.9:1", "0x1", 2, 9)))
    assert (result.stream_calls, result.stream_rules) == ([None], [None])


def test_a_relay_that_keeps_the_ssrc() -> None:
    relayed = ("192.0.2.8:1", "192.0.2.9:1", "0x00000001", 2.0, 9.0)
    result = tables(*with_media(), streams=streams(FOUR[0], relayed))
    assert result.stream_rules == ["both ends", "ssrc"]


def test_a_port_used_again_by_a_later_call() -> None:
    later = tuple((*row[:3], row[3] + 100, row[4] + 100) for row in FOUR)
    result = tables(*with_media(), *with_media(100, "2"), streams=streams(*FOUR, *later))
    first, second = (result.calls.value("id", n) for n in (0, 1))
    assert result.stream_calls == [first] * 4 + [second] * 4


def test_outside_its_time_a_call_has_no_streams() -> None:
    result = tables(*with_media(), streams=streams((ALICE_RTP, PBX_A, "0x1", 60, 70)))
    assert result.stream_calls == [None]


def test_media_ahead_of_its_announcement() -> None:
    """Bob's first packets overtake his 200."""
    result = tables(*with_media(), streams=streams((BOB_RTP, "192.0.2.1:9", "0x1", 1.8, 9)))
    assert result.stream_rules == ["source"]


def test_a_re_invite_moves_the_media() -> None:
    caller, callee = with_media()
    caller.rows[-2:] = []
    caller.request(4, "INVITE", by="callee", body=sdp(BOB, 4002)).reply(
        4.1, 200, by="caller", body=sdp(ALICE, 4000, "8")
    )
    result = tables(caller, callee, streams=streams((ALICE_RTP, BOB_RTP, "0x1", 4.2, 9)))
    assert result.stream_calls == [result.calls.value("id", 0)]


def test_rows_of_the_table_of_streams() -> None:
    fields = {field.name: None for field in STREAM.fields}
    row = {**fields, "id": "s", "src": "a:1", "dst": "b:2", "ssrc": "0x1", "start": 1, "end": 2, "mos": 4.1}
    rows = StreamRows.of(Table.from_rows(STREAM, [row]))
    assert (len(rows), rows.src, rows.end, rows.mos) == (1, ["a:1"], [2], [4.1])


def test_bridged_legs_without_media() -> None:
    assert tables(*bridged()).calls.value("streams", 0) == []

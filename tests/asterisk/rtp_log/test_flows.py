"""Which packet is of which stream."""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab.asterisk.rtp_log.flows import TOLD_PACKET, as_captured, assign, told_once, with_events
from xivolab.asterisk.rtp_log.lines import EVENT, GOT, RTP_LINE, SENT

S = 10**9
PLACES = {1: "10.0.0.1:4000", 2: "[fd77::1]:4002", 3: None}


def packets(*rows: dict[str, Any]) -> Any:
    table = np.zeros(len(rows), TOLD_PACKET)
    for n, row in enumerate(rows):
        usual = {"kind": GOT, "address": 1, "callid": 1, "sequence": n, "time": S + n, "line": n + 1, "body": -1}
        for name, value in {**usual, **row}.items():
            table[n][name] = value
    return table


def test_a_stream_is_a_call_a_place_and_a_way() -> None:
    table = packets({}, {"kind": SENT}, {"callid": 2}, {"address": 2}, {}, {"boot": 1})
    flows = assign(table, PLACES)
    assert table["flow"].tolist() == [0, 1, 2, 3, 0, 4]
    assert [(flow.place, flow.sent, flow.callid, flow.packets) for flow in flows] == [
        ("10.0.0.1:4000", False, 1, 2),
        ("10.0.0.1:4000", True, 1, 1),
        ("10.0.0.1:4000", False, 2, 1),
        ("[fd77::1]:4002", False, 1, 1),
        ("10.0.0.1:4000", False, 1, 1),
    ]
    assert (flows[0].line, flows[0].first, flows[0].last) == (1, S, S + 4)


def test_what_has_no_number_or_no_address_is_of_none() -> None:
    table = packets({"sequence": -1}, {"address": 3})
    assert assign(table, PLACES) == []
    assert table["flow"].tolist() == [-1, -1]


def test_without_call_ids_a_silence_and_other_numbers_begin_another_stream() -> None:
    times = (0, 1, 20, 21, 40)
    numbers = (10, 11, 30000, 30001, 30002)
    table = packets(*({"callid": -1, "time": S * (1 + t), "sequence": n} for t, n in zip(times, numbers, strict=True)))
    assert len(assign(table, PLACES)) == 2
    assert table["flow"].tolist() == [0, 0, 1, 1, 1]  # the second silence was hold: the numbers go on


def test_a_packet_that_two_files_tell_is_counted_once() -> None:
    table = packets(
        {}, {"sequence": 5, "time": 9 * S}, {"sequence": 5, "time": 9 * S}, {"file": 1, "sequence": 0, "time": S}
    )
    kept = told_once(table)
    assert kept["sequence"].tolist() == [0, 5, 5]  # twice in one file is twice sent
    assert kept["file"].tolist() == [0, 0, 0]


def test_what_is_in_an_event_goes_to_its_packet() -> None:
    lines = np.zeros(3, RTP_LINE)
    lines["kind"], lines["sequence"], lines["body"] = [GOT, GOT, EVENT], [6, 7, 7], [-1, -1, 99]
    assert with_events(lines)["body"].tolist() == [-1, 99]


def test_rows_are_those_of_a_capture() -> None:
    table = packets(
        {"type": 8, "timestamp": 160, "length": 160}, {"kind": SENT, "address": 2, "body": 0x05800140, "length": 4}
    )
    flows = assign(table, PLACES)
    ((buffer, rows),) = as_captured(table, flows, [7, 8])
    first, second = rows
    assert bytes(buffer[first["address"] :][:8]) == b"\x0a\0\0\1\0\0\0\0"
    assert bytes(buffer[first["payload"] :][:12]) == b"\x80\x08\0\0\0\0\0\xa0\0\0\0\x07"
    assert (first["wire"], first["length"], first["sport"], first["dport"], first["version"]) == (172, 12, 4000, 0, 4)
    assert bytes(buffer[second["address"] :][:16]) == bytes(16)
    assert bytes(buffer[second["address"] + 16 :][:16]) == b"\xfdw" + bytes(13) + b"\1"
    assert bytes(buffer[second["payload"] + 12 :][:4]) == b"\x05\x80\x01\x40"
    assert (second["length"], second["dport"], second["version"], second["frame"]) == (16, 4002, 6, 2)
    assert len(set(rows["ip_id"].tolist())) == 2

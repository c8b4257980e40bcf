"""The kernel that counts RTP: from the rows of a block to the state of each stream, no Python per packet.

A packet is RTP when SDP announced the endpoint it goes to or comes from; where no SDP was seen, when two packets of the
same source, destination and SSRC follow each other in sequence (probation, RFC 3550 A.1). RTCP is told apart by its
packet type (RFC 5761, section 4), STUN, DTLS and ZRTP by the version bits (RFC 7983).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import helper, kernel
from xivolab.net.bytes import i64, u16, u32
from xivolab.net.endpoints import intern
from xivolab.net.rows import UDP
from xivolab.rtp.sequence import DUPLICATE, NEW, STRAY, count_sequence, missing, start_count
from xivolab.rtp.state import (
    COMFORT_NOISE,
    COMFORT_NOISE_OLD,
    EVENT,
    IP_ID,
    RECENT,
    SAMPLE,
    SECOND_BYTE,
    SEQUENCE,
    STATIC_CLOCKS,
    TIME,
    TIMESTAMP,
    TTL,
    UNANNOUNCED,
    WIRE,
)
from xivolab.rtp.timing import count_timing, pause_timing
from xivolab.rtp.wireshark import count_wireshark, start_wireshark

DUPLICATE_WINDOW = 5_000_000  # ns: the same packet seen at two interfaces comes within this time

FINISHED, GROW_ENDPOINTS, GROW_STREAMS, GROW_SECONDS, GROW_CONTROL = 0, 1, 2, 3, 4
"""Why the kernel stopped: nothing left, or which table is full."""

_HEADER = 12


@helper
def _stream_slot(source: int, destination: int, ssrc: int, slots: Any, streams: Any) -> int:
    """The slot where this stream is, or where it would go."""
    value = (i64(source) * 0x9E3779B1) ^ (i64(destination) * 0x85EBCA77) ^ (ssrc * 0xC2B2AE3D)
    slot = (value ^ (value >> 23)) & (len(slots) - 1)
    while slots[slot] >= 0:
        stream = streams[slots[slot]]
        if stream["source"] == source and stream["destination"] == destination and stream["ssrc"] == ssrc:
            break
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@helper
def _read(buffer: Any, row: Any, packet: Any) -> None:
    """What counts of a packet, as numbers: `packet` (PACKET_FIELDS,) int64."""
    at = row["payload"]
    length = row["length"]
    packet[TIME] = row["time"]
    packet[SEQUENCE] = u16(buffer, at + 2)
    packet[TIMESTAMP] = u32(buffer, at + 4)
    packet[IP_ID] = row["ip_id"]
    packet[TTL] = row["ttl"]
    packet[SECOND_BYTE] = buffer[at + 1]
    packet[WIRE] = row["wire"]
    # Differs when two payloads of one length differ: made of their first and last bytes.
    value = i64(row["wire"])
    for index in range(_HEADER, min(length, _HEADER + 8)):
        value = (value * 31 + i64(buffer[at + index])) & 0xFFFFFFFFFF
    for index in range(max(_HEADER, length - 8), length):
        value = (value * 31 + i64(buffer[at + index])) & 0xFFFFFFFFFF
    packet[SAMPLE] = value


@helper
def _captured_twice(packet: Any, recent: Any, packets: int) -> bool:
    """Whether this very packet was captured a moment ago at another interface; else it is remembered."""
    for index in range(RECENT):
        known = recent[index]
        if (
            known[SEQUENCE] == packet[SEQUENCE]
            and known[TIMESTAMP] == packet[TIMESTAMP]
            and known[SECOND_BYTE] == packet[SECOND_BYTE]
            and known[SAMPLE] == packet[SAMPLE]
            and abs(packet[TIME] - known[TIME]) <= DUPLICATE_WINDOW
            and (known[IP_ID] == packet[IP_ID] or known[IP_ID] == 0 or packet[IP_ID] == 0)
            and abs(known[TTL] - packet[TTL]) <= 1
        ):
            return True
    recent[packets % RECENT, :] = packet
    return False


@helper
def _close_second(stream: Any, number: int, seconds: Any, used: Any) -> None:
    """Write the row of the second that ends."""
    gone = missing(stream)
    row = seconds[used[0]]
    row["stream"] = number
    row["second"] = stream["second"]
    row["packets"] = stream["s_packets"]
    row["lost"] = max(gone - stream["s_missing"], 0)
    row["discarded"] = stream["discarded"] - stream["s_discarded"]
    row["jitter"] = stream["jitter"] if stream["jitter_count"] > 0 else np.nan
    row["delta_max"] = stream["s_delta_max"]
    used[0] += 1
    stream["s_packets"] = 0
    stream["s_missing"] = gone
    stream["s_discarded"] = stream["discarded"]
    stream["s_delta_max"] = 0.0


@helper
def _clock_of(payload_type: int, destination: int, source: int, media_of: Any, clocks: Any) -> int:
    """Ticks per second of a type: what the receiver's SDP says, else the sender's; EVENT; 0 when nobody said."""
    if payload_type < 96:
        return STATIC_CLOCKS[payload_type]
    entry = media_of[destination]
    if entry >= 0 and clocks[entry, payload_type] != 0:
        return clocks[entry, payload_type]
    entry = media_of[source]
    return clocks[entry, payload_type] if entry >= 0 else i64(0)


@helper
def _count(
    packet: Any,
    number: int,
    first_time: int,
    clock: int,
    streams: Any,
    windows: Any,
    recents: Any,
    types: Any,
    seconds: Any,
    seconds_used: Any,
) -> None:
    """Count one RTP packet into its stream."""
    time = packet[TIME]
    payload_type = packet[SECOND_BYTE] & 0x7F
    stream = streams[number]
    now = (time - first_time) / 1e6
    first = stream["packets"] == 0
    known_clock = max(clock, 0)  # Wireshark knows none for events
    if first:
        stream["first_time"] = time
        stream["last_time"] = time
        stream["time"] = -1
        start_count(stream, windows[number], packet[SEQUENCE], packet[SEQUENCE])
        start_wireshark(stream, now, packet[SEQUENCE], packet[TIMESTAMP], payload_type, known_clock)
    else:
        marker = packet[SECOND_BYTE] & 0x80 != 0
        count_wireshark(stream, now, packet[SEQUENCE], packet[TIMESTAMP], payload_type, marker, known_clock)
    second = (time - stream["first_time"]) // 1_000_000_000
    if second > stream["second"]:
        _close_second(stream, number, seconds, seconds_used)
        stream["second"] = second
    if payload_type >= 96 and clock == 0:
        stream["unclocked"] += 1
    types[number, payload_type] += 1
    stream["packets"] += 1
    stream["bytes"] += packet[WIRE]
    stream["s_packets"] += 1
    stream["s_delta_max"] = max(stream["s_delta_max"], (time - stream["last_time"]) / 1e6)
    stream["last_time"] = time
    if _captured_twice(packet, recents[number], stream["packets"]):
        stream["capture_duplicates"] += 1
        return
    fate = NEW if first else count_sequence(stream, windows[number], packet[SEQUENCE])
    if clock == EVENT or payload_type in (COMFORT_NOISE, COMFORT_NOISE_OLD):
        pause_timing(stream)
    elif clock > 0 and fate != DUPLICATE and fate != STRAY:
        count_timing(stream, time, packet[TIMESTAMP], clock)


@kernel
def count_rtp(
    buffer: Any,
    rows: Any,
    first: int,
    count: int,
    first_time: int,
    slots: Any,
    table: Any,
    endpoints_used: Any,
    updates: Any,
    updates_used: Any,
    media_of: Any,
    clocks: Any,
    stream_slots: Any,
    streams: Any,
    streams_used: Any,
    windows: Any,
    recents: Any,
    types: Any,
    seconds: Any,
    seconds_used: Any,
    candidates: Any,
    candidate_packets: Any,
    packet: Any,
    control: Any,
    control_used: Any,
) -> tuple[int, int]:
    """Count the RTP among rows[first:count].

    updates (u, 3) int64 = frame, endpoint, media entry, sorted by frame: applied as the frames pass; updates_used (1,)
    remembers how far. media_of (e,) int32 = the entry that applies to an endpoint now, UNANNOUNCED or NOT_RTP; clocks (m, 128) int64.
    candidates (2^k, 4) int64 = source, destination, SSRC, next sequence number: the flows on probation, one per slot,
    whose first packet is kept in candidate_packets (2^k, PACKET_FIELDS); packet (PACKET_FIELDS,) is room to work in.
    control (c,) int32 takes the indexes of RTCP rows.
    Returns the row where it stopped and why; to be called again from there when the full table has grown.
    """
    for index in range(first, count):
        row = rows[index]
        frame = row["frame"]
        while updates_used[0] < len(updates) and updates[updates_used[0], 0] <= frame:
            update = updates[updates_used[0]]
            media_of[update[1]] = update[2]
            updates_used[0] += 1
        if row["kind"] != UDP or row["length"] < 8:
            continue
        at = row["payload"]
        if buffer[at] >> 6 != 2:
            continue
        if 192 <= buffer[at + 1] <= 223:
            if control_used[0] == len(control):
                return index, GROW_CONTROL
            control[control_used[0]] = index
            control_used[0] += 1
            continue
        if row["length"] < _HEADER:
            continue
        width = 4 if row["version"] == 4 else 16
        source = intern(buffer, row["address"], row["version"], row["sport"], slots, table, endpoints_used)
        if source < 0:
            return index, GROW_ENDPOINTS
        destination = intern(buffer, row["address"] + width, row["version"], row["dport"], slots, table, endpoints_used)
        if destination < 0:
            return index, GROW_ENDPOINTS
        ssrc = u32(buffer, at + 8)
        entry = media_of[destination]
        if entry == UNANNOUNCED:
            entry = media_of[source]
        payload_type = i64(buffer[at + 1]) & 0x7F
        clock = _clock_of(payload_type, destination, source, media_of, clocks)
        slot = _stream_slot(source, destination, ssrc, stream_slots, streams)
        number = stream_slots[slot]
        if number < 0:
            if streams_used[0] + 1 >= len(streams):
                return index, GROW_STREAMS
            number = streams_used[0]
            sequence = u16(buffer, at + 2)
            place = i64(0)
            if entry < 0:
                if 35 <= payload_type <= 95:  # RFC 3551 assigns none of these
                    continue
                place = (source * 31 + destination * 17 + ssrc) & (len(candidates) - 1)
                known = candidates[place]
                if known[0] != source or known[1] != destination or known[2] != ssrc or known[3] != sequence:
                    known[0] = source
                    known[1] = destination
                    known[2] = ssrc
                    known[3] = (sequence + 1) & 0xFFFF
                    _read(buffer, row, candidate_packets[place])
                    continue
            if seconds_used[0] + 2 >= len(seconds):
                return index, GROW_SECONDS
            streams_used[0] += 1
            stream_slots[slot] = number
            stream = streams[number]
            stream["source"] = source
            stream["destination"] = destination
            stream["ssrc"] = ssrc
            if entry < 0:  # off probation: the packet before counts as well
                held = candidate_packets[place]
                _count(held, number, first_time, clock, streams, windows, recents, types, seconds, seconds_used)
        elif seconds_used[0] + 2 >= len(seconds):
            return index, GROW_SECONDS
        _read(buffer, row, packet)
        _count(packet, number, first_time, clock, streams, windows, recents, types, seconds, seconds_used)
    return count, FINISHED


@kernel
def close_seconds(streams: Any, count: int, seconds: Any, seconds_used: Any) -> None:
    """Write the last, unfinished second of every stream; `seconds` must have `count` rows free."""
    for number in range(count):
        if streams[number]["s_packets"] > 0:
            _close_second(streams[number], number, seconds, seconds_used)


@kernel
def place_streams(slots: Any, streams: Any, count: int) -> None:
    """Fill new `slots` for streams[:count]."""
    for number in range(count):
        stream = streams[number]
        slots[_stream_slot(stream["source"], stream["destination"], stream["ssrc"], slots, streams)] = number

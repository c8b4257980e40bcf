"""The kernel that counts RTP: from the rows of a block to the state of each stream, no Python per packet.

A packet is RTP when SDP announced the endpoint it goes to or comes from; where no SDP was seen, when two packets of the
same source, destination and SSRC follow each other in sequence (probation, RFC 3550 A.1), or nearly: some may be lost. RTCP is told apart by its
packet type (RFC 5761, section 4), STUN, DTLS and ZRTP by the version bits (RFC 7983).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import helper, inlined, kernel
from xivolab.net.bytes import byte, eight, i64, u16, u32
from xivolab.net.endpoints import find_known, intern, same_address
from xivolab.net.rows import UDP
from xivolab.rtp.bursts import close_gaps
from xivolab.rtp.playout import sample_depth
from xivolab.rtp.sequence import (
    ANEW,
    DUPLICATE,
    MAX_MISORDER,
    NEW,
    STRAY,
    count_sequence,
    is_ahead,
    missing,
    start_count,
)
from xivolab.rtp.skew import sample_skew
from xivolab.rtp.state import (
    COMFORT_NOISE,
    COMFORT_NOISE_OLD,
    DTLS,
    EVENT,
    IP_ID,
    NOT_RTP,
    OTHER,
    PACKET_FIELDS,
    PLACE,
    RECENT,
    RESTART,
    SAMPLE,
    SECOND_BYTE,
    SEQUENCE,
    STATIC_CLOCKS,
    STUN,
    TELEPHONE_EVENT,
    TIME,
    TIMESTAMP,
    TTL,
    TYPE_CHANGE,
    UNANNOUNCED,
    WIRE,
    ZRTP,
)
from xivolab.rtp.timing import count_timing, pause_timing
from xivolab.rtp.udptl import LEAST_LENGTH, count_udptl
from xivolab.rtp.wireshark import count_wireshark, start_wireshark

DUPLICATE_WINDOW = 5_000_000  # ns: the same packet seen at two interfaces comes within this time

FINISHED, GROW_ENDPOINTS, GROW_STREAMS, GROW_SECONDS, GROW_CONTROL, GROW_NOTED, GROW_CANDIDATES = 0, 1, 2, 3, 4, 5, 6
"""Why the kernel stopped: nothing left, or which table is full."""

_HEADER = 12
MOST_CANDIDATES = 1 << 18
"""More flows than this on probation at once push each other out."""

CANDIDATE_PLACES = 4
"""Places next to each other where a flow on probation may be."""

_MOST_TICKS = 9000  # of one packet: 100 ms of video, 187 ms of Opus
_PROBATION = 2_000_000_000  # ns: for so long a flow is not pushed out while the table can grow
_NOTES = 8  # as many at most for one row
_MAGIC_COOKIE = 0x2112A442  # RFC 8489, 5
_ZRTP_COOKIE = 0x5A525450  # RFC 6189, 5
_NEVER = 1 << 62  # the frame of an announcement that does not come


@helper
def _ends(buffer: Any, address: int, version: int) -> int:
    """Both addresses in one number; those of IPv6 folded, so that equal ones must be compared again."""
    if version == 4:
        return eight(buffer, address)
    value = eight(buffer, address) ^ (eight(buffer, address + 8) << 1)
    return value ^ (eight(buffer, address + 16) << 2) ^ (eight(buffer, address + 24) << 3)


@helper
def _slot(ends: int, ports: int, slots: Any) -> int:
    """The slot where the search for a stream begins."""
    value = (ends ^ (ends >> 32)) & 0xFFFFFFFF
    value = (value * 0x045D9F3B + (ports >> 32)) & 0xFFFFFFFF
    value = ((value ^ (value >> 16)) * 0x045D9F3B + (ports & 0xFFFFFFFF)) & 0xFFFFFFFF
    return (value ^ (value >> 15)) & (len(slots) - 1)


@helper
def _find(buffer: Any, row: Any, ends: int, ports: int, slots: Any, streams: Any, table: Any) -> int:
    """The number of the stream that a packet is of; -1 when there is none."""
    version = row["version"]
    slot = _slot(ends, ports, slots)
    while True:
        number = i64(slots[np.uintp(slot)])
        if number < 0:
            return number
        stream = streams[np.uintp(number)]
        if stream["ends"] == ends and stream["ports"] == ports and stream["version"] == version:
            if version == 4:
                return number
            address = i64(row["address"])
            if same_address(buffer, address, table[stream["source"]]) and same_address(
                buffer, address + 16, table[stream["destination"]]
            ):
                return number
        slot = (slot + 1) & (len(slots) - 1)


@helper
def _place(number: int, ends: int, ports: int, slots: Any) -> None:
    """Enter a stream."""
    slot = _slot(ends, ports, slots)
    while slots[slot] >= 0:
        slot = (slot + 1) & (len(slots) - 1)
    slots[slot] = number


@helper
def _read(buffer: Any, row: Any, file: int, packet: Any) -> None:
    """What counts of a packet, as numbers: `packet` (PACKET_FIELDS,) int64."""
    at = i64(row["payload"])
    length = i64(row["length"])
    packet[TIME] = row["time"]
    packet[SEQUENCE] = u16(buffer, at + 2)
    packet[TIMESTAMP] = u32(buffer, at + 4)
    packet[IP_ID] = row["ip_id"]
    packet[TTL] = row["ttl"]
    packet[SECOND_BYTE] = byte(buffer, at + 1)
    packet[WIRE] = row["wire"]
    packet[PLACE] = row["frame"] | (file << 40)
    # Differs when two payloads differ in their length, their first or their last bytes.
    value = i64(row["wire"]) << 48
    if length >= _HEADER + 8:
        last = eight(buffer, at + length - 8)
        value ^= eight(buffer, at + _HEADER) ^ (last << 17) ^ (last >> 7)
    else:
        for index in range(_HEADER, length):
            value ^= byte(buffer, at + index) << (8 * (index - _HEADER))
    packet[SAMPLE] = value


@helper
def _captured_twice(packet: Any, recent: Any) -> bool:
    """Whether this very packet was captured a moment ago at another interface."""
    for index in range(RECENT):
        known = recent[index]
        if (
            known["sequence"] == packet[SEQUENCE]
            and known["timestamp"] == packet[TIMESTAMP]
            and known["second_byte"] == packet[SECOND_BYTE]
            and known["sample"] == packet[SAMPLE]
            and abs(packet[TIME] - known["time"]) <= DUPLICATE_WINDOW
            and (known["ip_id"] == packet[IP_ID] or known["ip_id"] == 0 or packet[IP_ID] == 0)
            and abs(i64(known["ttl"]) - packet[TTL]) <= 1
        ):
            return True
    return False


@helper
def _remember(packet: Any, recent: Any, packets: int) -> None:
    """Keep what tells whether a later packet is this one again."""
    known = recent[packets & (RECENT - 1)]
    known["time"] = packet[TIME]
    known["sample"] = packet[SAMPLE]
    known["timestamp"] = packet[TIMESTAMP]
    known["ip_id"] = packet[IP_ID]
    known["sequence"] = packet[SEQUENCE]
    known["second_byte"] = packet[SECOND_BYTE]
    known["ttl"] = packet[TTL]


@helper
def _tally(stream: Any, number: int, payload_type: int, types: Any) -> None:
    """Another packet type begins: write down how many there were of the one before."""
    types[number, stream["type"]] += stream["type_run"]
    stream["type"] = payload_type
    stream["type_run"] = 0


@helper
def _close_second(stream: Any, number: int, seconds: Any, used: Any) -> None:
    """Write the row of the second that ends."""
    gone = missing(stream)
    row = seconds[used[0]]
    row["stream"] = number
    row["second"] = stream["second"]
    row["packets"] = stream["s_packets"]
    row["lost"] = max(gone - stream["s_missing"], 0)
    row["discarded"] = stream["late"][0] - stream["s_discarded"]
    row["jitter"] = stream["jitter"] if stream["jitter_count"] > 0 else np.nan
    row["delta_max"] = stream["s_delta_max"] / 1e6
    used[0] += 1
    stream["s_packets"] = 0
    stream["s_missing"] = gone
    stream["s_discarded"] = stream["late"][0]
    stream["gap_max"] = max(stream["gap_max"], stream["s_delta_max"])
    stream["s_delta_max"] = 0
    sample_skew(stream)
    sample_depth(stream)


@helper
def _note(noted: Any, used: Any, kind: int, index: int, number: int, value: int) -> None:
    """Hand out a row of which more is to be known than its count; there is room for _NOTES of each row."""
    note = noted[used[0]]
    note[0] = kind
    note[1] = index
    note[2] = number
    note[3] = value
    used[0] += 1


@helper
def _first_event(packet: Any) -> int:
    """What is kept of a telephone event that was on probation, whose row is gone, as `xivolab.rtp.dtmf.first_events` reads it."""
    body = packet[SAMPLE]  # event, end and volume, duration: the payload is shorter than a sample
    value = (body & 0xFF) << 16 | (body >> 16 & 0xFF) << 8 | (body >> 24 & 0xFF)
    value |= (body >> 14 & 3) << 24 | (packet[SECOND_BYTE] & 0x1F) << 26
    return value | -0x80000000 if packet[SECOND_BYTE] & 0x80 else value


@helper
def _change_type(stream: Any, number: int, payload_type: int, index: int, noted: Any, noted_used: Any) -> None:
    """Media of another type begins: a change unless it is the first."""
    before = stream["media_type"] - 1
    if before != payload_type:
        if before >= 0:
            stream["type_changes"] += 1
            _note(noted, noted_used, TYPE_CHANGE, index, number, (before << 8) | payload_type)
        stream["media_type"] = payload_type + 1


@helper
def _clock_of(payload_type: int, stream: Any, media_of: Any, clocks: Any) -> int:
    """Ticks per second of a type: what the receiver's SDP says, else the sender's; EVENT; 0 when nobody said."""
    if payload_type < 96:
        return STATIC_CLOCKS[payload_type]
    entry = media_of[stream["destination"]]
    if entry >= 0 and clocks[entry, payload_type] != 0:
        return clocks[entry, payload_type]
    entry = media_of[stream["source"]]
    return clocks[entry, payload_type] if entry >= 0 else i64(0)


@inlined
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
    gaps: Any,
    bursts: Any,
    index: int,
    noted: Any,
    noted_used: Any,
) -> None:
    """Count one RTP packet into its stream; `index` is its row, -1 when that is gone."""
    time = packet[TIME]
    payload_type = packet[SECOND_BYTE] & 0x7F
    stream = streams[number]
    now = (time - first_time) / 1e6
    first = stream["packets"] == 0
    known_clock = max(clock, 0)  # Wireshark knows none for events
    # An event: four bytes of a type that nobody announced may be one, too.
    event = clock == EVENT or (clock == 0 and payload_type >= 96 and packet[WIRE] == _HEADER + 4)
    noise = payload_type in (COMFORT_NOISE, COMFORT_NOISE_OLD)
    if first:
        stream["first_place"] = packet[PLACE]
        stream["media_type"] = 0 if event or noise else payload_type + 1
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
    if payload_type != stream["type"]:
        _tally(stream, number, payload_type, types)
        if not event and not noise:
            _change_type(stream, number, payload_type, index, noted, noted_used)
    if event:
        _note(noted, noted_used, TELEPHONE_EVENT, index, number, 0 if index >= 0 else _first_event(packet))
    stream["type_run"] += 1
    stream["packets"] += 1
    stream["bytes"] += packet[WIRE]
    stream["s_packets"] += 1
    stream["s_delta_max"] = max(stream["s_delta_max"], time - stream["last_time"])
    stream["last_time"] = time
    stream["last_place"] = packet[PLACE]
    recent = recents[number]
    # What is ahead of all others cannot be among the last few, and there is no need to look.
    maybe = not is_ahead(stream, packet[SEQUENCE]) or stream["packets"] <= stream["watched"]
    if maybe and _captured_twice(packet, recent):
        stream["capture_duplicates"] += 1
        return
    _remember(packet, recent, stream["packets"] - stream["capture_duplicates"])
    fate = NEW if first else count_sequence(stream, windows[number], gaps, bursts, number, packet[SEQUENCE])
    if fate == ANEW:
        _note(noted, noted_used, RESTART, index, number, 0)
    if event or noise:
        pause_timing(stream)
    elif clock > 0 and fate != DUPLICATE and fate != STRAY:
        count_timing(stream, time, packet[TIMESTAMP], clock)


@helper
def _follow(frame: int, updates: Any, used: Any, media_of: Any) -> int:
    """Apply the announcements up to `frame`; the frame of the next one."""
    while used[0] < len(updates) and updates[used[0], 0] <= frame:
        update = updates[used[0]]
        media_of[update[1]] = update[2]
        used[0] += 1
    return updates[used[0], 0] if used[0] < len(updates) else i64(_NEVER)


@helper
def candidate_slot(source: int, destination: int, ssrc: int, length: int) -> int:
    """The first place of a flow in a table of `length` (2^k) flows on probation."""
    value = (i64(source) * 0x045D9F3B + i64(destination) * 0x2C1B3C6D + i64(ssrc)) & 0xFFFFFFFF
    return (value ^ (value >> 15)) & (length - CANDIDATE_PLACES)


@helper
def _on_probation(source: int, destination: int, ssrc: int, time: int, candidates: Any, packets: Any) -> int:
    """The place of a flow on probation, or the one it may take: a free one, else that of the flow quiet for longest.

    -1 when all places are those of young flows, and the table can be made larger.
    """
    first = candidate_slot(source, destination, ssrc, len(candidates))
    free, oldest = -1, first
    for place in range(first, first + CANDIDATE_PLACES):
        known = candidates[place]
        if known[0] < 0:
            free = place
        elif known[0] == source and known[1] == destination and known[2] == ssrc:
            return place
        elif packets[place, TIME] < packets[oldest, TIME]:
            oldest = place
    if free >= 0:
        return free
    if len(candidates) < MOST_CANDIDATES and abs(time - packets[oldest, TIME]) < _PROBATION:
        return -1
    return oldest


@helper
def _goes_on(buffer: Any, at: int, packet: Any) -> bool:
    """Whether the RTP header at `at` follows a packet: the next one, or one a little later, with the timestamp of that."""
    step = (u16(buffer, at + 2) - packet[SEQUENCE]) & 0xFFFF
    if step == 1:
        return True
    ticks = (u32(buffer, at + 4) - packet[TIMESTAMP]) & 0xFFFFFFFF
    alike = (byte(buffer, at + 1) ^ packet[SECOND_BYTE]) & 0x7F == 0
    event = packet[WIRE] == _HEADER + 4  # the packets of one have one timestamp
    return alike and 1 < step <= MAX_MISORDER and (0 < ticks <= step * _MOST_TICKS or (event and ticks == 0))


@helper
def _begin(
    buffer: Any,
    row: Any,
    file: int,
    ends: int,
    ports: int,
    endpoints: tuple[Any, Any, Any],
    media_of: Any,
    stream_slots: Any,
    streams: Any,
    streams_used: Any,
    candidates: Any,
    candidate_packets: Any,
) -> tuple[int, int]:
    """A packet of no stream yet: the number of the stream that begins with it, and its place on probation or -1.

    The number is -1 when none begins, -1 - GROW_ENDPOINTS, -1 - GROW_STREAMS or -1 - GROW_CANDIDATES when there is no room.
    """
    slots, table, used = endpoints
    address, width = i64(row["address"]), 4 if row["version"] == 4 else 16
    source = intern(buffer, address, row["version"], row["sport"], slots, table, used)
    if source < 0:
        return -1 - GROW_ENDPOINTS, -1
    destination = intern(buffer, address + width, row["version"], row["dport"], slots, table, used)
    if destination < 0:
        return -1 - GROW_ENDPOINTS, -1
    number = streams_used[0]
    if number + 1 >= len(streams):
        return -1 - GROW_STREAMS, -1
    entry = media_of[destination]
    if entry == UNANNOUNCED:
        entry = media_of[source]
    ssrc = ports & 0xFFFFFFFF
    place = i64(-1)
    if entry < 0:
        at = i64(row["payload"])
        if 35 <= byte(buffer, at + 1) & 0x7F <= 95:  # RFC 3551 assigns none of these
            return -1, -1
        place = _on_probation(source, destination, ssrc, row["time"], candidates, candidate_packets)
        if place < 0:
            return -1 - GROW_CANDIDATES, -1
        known = candidates[place]
        same = known[0] == source and known[1] == destination and known[2] == ssrc
        if not same or not _goes_on(buffer, at, candidate_packets[place]):
            known[0] = source
            known[1] = destination
            known[2] = ssrc
            _read(buffer, row, file, candidate_packets[place])
            return -1, -1
    streams_used[0] += 1
    _place(number, ends, ports, stream_slots)
    stream = streams[number]
    stream["ends"] = ends
    stream["ports"] = ports
    stream["version"] = row["version"]
    stream["source"] = source
    stream["destination"] = destination
    stream["ssrc"] = ssrc
    return number, place


@kernel
def count_rtp(
    buffer: Any,
    rows: Any,
    first: int,
    count: int,
    file: int,
    first_time: int,
    faxing: bool,
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
    gaps: Any,
    bursts: Any,
    noted: Any,
    noted_used: Any,
) -> tuple[int, int]:
    """Count the RTP among rows[first:count]; where `faxing`, what may be UDPTL is noted.

    updates (u, 3) int64 = frame, endpoint, media entry, sorted by frame: applied as the frames pass; updates_used (1,)
    remembers how far. media_of (e,) int32 = the entry that applies to an endpoint now, UNANNOUNCED or NOT_RTP; clocks (m, 128) int64.
    candidates (2^k, 3) int64 = source, destination, SSRC, or -1 for none: the flows on probation,
    whose first packet is kept in candidate_packets (2^k, PACKET_FIELDS); packet (PACKET_FIELDS,) is room to work in.
    control (c,) int32 takes the indexes of RTCP rows; noted (n, 4) int32 = kind, index, stream, value of the rows of which
    more is to be known. gaps (s, GAPS, 2) int64 and bursts (s, HISTOGRAM) int32 are those of each stream.
    Returns the row where it stopped and why; to be called again from there when the full table has grown.

    Every packet of every call passes here, so what is added must not touch another cache line for each of them: a
    new figure of a stream goes into the fields of STREAM that are written anyway; what only some packets need (a type, a
    marker, a gap) stands behind a comparison with what is already loaded, in a helper of its own; what can be known at
    the end of a second or of the stream is made there.
    """
    next_update = _follow(-1, updates, updates_used, media_of)
    for index in range(first, count):
        row = rows[index]
        if row["frame"] >= next_update:
            next_update = _follow(row["frame"], updates, updates_used, media_of)
        if row["kind"] != UDP:
            continue
        at = i64(row["payload"])
        begins = i64(row["sequence"]) >> 24
        if begins >> 6 != 2 or row["length"] < 8:
            # STUN, DTLS, ZRTP (RFC 7983), UDPTL or nothing of ours
            if begins < (128 if faxing else 64) and row["length"] >= (LEAST_LENGTH if faxing else 8):
                if noted_used[0] + _NOTES >= len(noted):
                    return index, GROW_NOTED
                noted[noted_used[0], 0] = OTHER
                noted[noted_used[0], 1] = index
                noted_used[0] += 1
            continue
        second = byte(buffer, at + 1)
        if 192 <= second <= 223:
            if control_used[0] == len(control):
                return index, GROW_CONTROL
            control[control_used[0]] = index
            control_used[0] += 1
            continue
        if row["length"] < _HEADER:
            continue
        if seconds_used[0] + 2 >= len(seconds):
            return index, GROW_SECONDS
        if noted_used[0] + _NOTES >= len(noted):
            return index, GROW_NOTED
        ends = _ends(buffer, row["address"], row["version"])
        ports = (i64(row["sport"]) << 48) | (i64(row["dport"]) << 32) | u32(buffer, at + 8)
        number = _find(buffer, row, ends, ports, stream_slots, streams, table)
        place = i64(-1)
        if number < 0:
            number, place = _begin(
                buffer,
                row,
                file,
                ends,
                ports,
                (slots, table, endpoints_used),
                media_of,
                stream_slots,
                streams,
                streams_used,
                candidates,
                candidate_packets,
            )
            if number == -1:
                continue
            if number < 0:
                return index, -1 - number
        clock = _clock_of(second & 0x7F, streams[number], media_of, clocks)
        # Off probation the packet before counts as well. One call for both: it is compiled into this place.
        for turn in range(0 if place >= 0 else 1, 2):
            if turn == 0:
                for each in range(PACKET_FIELDS):
                    packet[each] = candidate_packets[place, each]
                candidates[place, 0] = -1  # it is a stream now
            else:
                _read(buffer, row, file, packet)
            _count(
                packet,
                number,
                first_time,
                clock,
                streams,
                windows,
                recents,
                types,
                seconds,
                seconds_used,
                gaps,
                bursts,
                index if turn == 1 else -1,
                noted,
                noted_used,
            )
    return count, FINISHED


@helper
def _other_kind(buffer: Any, at: int, length: int) -> int:
    """STUN, DTLS or ZRTP; -1 for what is none of them."""
    if length < 8:
        return -1
    first = byte(buffer, at)
    if first < 2 and u32(buffer, at + 4) == _MAGIC_COOKIE:
        return STUN
    if 20 <= first <= 63 and byte(buffer, at + 1) == 0xFE and byte(buffer, at + 2) >= 0xFC:
        return DTLS
    if first == 0x10 and u32(buffer, at + 4) == _ZRTP_COOKIE:
        return ZRTP
    return -1


@kernel
def count_others(
    buffer: Any,
    rows: Any,
    noted: Any,
    count: int,
    slots: Any,
    table: Any,
    others: Any,
    faxing: bool,
    expected: Any,
    fax: Any,
) -> None:
    """Count STUN, DTLS and ZRTP among noted[:count] into others (e, OTHERS) int32: what goes to endpoints that are known.

    What else goes to those where `expected` (e,) int32 is NOT_RTP is counted into fax (e, FAX_FIELDS) int64.
    """
    for place in range(count):
        if noted[place, 0] != OTHER:
            continue
        row = rows[noted[place, 1]]
        at = i64(row["payload"])
        kind = _other_kind(buffer, at, row["length"])
        if kind < 0 and not faxing:
            continue
        version = row["version"]
        to = i64(row["address"]) + (4 if version == 4 else 16)
        endpoint = find_known(buffer, to, version, row["dport"], slots, table)
        if not 0 <= endpoint < len(others):
            continue
        if kind >= 0:
            others[endpoint, kind] += 1
        elif expected[endpoint] == NOT_RTP:
            count_udptl(fax[endpoint], u16(buffer, at))


@kernel
def close_streams(
    streams: Any, count: int, types: Any, seconds: Any, seconds_used: Any, gaps: Any, bursts: Any
) -> None:
    """Write the last, unfinished second of every stream, its last types and gaps; `seconds` must have `count` rows free."""
    for number in range(count):
        stream = streams[number]
        _tally(stream, number, stream["type"], types)
        close_gaps(stream, gaps[number], bursts[number])
        if stream["s_packets"] > 0:
            _close_second(stream, number, seconds, seconds_used)


@kernel
def place_streams(slots: Any, streams: Any, count: int) -> None:
    """Fill new `slots` for streams[:count]."""
    for number in range(count):
        stream = streams[number]
        _place(number, stream["ends"], stream["ports"], slots)


@kernel
def place_candidates(candidates: Any, packets: Any, larger: Any, larger_packets: Any) -> None:
    """Fill a larger table of flows on probation, empty (-1), and of their packets; one that finds no place is dropped."""
    for index in range(len(candidates)):
        flow = candidates[index]
        if flow[0] < 0:
            continue
        first = candidate_slot(flow[0], flow[1], flow[2], len(larger))
        for place in range(first, first + CANDIDATE_PLACES):
            if larger[place, 0] < 0:
                for each in range(3):
                    larger[place, each] = flow[each]
                for each in range(PACKET_FIELDS):
                    larger_packets[place, each] = packets[index, each]
                break

"""What is remembered of each RTP stream while its packets pass: nothing grows with their number but one row a second."""

from __future__ import annotations

import numpy as np

STREAM = np.dtype(
    [
        # What every packet reads or writes comes first: a stream is found, counted and left in a few cache lines.
        # identity
        ("ends", np.int64),  # the addresses, folded for IPv6
        ("ports", np.int64),  # source port, destination port, SSRC, from the highest bits on
        ("source", np.int32),  # endpoint numbers
        ("destination", np.int32),
        ("version", np.int32),  # of IP
        ("w_under", np.int32),
        ("packets", np.int64),  # as captured
        ("bytes", np.int64),  # of UDP payload, as sent
        ("first_time", np.int64),
        ("last_time", np.int64),
        ("last_place", np.int64),  # frame, and file from bit 40 on
        ("type", np.int64),  # of the last packet
        ("type_run", np.int64),  # how many of that type in a row are not in the table of types yet
        # sequence numbers (RFC 3550, A.1)
        ("max_seq", np.int64),  # extended
        ("bad_seq", np.int64),  # where a restart would go on; -1 for none
        ("unique", np.int64),
        ("watched", np.int64),  # up to this packet, one in order may be a capture duplicate: a stray was before it
        # timing (RFC 3550, A.8) and the play-out buffer
        ("time", np.int64),  # of the last packet that counted; -1 after an event or comfort noise
        ("timestamp", np.int64),
        ("clock", np.int64),
        ("jitter", np.float64),  # ms
        ("jitter_sum", np.float64),
        ("jitter_count", np.int64),
        ("paused", np.int64),  # an event or comfort noise was last
        ("ptime_ticks", np.int64),  # the usual step of the timestamp, and how sure that is
        ("ptime_votes", np.int64),
        ("transit", np.float64),  # ms more than the first packet's
        ("s_transit", np.float64),  # of the quickest packet of the second
        ("behind", np.float64),  # ms after the quickest packet: of the fixed jitter buffers
        ("offset", np.float64),  # ms after the mean transit: of the adaptive one
        ("spread", np.float64),  # its mean deviation, ms
        ("run", np.int32, (4,)),  # late packets in a row, for each buffer
        # Wireshark 4.0, bug for bug
        ("w_time", np.float64),  # ms since the first frame of the file
        ("w_first_timestamp", np.int64),
        ("w_nominal", np.float64),
        ("w_start_seq", np.int64),
        ("w_stop_seq", np.int64),
        ("w_type", np.int64),
        ("w_total", np.int64),
        ("w_delta", np.float64),
        ("w_delta_max", np.float64),
        ("w_jitter", np.float64),
        ("w_jitter_max", np.float64),
        ("w_jitter_mean", np.float64),
        ("w_clock", np.int64),
        # the second being counted
        ("second", np.int64),
        ("s_packets", np.int64),
        ("s_delta_max", np.int64),  # ns
        # What changes now and then.
        ("s_missing", np.int64),  # expected − unique when the second began
        ("s_discarded", np.int64),  # discarded when the second began
        ("w_cycles", np.int64),
        ("ssrc", np.int64),
        ("unclocked", np.int64),  # packets of a dynamic type whose clock was not known when they passed
        ("capture_duplicates", np.int64),
        ("base_seq", np.int64),
        ("expected_before", np.int64),  # of the counts closed by restarts
        ("unique_before", np.int64),
        ("duplicates", np.int64),
        ("out_of_order", np.int64),
        ("restarts", np.int64),
        ("first_place", np.int64),
        ("media_type", np.int64),  # the last type but events and comfort noise, plus 1
        ("type_changes", np.int64),
        ("gap_max", np.int64),  # ns
        ("gaps", np.int64),  # in the sequence numbers, filled ones included
        ("loss_bursts", np.int64),
        ("burst_max", np.int64),
        ("depth_sum", np.float64),  # what the adaptive buffer waited (ms) at the end of so many seconds
        ("depth_count", np.int64),
        ("late", np.int64, (3,)),  # for each jitter buffer: packets that came too late, and in how many runs
        ("late_runs", np.int64, (3,)),
        ("skew", np.float64, (5,)),  # sums of 1, t, x, t², tx over transit x (ms) at second t
    ],
    align=True,
)

SECOND = np.dtype(
    [
        ("stream", np.int32),
        ("second", np.int32),
        ("packets", np.int32),
        ("lost", np.int32),
        ("discarded", np.int32),
        ("jitter", np.float64),  # ms
        ("delta_max", np.float64),  # ms
    ],
    align=True,
)

WINDOW = 2048
"""Sequence numbers back from the highest for which each stream remembers whether they were seen; a power of two."""

RECENT = 16
"""Packets of each stream that a capture duplicate is looked for in: of a burst all copies may come behind it."""

RECENT_PACKET = np.dtype(
    [
        ("time", np.int64),
        ("sample", np.int64),
        ("timestamp", np.uint32),
        ("ip_id", np.uint32),
        ("sequence", np.uint16),
        ("second_byte", np.uint8),
        ("ttl", np.uint8),
    ],
    align=True,
)
"""What is remembered of them; the fields are those of a packet below."""

TIME, SEQUENCE, TIMESTAMP, IP_ID, TTL, SECOND_BYTE, WIRE, SAMPLE, PLACE = range(9)
PACKET_FIELDS = 9
"""What is read of one RTP packet: arrival (ns), sequence number, RTP timestamp, IP id, TTL, marker and type, bytes sent,
a sample of the payload, and its frame (with its file from bit 40 on)."""

TELEPHONE_EVENT, TYPE_CHANGE, RESTART, OTHER = 0, 1, 2, 3
"""What the kernel notes of single packets: an event of RFC 4733, another payload type (old and new, 8 bits each), a restart,
and what is no RTP but may have to do with it."""

STUN, DTLS, ZRTP = 0, 1, 2
OTHERS = 3
"""Other protocols on the ports of RTP that are counted (RFC 7983; RFC 6189, 5)."""

EVENT = -1
"""In a table of clocks: the type is a telephone-event (RFC 4733); 0 is a type nobody announced."""

UNANNOUNCED, NOT_RTP = -1, -2
"""Instead of a media entry: no SDP named the endpoint, or the last one that did announced other media there (T.38)."""

COMFORT_NOISE = 13
COMFORT_NOISE_OLD = 19

STATIC_CLOCKS = np.zeros(96, np.int64)
"""Clock rates of the static payload types (RFC 3551, table 4 and 5), 0 where there is none."""
STATIC_CLOCKS[[0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 15, 18, 19]] = 8000
STATIC_CLOCKS[6] = 16000
STATIC_CLOCKS[[10, 11]] = 44100
STATIC_CLOCKS[[14, 25, 26, 28, 31, 32, 33, 34]] = 90000
STATIC_CLOCKS[16] = 11025
STATIC_CLOCKS[17] = 22050

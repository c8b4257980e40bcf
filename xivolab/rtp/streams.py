"""The tables of streams and of their seconds, from the states that the kernel left. Column by column: there may be thousands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.rtp import emodel
from xivolab.rtp.announced import TYPES, Announced
from xivolab.rtp.bursts import HISTOGRAM
from xivolab.rtp.codecs import Impairment, Impairments, impairment_of
from xivolab.rtp.counter import RtpCounter
from xivolab.rtp.playout import BUFFERS
from xivolab.rtp.remote import remote_columns
from xivolab.rtp.reports import RemoteView, StreamKey
from xivolab.rtp.scores import depth_ms, main_rating, score
from xivolab.rtp.seconds import seconds_table
from xivolab.rtp.skew import skew_ppm
from xivolab.rtp.state import COMFORT_NOISE, COMFORT_NOISE_OLD, DTLS, STUN, ZRTP
from xivolab.rtp.state import STREAM as STATE
from xivolab.rtp.told import ToldStream, limit_streams
from xivolab.rtp.udptl import LOST, PACKETS
from xivolab.schema import NULL_INT, STREAM
from xivolab.sip.payload_types import STATIC_PAYLOAD_TYPES
from xivolab.table import Table

LEAST_PACKETS = 4
"""A flow that no SDP announced is taken for RTP from this many packets on."""

UDP_HEADER, IPV4_HEADER, IPV6_HEADER = 8, 20, 40
"""Bytes of the headers below RTP (RFC 768, 791, 8200), without options and extensions."""

_RTP_HEADER = 12
_FRAME = (1 << 40) - 1
_LEAST_FRAMES = 3  # so many packets of the same length in a row make a packet time
_VIDEO_CLOCK = 90000  # its packets have no fixed length

StreamNumber = tuple[int, int]
"""Index of a counter, and of a stream in it."""

_ROWS_AT_ONCE = 4096


class StreamTables:
    """What the `counters` found: `streams` (`call` is null) by start, src, dst and SSRC, and `quality`, their seconds."""

    def __init__(
        self,
        counters: Sequence[RtpCounter],
        announced: Announced,
        remote: Mapping[StreamKey, RemoteView],
        told: Mapping[StreamNumber, ToldStream] | None = None,
    ) -> None:
        self.announced = announced
        self._counters = counters
        numbers = [(c, n) for c, counter in enumerate(counters) for n in range(len(counter.streams))]
        self._states = _joined([counter.streams for counter in counters], np.zeros(0, STATE))
        self._types = _joined([counter.types for counter in counters], np.zeros((0, TYPES), np.int32))
        self._bursts = _joined([counter.bursts for counter in counters], np.zeros((0, HISTOGRAM), np.int32))
        expected = [
            announced.any_for(int(s)) or announced.any_for(int(d))
            for s, d in zip(self._states["source"], self._states["destination"], strict=True)
        ]
        kept = np.flatnonzero(np.array(expected, np.bool_) | (self._states["packets"] >= LEAST_PACKETS))
        self._order(kept)
        self.numbers = [numbers[row] for row in self._rows]
        self._remote = remote
        self._events: set[tuple[int, int]] = set()
        known = told or {}
        self._told = [known.get(number) for number in self.numbers]

    def joined_by(
        self, counter: RtpCounter, told: Mapping[int, ToldStream], remote: Mapping[StreamKey, RemoteView]
    ) -> StreamTables:
        """Tables with the streams of another counter too, which lines of logs tell: `told` by the number in it."""
        number = self.next_counter
        joined = StreamTables(
            [*self._counters, counter],
            self.announced,
            {**self._remote, **remote},
            {(number, stream): one for stream, one in told.items()},
        )
        joined.learn_events((joined.row_of[self.numbers[row]], payload_type) for row, payload_type in self._events)
        return joined

    def spans(self, place: str, *, to: bool) -> list[tuple[int, int]]:
        """When the streams `to` (or from) an "ip:port" began and ended, in ns."""
        if place not in self._spans[to]:
            return []
        rows = self._spans[to][place]
        return list(
            zip(self._states["first_time"][rows].tolist(), self._states["last_time"][rows].tolist(), strict=True)
        )

    @cached_property
    def _spans(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """The rows of the streams by source, and by destination."""
        found: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        for places, rows in zip((self._src, self._dst), found, strict=True):
            for row, place in enumerate(places):
                rows.setdefault(place, []).append(row)
        return found

    @property
    def next_counter(self) -> int:
        """The index that another counter will have."""
        return len(self._counters)

    def learn_events(self, found: Iterable[tuple[int, int]]) -> None:
        """Streams, by row, and payload types that turned out to be telephone events, whatever SDP said."""
        self._events.update(found)

    def _order(self, kept: NDArray[Any]) -> None:
        """Put the streams in order, and everything that is held of them."""
        name = self.announced.endpoints.name
        src = [name(int(n)) for n in self._states["source"][kept]]
        dst = [name(int(n)) for n in self._states["destination"][kept]]
        start, ssrc = self._states["first_time"][kept].tolist(), self._states["ssrc"][kept].tolist()
        order = sorted(range(len(kept)), key=lambda n: (start[n], src[n], dst[n], ssrc[n]))
        self._rows = kept[order].tolist() if order else []
        self._src, self._dst = [src[n] for n in order], [dst[n] for n in order]
        self._states, self._types, self._bursts = (a[self._rows] for a in (self._states, self._types, self._bursts))

    @cached_property
    def ids(self) -> list[str]:
        """An id for each stream: two alike (one capture given twice) get different ones, in order."""
        ids: list[str] = []
        seen: dict[str, int] = {}
        columns = (self._states["ssrc"].tolist(), self._src, self._dst, self._states["first_time"].tolist(), self._told)
        for ssrc, src, dst, start, one in zip(*columns, strict=True):
            text = f"{ssrc:08x} {src} {dst} {start}" if one is None else f"{one.key} {start}"
            name = hashlib.sha256(text.encode()).hexdigest()[:12]
            count = seen[name] = seen.get(name, 0) + 1
            ids.append(name if count == 1 else f"{name}-{count}")
        return ids

    @cached_property
    def row_of(self) -> dict[StreamNumber, int]:
        """The row of each stream that is in the table."""
        return {number: row for row, number in enumerate(self.numbers)}

    @cached_property
    def main_types(self) -> NDArray[np.int64]:
        """The payload type of most packets; of events and comfort noise only where there is nothing else."""
        found = np.zeros(len(self._types), np.int64)
        for first in range(0, len(found), _ROWS_AT_ONCE):
            rows = slice(first, first + _ROWS_AT_ONCE)
            media = self._types[rows].copy()
            media[:, [COMFORT_NOISE, COMFORT_NOISE_OLD]] = 0
            for row, ends in enumerate(self._ends[rows]):
                for endpoint in filter(self.announced.any_for, ends):
                    media[row, self.announced.events(endpoint)] = 0
            for row, payload_type in self._events:
                if first <= row < first + len(media):
                    media[row - first, payload_type] = 0
            media = np.where(media.any(axis=1, keepdims=True), media, self._types[rows])
            found[rows] = np.argmax(media, axis=1)
        return found

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        return list(zip(self._states["source"].tolist(), self._states["destination"].tolist(), strict=True))

    def codec(self, row: int, payload_type: int) -> str | None:
        """The name of a payload type in a stream: what SDP says, else RFC 3551."""
        source, destination = int(self._states["source"][row]), int(self._states["destination"][row])
        told = self.announced.name(payload_type, destination, source, int(self._states["last_time"][row]))
        if told is None and (row, payload_type) in self._events:
            return "telephone-event"
        return told or STATIC_PAYLOAD_TYPES.get(payload_type, (None,))[0]

    def clock(self, row: int, payload_type: int) -> int | None:
        """The ticks per second of a payload type in a stream, of events too, where SDP tells them."""
        source, destination = int(self._states["source"][row]), int(self._states["destination"][row])
        return self.announced.clock(payload_type, destination, source, int(self._states["last_time"][row]))

    def is_event(self, row: int, payload_type: int) -> bool:
        """Whether an end of the stream announced telephone events under that type."""
        ends = (int(self._states["source"][row]), int(self._states["destination"][row]))
        return any(bool(self.announced.events(end)[payload_type]) for end in ends)

    def places(self, row: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """File and frame of the first and of the last packet of a stream."""
        first, last = int(self._states["first_place"][row]), int(self._states["last_place"][row])
        return (first >> 40, first & _FRAME), (last >> 40, last & _FRAME)

    @cached_property
    def _codecs(self) -> list[str | None]:
        return [self.codec(row, payload_type) for row, payload_type in enumerate(self.main_types.tolist())]

    @cached_property
    def _impairments(self) -> list[Impairment | None]:
        """What is known of each codec at the rate it has; None as well where no packet could be timed."""
        counted, sizes = self._states["jitter_count"].tolist(), self._payload_bytes.tolist()
        found: list[Impairment | None] = []
        for codec, packets, size in zip(self._codecs, counted, sizes, strict=True):
            found.append(impairment_of(codec, size) if packets else None)
        return found

    @property
    def _payload_bytes(self) -> NDArray[np.float64]:
        """Mean of the bytes in a packet behind the RTP header."""
        return np.asarray(self._states["bytes"] / np.maximum(self._states["packets"], 1) - _RTP_HEADER, np.float64)

    @cached_property
    def streams(self) -> Table:
        """One row for each stream."""
        s = self._states
        expected = s["expected_before"] + s["max_seq"] - s["base_seq"] + 1
        lost = np.maximum(expected - s["unique_before"] - s["unique"], 0)
        heard = s["w_clock"] != 0
        headers = UDP_HEADER + np.where(s["version"] == 6, IPV6_HEADER, IPV4_HEADER).astype(np.int64)
        remote = remote_columns(self._remote, s, self._src, self._dst)
        columns: dict[str, Any] = {
            "id": self.ids,
            "ssrc": [f"0x{ssrc:08x}" for ssrc in s["ssrc"].tolist()],
            "src": self._src,
            "dst": self._dst,
            "payload_type": self.main_types,
            "codec": self._codecs,
            "packets": s["packets"],
            "ip_bytes": s["bytes"] + s["packets"] * headers,
            "expected": expected,
            "lost": lost,
            "lost_pct": 100.0 * lost / np.maximum(expected, 1),
            "duplicates": s["duplicates"],
            "out_of_order": s["out_of_order"],
            "capture_duplicates": s["capture_duplicates"],
            "wireshark_lost": s["w_stop_seq"] + s["w_cycles"] * 65536 - s["w_start_seq"] + 1 - s["packets"],
            "jitter_mean_ms": np.where(heard, s["w_jitter_mean"], np.nan),
            "jitter_max_ms": np.where(heard, s["w_jitter_max"], np.nan),
            "delta_max_ms": s["w_delta_max"],
            "jitter_rfc_ms": _ratio(s["jitter_sum"], s["jitter_count"]),
            **remote,
            **self._quality_columns(expected, lost, np.asarray(remote["rtt_ms"], np.float64)),
            **self._burst_columns(lost, expected),
            "restarts": s["restarts"],
            "payload_types": [np.flatnonzero(types).tolist() for types in self._types],
            "payload_type_changes": s["type_changes"],
            "ptime_ms": self._packet_times(),
            "ptime_sdp_ms": np.full(len(s), np.nan),
            "gap_max_ms": s["gap_max"] / 1e6,
            "clock_skew_ppm": skew_ppm(s),
            **self._other_columns(),
            "srtp": [None] * len(s),
            "matched_by": [None] * len(s),
            "start": s["first_time"],
            "end": s["last_time"],
            "call": [None] * len(s),
            "file": [None if one is None else one.file for one in self._told],
            "line": np.where([one is None for one in self._told], NULL_INT, s["first_place"] & _FRAME),
            "time_resolution_ms": np.array(
                [np.nan if one is None or one.resolution_ms is None else one.resolution_ms for one in self._told]
            ),
        }
        limit_streams(columns, self._told)
        return Table(STREAM, {field.name: _column(columns[field.name]) for field in STREAM.fields})

    def _quality_columns(self, expected: Any, lost: Any, rtt_ms: NDArray[np.float64]) -> dict[str, Any]:
        """R and MOS: the main ones, and behind each simulated buffer."""
        known = Impairments.of(self._impairments)
        assumed = np.array([one is not None and one.assumed for one in self._impairments], np.bool_)
        rating = main_rating(self._states, known, expected, lost, rtt_ms)
        mos = emodel.mos(known, rating)
        columns: dict[str, Any] = {
            "mos": np.where(assumed, np.nan, mos),
            "mos_assumed": np.where(assumed, mos, np.nan),
            "mos_scale": [one.scale if one else None for one in self._impairments],
            "r_factor": np.where(assumed, np.nan, rating),
        }
        path = np.nan_to_num(rtt_ms / 2)
        for buffer in BUFFERS:
            behind = score(self._states, known, buffer, expected, lost, path, self._packet_times())
            columns[f"late_{buffer}"] = behind.late
            columns[f"mos_lq_{buffer}"] = behind.mos_lq
            columns[f"mos_cq_{buffer}"] = behind.mos_cq
        columns["buffer_adaptive_ms"] = np.where(
            self._states["depth_count"] > 0, depth_ms(self._states, "adaptive"), np.nan
        )
        return columns

    def _burst_columns(self, lost: Any, expected: Any) -> dict[str, Any]:
        """Runs of packets lost on the way."""
        runs = self._states["loss_bursts"]
        share = np.minimum(lost / np.maximum(expected, 1), 1.0)
        some = runs > 0
        return {
            "loss_bursts": runs,
            "burst_mean": np.where(some, _ratio(lost, runs), np.nan),
            "burst_max": self._states["burst_max"],
            "burst_ratio": np.where(some, emodel.burst_ratio(lost, runs, share), np.nan),
            "burst_histogram": [row.tolist() for row in self._bursts[:, :HISTOGRAM]],
        }

    def _other_columns(self) -> dict[str, Any]:
        """What else went to the port that a stream goes to."""
        counts = np.zeros((len(self._states), 3), np.int64)
        for counter in self._counters:
            counts += counter.others[self._states["destination"]]
        return {name: counts[:, kind] for name, kind in (("stun", STUN), ("dtls", DTLS), ("zrtp", ZRTP))}

    def _packet_times(self) -> NDArray[np.float64]:
        """How much sound most packets hold (ms): by their timestamps, of audio."""
        s = self._states
        sure = (s["ptime_votes"] >= _LEAST_FRAMES) & (s["ptime_ticks"] > 0) & (s["clock"] != _VIDEO_CLOCK)
        return np.where(sure, _ratio(s["ptime_ticks"] * 1000.0, s["clock"]), np.nan)

    @cached_property
    def fax(self) -> dict[str, tuple[int, int]]:
        """For each "ip:port" that got fax packets (UDPTL) how many came, and how many are missing."""
        found: dict[str, tuple[int, int]] = {}
        for counter in self._counters:
            for endpoint in np.flatnonzero(counter.fax[:, PACKETS]).tolist():
                name = self.announced.endpoints.name(endpoint)
                came, lost = found.get(name, (0, 0))
                found[name] = came + int(counter.fax[endpoint, PACKETS]), lost + int(counter.fax[endpoint, LOST])
        return found

    @cached_property
    def quality(self) -> Table:
        """One row for each second of each stream, in the order of the streams."""
        return seconds_table(
            [self._counters[counter].seconds for counter in range(len(self._counters))],
            self.numbers,
            self.ids,
            self._impairments,
            self._packet_times(),
            {name: one for name, one in zip(self.ids, self._told, strict=True) if one is not None},
        )


def _joined(arrays: Sequence[NDArray[Any]], empty: NDArray[Any]) -> NDArray[Any]:
    """All rows; not copied where there is one array, as nearly always."""
    return arrays[0] if len(arrays) == 1 else np.concatenate([empty, *arrays])


def _ratio(above: Any, below: Any) -> NDArray[np.float64]:
    """NaN where there is nothing below."""
    return np.where(below > 0, above / np.maximum(below, 1), np.nan)


def _column(values: Any) -> NDArray[Any]:
    if isinstance(values, np.ndarray):
        return values
    made = np.empty(len(values), object)
    made[:] = values
    return made

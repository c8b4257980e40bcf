"""The tables of streams and of their seconds, from the states that the kernel left."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.rtp import emodel
from xivolab.rtp.announced import Announced
from xivolab.rtp.codecs import IMPAIRMENTS, Impairment
from xivolab.rtp.counter import RtpCounter
from xivolab.rtp.reports import RemoteView, StreamKey
from xivolab.rtp.state import COMFORT_NOISE, COMFORT_NOISE_OLD, EVENT
from xivolab.rtp.timing import BUFFER_MS
from xivolab.schema import QUALITY, STREAM
from xivolab.sip.payload_types import STATIC_PAYLOAD_TYPES
from xivolab.table import Table

LEAST_PACKETS = 4
"""A flow that no SDP announced is taken for RTP from this many packets on."""

UDP_HEADER, IPV4_HEADER, IPV6_HEADER = 8, 20, 40
"""Bytes of the headers below RTP (RFC 768, 791, 8200), without options and extensions."""

Row = dict[str, Any]


def stream_tables(
    counters: list[RtpCounter], announced: Announced, remote: Mapping[StreamKey, RemoteView]
) -> tuple[Table, Table]:
    """The streams (`call` is null) sorted by start, src, dst and SSRC, and their seconds."""
    found: list[tuple[Row, NDArray[Any], Impairment | None]] = []
    for counter in counters:
        order = np.argsort(counter.seconds["stream"], kind="stable")
        seconds = counter.seconds[order]
        starts = np.searchsorted(seconds["stream"], np.arange(len(counter.streams) + 1))
        for number, state in enumerate(counter.streams):
            told = {int(state["source"]), int(state["destination"])} & announced.history.keys()
            if not told and state["packets"] < LEAST_PACKETS:
                continue
            row, codec = _row(state, counter.types[number], announced, remote)
            found.append((row, seconds[starts[number] : starts[number + 1]], codec))
    found.sort(key=lambda f: (f[0]["start"], f[0]["src"], f[0]["dst"], f[0]["ssrc"]))
    _number_twins([row for row, _, _ in found])
    streams = Table.from_rows(STREAM, [row for row, _, _ in found])
    return streams, _quality(found)


def _address(endpoint: str) -> str:
    return endpoint.rpartition(":")[0].strip("[]")


def _row(
    state: Any, types: NDArray[np.int32], announced: Announced, remote: Mapping[StreamKey, RemoteView]
) -> tuple[Row, Impairment | None]:
    source, destination = int(state["source"]), int(state["destination"])
    src, dst = announced.endpoints.name(source), announced.endpoints.name(destination)
    start, end = int(state["first_time"]), int(state["last_time"])
    payload_type = _main_type(types, announced, source, destination)
    codec = announced.name(payload_type, destination, source, start, end)
    if codec is None and payload_type in STATIC_PAYLOAD_TYPES:
        codec = STATIC_PAYLOAD_TYPES[payload_type][0]
    expected = int(state["expected_before"] + state["max_seq"] - state["base_seq"]) + 1
    lost = max(expected - int(state["unique_before"] + state["unique"]), 0)
    wireshark_expected = int(state["w_stop_seq"] + state["w_cycles"] * 65536 - state["w_start_seq"]) + 1
    view = remote.get((int(state["ssrc"]), _address(src), _address(dst)), None)
    clock = int(state["clock"])
    heard = int(state["w_clock"]) != 0
    rtt = view.rtt_ms if view else None
    impairment = IMPAIRMENTS.get((codec or "").upper())
    rating = _rating(impairment, state, expected, lost, rtt) if impairment and state["jitter_count"] else None
    row: Row = {
        "id": hashlib.sha256(f"{state['ssrc']:08x} {src} {dst} {start}".encode()).hexdigest()[:12],
        "ssrc": f"0x{int(state['ssrc']):08x}",
        "src": src,
        "dst": dst,
        "payload_type": payload_type,
        "codec": codec,
        "packets": int(state["packets"]),
        "ip_bytes": int(state["bytes"])
        + int(state["packets"]) * (UDP_HEADER + (IPV6_HEADER if src[0] == "[" else IPV4_HEADER)),
        "expected": expected,
        "lost": lost,
        "lost_pct": 100.0 * lost / expected,
        "duplicates": int(state["duplicates"]),
        "out_of_order": int(state["out_of_order"]),
        "capture_duplicates": int(state["capture_duplicates"]),
        "wireshark_lost": wireshark_expected - int(state["packets"]),
        "jitter_mean_ms": float(state["w_jitter_mean"]) if heard else None,
        "jitter_max_ms": float(state["w_jitter_max"]) if heard else None,
        "delta_max_ms": float(state["w_delta_max"]),
        "jitter_rfc_ms": float(state["jitter_sum"] / state["jitter_count"]) if state["jitter_count"] else None,
        "remote_lost_pct": _remote_loss(view, int(state["base_seq"])) if view else None,
        "remote_jitter_ms": view.jitter * 1000.0 / clock if view and clock else None,
        "rtt_ms": rtt,
        "mos": float(emodel.mos(impairment, rating)) if impairment and rating is not None else None,
        "mos_scale": impairment.scale if impairment and rating is not None else None,
        "r_factor": rating,
        "start": start,
        "end": end,
        "call": None,
    }
    return row, impairment


def _main_type(types: NDArray[np.int32], announced: Announced, source: int, destination: int) -> int:
    """The payload type of most packets; of events and comfort noise only where there is nothing else."""
    counts = types.astype(np.int64)
    media = counts.copy()
    media[[COMFORT_NOISE, COMFORT_NOISE_OLD]] = 0
    for endpoint in (source, destination):
        for _, _, entry in announced.history.get(endpoint, ()):
            media[announced.clocks[entry] == EVENT] = 0
    return int(np.argmax(media if media.any() else counts))


def _rating(codec: Impairment, state: Any, expected: int, lost: int, rtt: float | None) -> float:
    """R of the whole stream: what the network lost and what the play-out buffer would throw away."""
    gone = lost + int(state["discarded"])
    share = gone / expected
    burst = max(1.0, gone / int(state["bursts"]) * (1 - share)) if state["bursts"] else 1.0
    one_way = 0.0 if rtt is None else rtt / 2 + BUFFER_MS
    return float(emodel.rating(codec, 100.0 * share, burst, one_way))


def _remote_loss(view: RemoteView, base: int) -> float | None:
    """Cumulative loss of the last report, in percent of what the receiver expected by then."""
    expected = (view.highest & 0xFFFFFFFF) - (base & 0xFFFF) + 1
    if expected <= 0:
        return None
    return min(100.0, max(0.0, 100.0 * view.lost / expected))


def _number_twins(rows: list[Row]) -> None:
    """Two streams with the same id (one capture given twice) get different ones, in order."""
    seen: dict[str, int] = {}
    for row in rows:
        count = seen[row["id"]] = seen.get(row["id"], 0) + 1
        if count > 1:
            row["id"] += f"-{count}"


def _quality(found: list[tuple[Row, NDArray[Any], Impairment | None]]) -> Table:
    """One row per stream and second, in the order of the streams."""
    rows: list[Row] = []
    for row, seconds, codec in found:
        sent = np.maximum(seconds["packets"] + seconds["lost"], 1)
        loss = 100.0 * np.minimum((seconds["lost"] + seconds["discarded"]) / sent, 1.0)
        mos = emodel.mos(codec, emodel.rating(codec, loss)) if codec else np.full(len(seconds), np.nan)
        for second, score in zip(seconds, mos, strict=True):
            rows.append(
                {
                    "id": f"{row['id']}/{second['second']}",
                    "stream": row["id"],
                    "second": int(second["second"]),
                    "packets": int(second["packets"]),
                    "lost": int(second["lost"]),
                    "jitter_ms": float(second["jitter"]),
                    "delta_max_ms": float(second["delta_max"]),
                    "mos": float(score),
                }
            )
    return Table.from_rows(QUALITY, rows)

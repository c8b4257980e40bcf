"""The tables of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.schema import CLOCK_OFFSET, COMPARED_CALL, COMPARED_MESSAGE, COMPARED_STREAM, REWRITE
from xivolab.table import Table
from xivolab.work.compare.call_pairs import CallPair, pair_calls, start
from xivolab.work.compare.clocks import TO_A, TO_B
from xivolab.work.compare.delays import Passage, passage
from xivolab.work.compare.matching import Matching, Met, Verdict
from xivolab.work.compare.media import StreamPair
from xivolab.work.compare.rewriting import Rewrite, rewrites
from xivolab.work.compare.sides import Side

Row = dict[str, Any]
WAY_NAMES = {TO_B: "a-to-b", TO_A: "b-to-a"}


class Tables:
    """The rows of all tables; each table is made when it is first asked for."""

    def __init__(self, matching: Matching) -> None:
        self.matching = matching

    @cached_property
    def calls(self) -> Table:
        """One row for each call."""
        return Table.from_rows(COMPARED_CALL, [self._call(pair) for pair in self.call_pairs])

    @cached_property
    def messages(self) -> Table:
        """One row for each message, by A's clock."""
        return Table.from_rows(COMPARED_MESSAGE, [self._message(one) for one in self.matching.messages])

    @cached_property
    def streams(self) -> Table:
        """One row for each stream, those of both points first, by start."""
        rows = [self._stream_of_both(pair) for pair in self.matching.streams]
        for side, at_a in ((self.matching.a, True), (self.matching.b, False)):
            paired = {row for pair in self.matching.streams for row in (pair.a if at_a else pair.b)}
            rows += [self._stream_of_one(row, at_a) for row in range(len(side.streams)) if row not in paired]
        return Table.from_rows(COMPARED_STREAM, rows)

    @cached_property
    def rewrites(self) -> Table:
        """One row for each difference of each message."""
        rows = [
            self._rewrite(one, number, found)
            for one in self.matching.messages
            for number, found in enumerate(self.rewrites_of(one), 1)
        ]
        return Table.from_rows(REWRITE, rows)

    @cached_property
    def offset(self) -> Table:
        """One row: the clocks, and when both points were captured."""
        found, common = self.matching.offset, self.matching.common
        names = self.matching.a.name, self.matching.b.name
        known = found.ways != "none"
        row = {
            "id": _id(*names, found.seconds),
            "a": names[0],
            "b": names[1],
            "offset_s": found.seconds if known else None,
            "at": round(found.at * 1e9) if known else None,
            "drift_ppm": found.drift_ppm,
            "drift_plus_minus_ppm": found.drift_plus_minus_ppm,
            "plus_minus_s": found.plus_minus_s,
            "ways": found.ways,
            "rtp_pairs": found.rtp_pairs,
            "sip_pairs": found.sip_pairs,
            "common_start": common[0] if common else None,
            "common_end": common[1] if common else None,
        }
        return Table.from_rows(CLOCK_OFFSET, [row])

    @cached_property
    def call_pairs(self) -> list[CallPair]:
        """The calls of both points."""
        return pair_calls(self.matching)

    def rewrites_of(self, one: Met) -> list[Rewrite]:
        """What a message had changed between the points."""
        if one.a is None or one.b is None:
            return []
        key = (one.a, one.b)
        if key not in self._rewrites:
            a, b = self.matching.a, self.matching.b
            sides = [(a, one.a), (b, one.b)]
            if one.way == TO_A:
                sides.reverse()
            ends = [side.ends(row) for side, row in sides]
            translated = [(old, new) for old, new in zip(*ends, strict=True) if old != new]
            sent, received = (side.index.raw.data[row] for side, row in sides)
            self._rewrites[key] = [] if sent == received else rewrites(sent, received, translated)
        return self._rewrites[key]

    @cached_property
    def _rewrites(self) -> dict[tuple[int, int], list[Rewrite]]:
        return {}

    @cached_property
    def _passages(self) -> list[Passage]:
        matching = self.matching
        return [
            passage(pair, matching.stream_way(pair), matching.offset, *matching.watched) for pair in matching.streams
        ]

    @cached_property
    def _call_of(self) -> tuple[dict[str, str], dict[str, str], dict[str, str], dict[str, str]]:
        """The id of the compared call for each Call-ID, and for each call, at A and at B."""
        by_call_id: list[dict[str, str]] = [{}, {}]
        by_call: list[dict[str, str]] = [{}, {}]
        for pair in self.call_pairs:
            for number, (side, rows) in enumerate(((self.matching.a, pair.a), (self.matching.b, pair.b))):
                calls = side.case.table("calls")
                for row in rows:
                    by_call[number][calls["id"][row]] = pair.id
                    by_call_id[number].update(dict.fromkeys(calls["legs"][row], pair.id))
        return by_call_id[0], by_call_id[1], by_call[0], by_call[1]

    def call_of(self, one: Met) -> str | None:
        """The id of the compared call of a message."""
        if one.a is not None and (found := self._call_of[0].get(self.matching.a.index.call_id[one.a] or "")):
            return found
        return None if one.b is None else self._call_of[1].get(self.matching.b.index.call_id[one.b] or "")

    def _call_of_stream(self, rows_a: Sequence[int], rows_b: Sequence[int]) -> str | None:
        for number, (side, rows) in enumerate(((self.matching.a, rows_a), (self.matching.b, rows_b))):
            for row in rows:
                if found := self._call_of[2 + number].get(side.streams["call"][row]):
                    return found
        return None

    def _call(self, pair: CallPair) -> Row:
        messages = [row for row in self.messages.records() if row["call"] == pair.id]
        streams = [row for row in self.streams.records() if row["call"] == pair.id]
        side, row = (self.matching.a, pair.a[0]) if pair.a else (self.matching.b, pair.b[0])
        calls = side.case.table("calls")
        variations = [one["variation_max_ms"] for one in streams if one["variation_max_ms"] is not None]
        found: Row = {
            "id": pair.id,
            "call_a": self.matching.a.case.table("calls")["id"][pair.a[0]] if pair.a else None,
            "call_b": self.matching.b.case.table("calls")["id"][pair.b[0]] if pair.b else None,
            "relation": pair.relation,
            "from_user": calls["from_user"][row],
            "to_user": calls["to_user"][row],
            "start": start(self.matching, pair),
            "messages": sum(one["seen"] == "both" for one in messages),
            "lost_to_b": sum(one["verdict"] == "lost" and one["seen"] == "a" for one in messages),
            "lost_to_a": sum(one["verdict"] == "lost" and one["seen"] == "b" for one in messages),
            "unseen": sum(one["verdict"] == "unseen" for one in messages),
            "outside": sum(one["verdict"] == "outside" for one in messages),
            "elsewhere_a": sum(one["verdict"] == "elsewhere" and one["seen"] == "a" for one in messages),
            "elsewhere_b": sum(one["verdict"] == "elsewhere" and one["seen"] == "b" for one in messages),
            "rewritten": sum(one["differences"] > 0 for one in messages),
            "sip_alg": any(
                one.kind == "sip-alg"
                for met in self.matching.messages
                if self.call_of(met) == pair.id
                for one in self.rewrites_of(met)
            ),
            "streams": sum(one["seen"] == "both" for one in streams),
            "variation_max_ms": max(variations, default=None),
            "reordered": sum(one["reordered"] for one in streams),
        }
        for point, way in (("b", "a-to-b"), ("a", "b-to-a")):
            lost = sum(one["lost"] for one in streams if one["way"] == way)
            sent = lost + sum(one["both"] for one in streams if one["way"] == way)
            found[f"rtp_to_{point}"] = sent
            found[f"rtp_lost_to_{point}"] = lost
            found[f"rtp_lost_to_{point}_pct"] = 100.0 * lost / sent if sent else None
        return found

    def _message(self, one: Met) -> Row:
        a, b = self.matching.a, self.matching.b
        first, row = self._first(one)
        index, delay = first.index, self.matching.delay(one)
        id_a = None if one.a is None else a.messages["id"][one.a]
        id_b = None if one.b is None else b.messages["id"][one.b]
        return {
            "id": _id(id_a, id_b),
            "call": self.call_of(one),
            "seen": "both" if id_a and id_b else "a" if id_a else "b",
            "verdict": one.verdict,
            "way": WAY_NAMES.get(one.way),
            "time_a": None if one.a is None else a.index.time[one.a],
            "time_b": None if one.b is None else b.index.time[one.b],
            "delay_ms": None if delay is None else delay / 1e6,
            "first_line": index.first_line[row],
            "method": index.method[row],
            "status": index.status[row] or None,
            "call_id": index.call_id[row],
            "cseq": None if index.cseq[row] < 0 else index.cseq[row],
            "retransmission": bool(first.messages["retransmission"][row] > 0),
            "differences": len(self.rewrites_of(one)),
            "message_a": id_a,
            "message_b": id_b,
            "frame_a": None if one.a is None else int(a.messages["frame"][one.a]),
            "frame_b": None if one.b is None else int(b.messages["frame"][one.b]),
        }

    def _first(self, one: Met) -> tuple[Side, int]:
        """The point that a message passed first, and its row there."""
        if one.a is None or (one.way == TO_A and one.b is not None):
            assert one.b is not None
            return self.matching.b, one.b
        return self.matching.a, one.a

    def _rewrite(self, one: Met, number: int, found: Rewrite) -> Row:
        first, row = self._first(one)
        ids = self.matching.a.messages["id"][one.a], self.matching.b.messages["id"][one.b]
        difference = found.difference
        return {
            "id": _id(*ids, number),
            "call": self.call_of(one),
            "message_a": ids[0],
            "message_b": ids[1],
            "way": WAY_NAMES.get(one.way),
            "method": first.index.method[row],
            "status": first.index.status[row] or None,
            "kind": found.kind,
            "part": difference.part,
            "name": difference.name,
            "place": difference.place,
            "change": difference.change,
            "old": difference.old,
            "new": difference.new,
        }

    def _stream_of_both(self, pair: StreamPair) -> Row:
        found = self._passages[self.matching.streams.index(pair)]
        a, b = self.matching.a.streams, self.matching.b.streams
        row = self._stream(pair.a, pair.b, "passed", self.matching.stream_way(pair))
        expected = found.both + found.lost
        return {
            **row,
            "codec": a["codec"][pair.a[0]] or b["codec"][pair.b[0]],
            "both": found.both,
            "lost": found.lost,
            "lost_pct": 100.0 * found.lost / expected if expected else None,
            "unseen": found.unseen,
            "outside": found.outside,
            "doubled": max(found.doubled - self._captured_twice(pair), 0),
            "reordered": found.reordered,
            "delay_min_ms": found.shortest_ms,
            "variation_mean_ms": found.variation_mean_ms,
            "variation_p95_ms": found.variation_p95_ms,
            "variation_max_ms": found.variation_max_ms,
        }

    def _captured_twice(self, pair: StreamPair) -> int:
        """Copies that the capture of the second point itself made."""
        to_a = self.matching.stream_way(pair) == TO_A
        table, rows = (self.matching.a.streams, pair.a) if to_a else (self.matching.b.streams, pair.b)
        return int(np.sum(table["capture_duplicates"][rows]))

    def _stream_of_one(self, row: int, at_a: bool) -> Row:
        side = self.matching.a if at_a else self.matching.b
        verdict, way = self.matching.stream_verdict(row, at_a)
        packets = int(side.streams["packets"][row])
        found = self._stream([row] if at_a else [], [] if at_a else [row], verdict, way)
        return {
            **found,
            "codec": side.streams["codec"][row],
            "both": 0,
            "lost": packets if verdict == "lost" else 0,
            "lost_pct": 100.0 if verdict == "lost" else None,
            "unseen": packets if verdict == "unseen" else 0,
            "outside": packets if verdict == "outside" else 0,
            "doubled": 0,
            "reordered": 0,
            "delay_min_ms": None,
            "variation_mean_ms": None,
            "variation_p95_ms": None,
            "variation_max_ms": None,
        }

    def _stream(self, rows_a: list[int], rows_b: list[int], verdict: Verdict, way: int) -> Row:
        a, b = self.matching.a.streams, self.matching.b.streams
        found: Row = {
            "call": self._call_of_stream(rows_a, rows_b),
            "seen": "both" if rows_a and rows_b else "a" if rows_a else "b",
            "verdict": verdict,
            "way": WAY_NAMES.get(way),
        }
        sides = (self.matching.a, self.matching.b)
        for name, side, table, rows in zip("ab", sides, (a, b), (rows_a, rows_b), strict=True):
            for field in ("ssrc", "src", "dst"):
                found[f"{field}_{name}"] = table[field][rows[-1]] if rows else None
            found[f"packets_{name}"] = int(np.sum(table["packets"][rows])) if rows else 0
            found[f"dscp_{name}"] = _dscp(side.packets, rows)
            found[f"streams_{name}"] = [table["id"][row] for row in rows]
        found["id"] = _id(*found["streams_a"], "|", *found["streams_b"])
        return found


def _dscp(packets: Sequence[NDArray[Any]], rows: Sequence[int]) -> int | None:
    """The DSCP of most packets of some streams; None where no IP header tells."""
    found = [values[values >= 0] for values in (packets[row]["dscp"] for row in rows)]
    counts = np.bincount(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return int(counts.argmax()) if counts.any() else None


def _id(*parts: object) -> str:
    return sha256(" ".join(map(str, parts)).encode()).hexdigest()[:12]

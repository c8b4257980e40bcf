"""What rules look at: the tables of a case, and ready-made proofs. Everything is read when a rule asks for it, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from xivolab.findings.finding import Later, Proof
from xivolab.schema import NULL_INT
from xivolab.sip.store import THIS_ASTERISK
from xivolab.table import Table

if TYPE_CHECKING:
    from xivolab.asterisk.cel import Group
    from xivolab.asterisk.cel.event import CelEvent
    from xivolab.asterisk.cel.queue_log import QueueCall
    from xivolab.asterisk.cel.queue_tables import Queues
    from xivolab.asterisk.cli import CliTables
    from xivolab.asterisk.log import LogCall, Logs
    from xivolab.calls.leg import Leg
    from xivolab.evidence.folder import HostInfo
    from xivolab.findings.log_signals import Signal, Spotter
    from xivolab.sip.tables import SipTables

QUOTED = 200
"""A proof quotes at most so many characters of its place."""

_T = TypeVar("_T")
_NEAR_NS = 5_000_000_000

Place = tuple[int, int]
"""Index of a file, and a frame in it."""


class Readable(Protocol):
    """What is read of the evidence: `xivolab.reading.Reading`."""

    @property
    def bare_calls(self) -> Table:
        """The calls, their findings not yet looked for."""

    @property
    def legs(self) -> list[list[Leg]]:
        """The legs of each row of the calls."""

    @property
    def sip(self) -> SipTables:
        """The SIP messages."""

    @property
    def cli(self) -> CliTables:
        """The output of Asterisk's command line."""

    @property
    def names(self) -> Mapping[str, HostInfo]:
        """Name and role by IP."""

    @property
    def stream_places(self) -> Callable[[int], tuple[Place, Place]]:
        """The first and last packet of a row of the streams."""

    def table(self, name: str) -> Table:
        """A table of `xivolab.schema.RECORDS`."""

    @property
    def logs(self) -> Logs:
        """The logs of Asterisk."""

    @property
    def logged(self) -> list[tuple[str, LogCall]]:
        """The calls of the logs, each with the id of its row."""

    @property
    def spotted(self) -> Spotter:
        """The records that rules look for, noted while the logs were read."""

    def logged_with(self, callids: Collection[int]) -> list[tuple[str, LogCall]]:
        """Those of `logged` that have one of these Asterisk call ids."""

    @property
    def file_names(self) -> list[str]:
        """The files of the evidence, as given."""

    @property
    def marked_streams(self) -> set[int]:
        """The rows of the streams with digits, tones or changes in them."""

    def queues(self, every_s: float | None, within_s: float) -> Queues:
        """What queue_log tells."""

    def log_lines(self, row: int) -> Table:
        """The log records of the call in that row."""

    def call_events(self, row: int) -> Table:
        """The events of the call in that row."""

    def groups_of(self, row: int) -> list[Group]:
        """The channel events of the call in that row."""

    def kinds_of_evidence(self) -> frozenset[str]:
        """Which of `xivolab.findings.registry` there are."""


class Evidence:
    """The evidence of one case as rules see it; `limits` are the thresholds by name (`thresholds.py`)."""

    def __init__(self, reading: Readable, limits: Mapping[str, float]) -> None:
        self.reading = reading
        self.limits = limits
        self._log: dict[int, Table] = {}
        self._made: dict[object, Any] = {}

    def once(self, key: object, make: Callable[[], _T]) -> _T:
        """What `make` gives, made at the first call with this key: what several rules need of the same evidence."""
        if key not in self._made:
            self._made[key] = make()
        found: _T = self._made[key]
        return found

    @cached_property
    def calls(self) -> Table:
        """The calls, as `xivolab.schema.CALL`; their findings are empty."""
        return self.reading.bare_calls

    @cached_property
    def legs(self) -> list[list[Leg]]:
        """The legs of each call told by SIP, the caller's first; of a call that a log or CEL alone tells, none."""
        return self.reading.legs

    @cached_property
    def sip(self) -> SipTables:
        """The SIP messages and what they say."""
        return self.reading.sip

    @cached_property
    def streams(self) -> Table:
        """The RTP streams, as `xivolab.schema.STREAM`."""
        return self.reading.table("streams")

    @cached_property
    def stream_ends(self) -> list[tuple[str, str]]:
        """Source and destination of each stream; the Asterisk whose log tells it is called as in its SIP messages."""
        hosts = {file.path: file.host for file in self.reading.logs.files} if any(self.streams["file"]) else {}
        return [
            (src or _own(hosts.get(file)), dst or _own(hosts.get(file)))
            for src, dst, file in zip(*(self.streams[name].tolist() for name in ("src", "dst", "file")), strict=True)
        ]

    @cached_property
    def streams_of(self) -> Mapping[str, list[int]]:
        """Rows of the streams of each call, by its id; those of no call under ""."""
        found: dict[str, list[int]] = defaultdict(list)
        for row, call in enumerate(self.streams["call"].tolist()):
            found[call or ""].append(row)
        return found

    @cached_property
    def refusals(self) -> Table:
        """Who was refused, as the logs tell: `xivolab.schema.REFUSAL`."""
        return self.reading.table("refusals")

    @cached_property
    def problems(self) -> Table:
        """What could not be read: `xivolab.schema.PROBLEM`."""
        return self.reading.table("problems")

    @cached_property
    def channelstats(self) -> Table:
        """The outputs of `pjsip show channelstats`, as `xivolab.schema.CLI_CHANNELSTAT`."""
        return self.reading.cli.table("channelstats")

    @cached_property
    def queue_calls(self) -> list[QueueCall]:
        """The calls in queues, of queue_log."""
        return self.reading.queues(None, 20.0).queue_calls

    @cached_property
    def icmp(self) -> Table:
        """The ICMP errors, as `xivolab.schema.ICMP`."""
        return self.reading.table("icmp")

    @cached_property
    def quality(self) -> Table:
        """Every second of every stream, as `xivolab.schema.QUALITY`."""
        return self.reading.table("quality")

    @cached_property
    def quality_of(self) -> Mapping[str, NDArray[np.intp]]:
        """Rows of the quality table of each stream, by its id: they lie together."""
        names = self.quality["stream"]
        if not len(names):
            return {}
        begins = np.flatnonzero(np.concatenate([[True], names[1:] != names[:-1]]))
        ends = [*begins[1:].tolist(), len(names)]
        return {str(names[begin]): np.arange(begin, end) for begin, end in zip(begins.tolist(), ends, strict=True)}

    @cached_property
    def call_of_message(self) -> NDArray[np.int64]:
        """For each SIP message the row of its call, -1 for one of no call: shape (messages,)."""
        found = np.full(len(self.sip.index), -1, np.int64)
        for row, legs in enumerate(self.legs):
            for leg in legs:
                found[leg.messages] = row
        return found

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Which kinds of evidence there are: those of `registry.py`."""
        return self.reading.kinds_of_evidence()

    def in_state(self, *states: str) -> list[int]:
        """Rows of the calls in one of these states."""
        return [int(row) for row in np.flatnonzero(np.isin(self.calls["state"].astype(str), states))]

    def call_value(self, row: int, name: str) -> Any:
        """A field of a call: a time in ns, None for null."""
        value = self.calls[name][row]
        if isinstance(value, np.generic):
            value = value.item()
        return None if value is None or value == NULL_INT or value != value else value

    def log(self, row: int) -> Table:
        """The records of a call in the logs, as `xivolab.schema.LOG_RECORD`."""
        if row not in self._log:
            self._log = {row: self.reading.log_lines(row)}  # one at a time: rules ask for the calls in turn
        return self._log[row]

    def cel(self, row: int) -> list[Group]:
        """The channel events of a call."""
        return self.reading.groups_of(row)

    def events(self, row: int) -> Table:
        """The events of a call, as `xivolab.schema.EVENT`."""
        return self.reading.call_events(row)

    def name(self, place: str | None) -> str:
        """Who is at "ip:port" or "ip": the name told or learnt, else the address; a log does not print its Asterisk's own."""
        if not place:
            return "Asterisk"
        known = self._known(place)
        return known.name if known and known.name else _ip(place)

    def role(self, place: str | None) -> str | None:
        """pbx, phone, operator, router …, where it is told or learnt."""
        known = self._known(place) if place else None
        return known.role if known else None

    def _known(self, place: str) -> HostInfo | None:
        names = self.reading.names
        return names.get(place) or names.get(_ip(place))

    def status_and_reason(self, row: int) -> tuple[str, str]:
        """The status of a response and its reason phrase, "" without one."""
        status, _, reason = self.sip.index.first_line[row].removeprefix("SIP/2.0 ").partition(" ")
        return status, reason

    def caller(self, row: int) -> str:
        """How the caller of a call is told in a sentence."""
        return str(self.call_value(row, "caller") or self.call_value(row, "from_user") or "?")

    def callee(self, row: int) -> str:
        """How the callee of a call is told in a sentence."""
        return str(self.call_value(row, "callee") or self.call_value(row, "to_user") or "?")

    def message_proof(self, row: int) -> Proof:
        """The SIP message in that row of the messages: a request without its version, a response without it too."""
        raw, files = self.sip.raw, self.sip.files
        file, at = int(raw.file[row]), int(raw.frame[row])
        name = files[file] if file < len(files) else ""
        text = self.sip.index.first_line[row]
        text = text.removesuffix(" SIP/2.0").removeprefix("SIP/2.0 ")[:QUOTED]
        if self.sip.from_log[row]:
            return Proof(name, text, line=at + 1)  # below the record's own line, which says from where to where
        return Proof(name, text, frame=at)

    def refusal_proofs(self, row: int, statuses: Container[int]) -> tuple[Proof, ...]:
        """The final responses with one of these statuses in a call: the callee's first, then those passed on."""
        index = self.sip.index
        rows = [
            message
            for leg in reversed(self.legs[row])
            for message in leg.messages
            if index.status[message] in statuses
            and index.method[message] == "INVITE"
            and not self.sip.retransmission[message]
            and not self.sip.duplicate[message]
        ]
        return tuple(self.message_proof(message) for message in sorted(rows, key=lambda one: index.time[one]))

    def stream_proof(self, row: int, *, last: bool = False) -> Proof:
        """The first (or last) packet of an RTP stream."""
        file, frame = self.reading.stream_places(row)[1 if last else 0]
        if self.streams["file"][row] is not None:  # a log tells it: its other end stands in each line
            return Proof(self.sip.files[file], self.streams["src"][row] or self.streams["dst"][row], line=frame)
        ssrc = int(self.streams["ssrc"][row], 16)
        return Proof(self.sip.files[file], f"SSRC=0x{ssrc:X}", frame=frame)

    def event_proof(self, events: Table, n: int) -> Proof | None:
        """What is seen at the place of an event in row `n` of `events`; None where that is unknown."""
        frame, line = int(events["frame"][n]), int(events["line"][n])
        if frame == NULL_INT and line == NULL_INT:
            return None
        file = str(events["file"][n])
        if events["source"][n] == "rtp":
            return Proof(file, "RTP", frame=frame) if frame != NULL_INT else Proof(file, "", line=line)
        return Proof(file, "SIP", frame=frame) if frame != NULL_INT else Proof(file, "SIP", line=line)

    def call_proofs(self, row: int) -> Sequence[Proof]:
        """Where a call that no message tells of begins and ends, in the log, else in CEL: looked for when somebody reads it."""
        return Later(lambda: self._call_proofs(row))

    def _call_proofs(self, row: int) -> Sequence[Proof]:
        if "log" in self.kinds and len(lines := self.log(row)):
            return self.log_proofs(lines, [0, len(lines) - 1])
        events = [event for group in self.cel(row) for event in group.events]
        return (self.cel_proof(events[0]), self.cel_proof(events[-1])) if events else ()

    def log_proofs(self, lines: Table, rows: Sequence[int]) -> tuple[Proof, ...]:
        """Records of the log, each by its first line."""
        return tuple(
            Proof(str(lines["file"][row]), _quoted(str(lines["message"][row])), line=int(lines["line"][row]))
            for row in rows
        )

    def cel_proof(self, event: CelEvent) -> Proof:
        """One channel event: its name and its channel, as every form of CEL prints them in one line."""
        return Proof(self.reading.file_names[event.file], event.eventtype, line=event.line)

    def signal_proof(self, signal: Signal) -> Proof:
        """A record that a rule looked for, by its first line."""
        return Proof(signal.file, _quoted(signal.text), line=signal.line)

    def call_near(self, signal: Signal, number: str) -> int | None:
        """The call that a record without a call id tells of: to that number, begun within seconds of it, if there is one alone."""
        if signal.time is None:
            return None
        starts = self.calls["start"]
        near = np.flatnonzero(np.abs(starts - signal.time) <= _NEAR_NS).tolist()
        found = [row for row in near if number in (self.calls["to_user"][row], self.calls["callee"][row])]
        return found[0] if len(found) == 1 else None

    def call_of_channel(self, channel: str, time: int | None) -> int | None:
        """The call that a channel belongs to, as the logs tell; names start again with Asterisk: the nearest one is meant."""
        starts = self.calls["start"]
        rows = self._rows_of_channels.get(channel, [])
        if time is None or len(rows) < 2:
            return rows[0] if len(rows) == 1 else None
        before = [row for row in rows if starts[row] <= time]
        return max(before, key=lambda row: starts[row], default=None)

    @cached_property
    def _rows_of_channels(self) -> dict[str, list[int]]:
        row_of = {key: row for row, key in enumerate(self.calls["id"].tolist())}
        found: dict[str, list[int]] = defaultdict(list)
        for key, call in self.reading.logged if "log" in self.kinds else ():
            for channel in call.channels if key in row_of else ():
                found[channel].append(row_of[key])
        return found

    def said(self, needle: bytes) -> list[Signal]:
        """The records of all logs with these bytes in them, in order; `needle` is one that a `Rule` names."""
        return self._signals.get(needle, [])

    @cached_property
    def _signals(self) -> dict[bytes, list[Signal]]:
        return self.reading.spotted.signals(self.reading) if "log" in self.kinds else {}


def _own(host: str | None) -> str:
    """The place of an Asterisk whose log does not print it."""
    return f"{host}:0" if host else THIS_ASTERISK


def _ip(place: str) -> str:
    return place.rpartition(":")[0].strip("[]") if _has_port(place) else place.strip("[]")


def _has_port(place: str) -> bool:
    head, colon, port = place.rpartition(":")
    return bool(colon) and port.isdigit() and (":" not in head or head.startswith("["))


def _quoted(message: str) -> str:
    return message.partition("\n")[0].rstrip("\r")[:QUOTED]

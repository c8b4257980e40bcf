"""Calls, legs, streams and messages as objects: each is a case and a row, and reads the columns of the tables."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import numpy as np

from xivolab.errors import UsageError
from xivolab.net.display_filter import any_of, of_call_id, of_frames, of_stream

if TYPE_CHECKING:
    import pandas as pd

    from xivolab.calls.cut import Cut
    from xivolab.case import Case
    from xivolab.sip.sdp import Sdp
    from xivolab.table import Table
    from xivolab.views.audio import CallAudio, StreamAudio
    from xivolab.views.channels import Channels
    from xivolab.views.difference import MessageDifference
    from xivolab.views.dissection import Dissection
    from xivolab.views.ladder import Ladder
    from xivolab.views.quality import Quality
    from xivolab.views.trace import Trace


def row_of(table: Table, key: str | int) -> int:
    """The row with this index or id. Raises UsageError."""
    if isinstance(key, int | np.integer):
        if 0 <= key < len(table):
            return int(key)
    else:
        found = np.flatnonzero(table["id"] == key)
        if len(found):
            return int(found[0])
    name, count = table.record.name, len(table)
    remedy = f"there are {count}: 0 to {count - 1}" if count else f"the evidence holds no {name}"
    raise UsageError(f"no {name} {key!r}", "", remedy)


def find_call(calls: Table, key: str | int) -> int:
    """The row of the call with this index, id, SIP Call-ID, Asterisk call id, linkedid, user or number.

    Raises UsageError when there is none, or several, which it lists.
    """
    if isinstance(key, int | np.integer):
        return row_of(calls, int(key))
    for fields in (("id",), ("legs", "log_ids", "linkedids")):
        found = [row for row in range(len(calls)) if any(_holds(calls[field][row], key) for field in fields)]
        if found:
            return _only(calls, found, key)
    from xivolab.calls import same_party

    users = ("from_user", "to_user", "caller", "callee")
    found = [row for row in range(len(calls)) if any(same_party(key, calls[field][row]) for field in users)]
    return _only(calls, found, key)


def _holds(cell: Any, key: str) -> bool:
    return key in cell if isinstance(cell, list) else cell == key


def _only(calls: Table, found: list[int], key: str) -> int:
    if len(found) == 1:
        return found[0]
    listed = found or range(len(calls))
    ids = ", ".join(f"{calls['id'][row]} ({_parties(calls, row)})" for row in listed[:8])
    more = f" and {len(listed) - 8} more" if len(listed) > 8 else ""
    if found:
        raise UsageError(f"{len(found)} calls match {key!r}", "", f"choose one by its id: {ids}{more}")
    raise UsageError(f"no call matches {key!r}", "", f"there are: {ids}{more}" if ids else "the evidence holds no call")


def _parties(calls: Table, row: int) -> str:
    ends = (("from_user", "caller"), ("to_user", "callee"))
    return " → ".join(str(calls[one][row] or calls[other][row]) for one, other in ends)


class _Row:
    """The fields of one row as attributes, as JSON has them: times in float seconds, None for null."""

    _table = ""

    def __init__(self, case: Case, n: int) -> None:
        self.case = case
        self.n = n

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self.case.table(self._table).columns:
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        return self.case.table(self._table).value(name, self.n)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and other.case is self.case and other.n == self.n

    def __hash__(self) -> int:
        return hash((id(self.case), self._table, self.n))

    def record(self) -> dict[str, Any]:
        """The row as JSON has it."""
        return next(self.case.table(self._table).select([self.n]).records())


class Message(_Row):
    """One captured SIP message: the fields of its record, its text, headers and session description."""

    _table = "messages"

    def __repr__(self) -> str:
        return f"<Message {self.n}: {self.first_line}>"

    @property
    def time_ns(self) -> int:
        """Arrival in ns since 1970."""
        return int(self.case.table("messages")["time"][self.n])

    @property
    def data(self) -> bytes:
        """The message as captured."""
        return self.case.reading.sip.raw.data[self.n]

    @cached_property
    def text(self) -> str:
        """The message in words: UTF-8, else Latin-1."""
        from xivolab.sip.message import decode

        return decode(self.data)

    @property
    def is_request(self) -> bool:
        """Whether it is a request."""
        return self.status is None

    @property
    def reason(self) -> str | None:
        """The reason phrase of a response."""
        return None if self.is_request else self.first_line.partition(" ")[2].partition(" ")[2]

    @cached_property
    def headers(self) -> list[tuple[str, str]]:
        """Header fields in order, unfolded, under their long names."""
        from xivolab.sip.message import parse_message

        return list(parse_message(self.data).headers)

    @cached_property
    def sdp(self) -> Sdp | None:
        """Its session description."""
        return self.case.reading.sip.index.sdp(self.n)

    @property
    def display_filter(self) -> str | None:
        """What to type in Wireshark to see its packet, in the file it is from; None where there is no frame."""
        return None if self.frame is None else of_frames([self.frame])

    def diff(self, other: Message, *, secrets: bool = False) -> MessageDifference:
        """What must be changed in this message to get `other`, side by side; shows itself in a notebook."""
        from xivolab.views.difference import MessageDifference

        return MessageDifference(self, other, secrets=secrets)

    def dissect(self) -> Dissection:
        """Every field of the packet as Wireshark shows it, as a tree that folds. Raises MissingToolError without tshark."""
        from xivolab.views.dissection import dissect

        return dissect(self)


class Stream(_Row):
    """One RTP stream: the fields of its record, and its seconds."""

    _table = "streams"

    def __repr__(self) -> str:
        return f"<Stream {self.n}: {self.codec or self.payload_type} {self.src} → {self.dst}, {self.packets} packets>"

    @property
    def display_filter(self) -> str:
        """What to type in Wireshark to see its packets."""
        return of_stream(self.ssrc, self.src, self.dst)

    def audio(self, **options: Any) -> StreamAudio:
        """Its sound, decoded and in order: plays in a notebook; `save("x.wav")` writes it. Options:

        `decrypt` opens SRTP with the keys in the SDP, `keys` ("SUITE:BASE64") with given ones; `codecs` explains payload
        types ({96: "opus/48000"}); `tones` puts RFC 4733 digits in as tones; `lang`, `tz`. Raises UsageError.
        """
        from xivolab.listening import stream_audio

        return stream_audio(self, **options)

    @cached_property
    def seconds(self) -> Table:
        """Its quality records."""
        quality = self.case.table("quality")
        return quality.select(quality["stream"] == self.id)


@dataclass(frozen=True, slots=True)
class Leg:
    """Signalling between two ends that hold dialog state; `role` is caller, callee, attempt or transfer."""

    call_id: str
    role: str
    src: str | None
    dst: str | None
    from_user: str | None
    to_user: str | None
    start: float | None
    end: float | None
    state: str | None
    status: int | None
    codecs: list[str]


class Call(_Row):
    """One call: the fields of its record; `streams` and `legs` as objects."""

    _table = "calls"

    def __repr__(self) -> str:
        return f"<Call {self.id}: {self.from_user or self.caller} → {self.to_user or self.callee}, {self.state}>"

    @property
    def key(self) -> str:
        """Its id."""
        return str(self.id)

    @cached_property
    def streams(self) -> list[Stream]:
        """Its RTP streams, by start."""
        return [Stream(self.case, row) for row in self.case.table("calls")["streams"][self.n]]

    @cached_property
    def legs(self) -> list[Leg]:
        """Its legs, the caller's first."""
        names = Leg.__dataclass_fields__
        return [Leg(**{name: detail.get(name) for name in names}) for detail in self.leg_details]

    @cached_property
    def messages(self) -> list[Message]:
        """The SIP messages of all its legs, by time."""
        of_call_id = self.case.reading.sip.groups
        rows = {row for leg in self.legs for row in of_call_id.get(leg.call_id, ())}
        return [Message(self.case, row) for row in sorted(rows)]

    @cached_property
    def events(self) -> list[dict[str, Any]]:
        """Its events as JSON has them, by time: digits, hold, fax, media that begins and ends, what did not arrive."""
        return list(self.case.reading.call_events(self.n).records())

    @cached_property
    def icmp(self) -> Table:
        """The ICMP errors about its messages and its media, by time: rows of `xivolab.schema.ICMP`."""
        errors = self.case.table("icmp")
        return errors.select(errors["call"] == self.id)

    def log_lines(self) -> Table:
        """Its records in the logs (`xivolab.schema.LOG_RECORD`), in the order in which they were written.

        Those of its call ids, child and Local channels included, and those that name one of its channels or Call-IDs.
        """
        return self.case.reading.log_lines(self.n)

    @cached_property
    def hosts(self) -> list[str]:
        """The addresses that took part, as the columns of a ladder: the caller, the PBX, those it called."""
        ends = [end for leg in self.legs for end in (leg.src, leg.dst)]
        ends += [end for message in self.messages for end in (message.src, message.dst)]
        return list(dict.fromkeys(end.rpartition(":")[0].strip("[]") for end in ends if end))

    @property
    def display_filter(self) -> str:
        """What to type in Wireshark to see its messages and its RTP; nothing for a call that neither tells of."""
        # A leg that only a log or CEL tells has no Call-ID.
        frames_of: dict[str, list[int]] = {leg.call_id: [] for leg in self.legs if cast("str | None", leg.call_id)}
        for message in self.messages:
            if message.frame is not None and message.call_id in frames_of:
                frames_of[message.call_id].append(message.frame)
        signalling = [of_call_id(call_id, frames) for call_id, frames in frames_of.items()]
        return any_of([*signalling, *(stream.display_filter for stream in self.streams)])

    def cut(self, out: str | os.PathLike[str], margin_s: float | None = None) -> Cut:
        """Writes the call as a capture of its own: its SIP, RTP, RTCP, what else came to its media ports, and ICMP errors.

        `margin_s` seconds before and after are taken too (5 when None). pcap when all is of one file and link type, else
        pcapng. Into a folder: `call-ID.pcap`, and a `case.toml` that names the hosts. Raises OSError when `out` cannot be
        written, UsageError when no capture was read.
        """
        folder = Path(out) if Path(out).is_dir() else None
        path = Path(out) if folder is None else folder / f"call-{self.key}.pcap"
        with path.open("wb") as stream:
            written = self.cut_to(stream, margin_s)
        if folder is not None:
            path = path.rename(path.with_suffix(f".{written.format}"))
            self._describe(path)
        return replace(written, path=str(path))

    def _describe(self, path: Path) -> None:
        """Writes the `case.toml` of a folder with this call alone in it."""
        from xivolab.evidence.folder import FolderFile, write_folder

        points = {(file.host, file.capture_point) for file in self.case.reading.captures}
        host, point = points.pop() if len(points) == 1 else (None, None)
        ends = [end for thing in (*self.messages, *self.streams) for end in (thing.src, thing.dst) if end]
        names = self.case.names
        places = dict.fromkeys(place for end in ends for place in (end, end.rpartition(":")[0].strip("[]")))
        hosts = {place: names[place] for place in places if place in names}
        write_folder(path.parent, f"call-{self.key}", [FolderFile(path, "capture", host, point)], hosts)

    def cut_to(self, out: IO[bytes], margin_s: float | None = None) -> Cut:
        """`cut` into an open file."""
        from xivolab.calls.cut import MARGIN_S, wanted_packets, write_cut

        reading = self.case.reading
        if not reading.captures:
            raise UsageError("this call is told by a log: there are no packets to cut", "", "give a capture of it")
        margin = MARGIN_S if margin_s is None else margin_s
        call_ids = dict.fromkeys(leg.call_id for leg in self.legs)
        streams, errors = self.case.table("streams"), self.case.table("icmp")
        wanted = wanted_packets(reading.sip, call_ids, streams, errors, self.key, margin)
        return write_cut(out, reading.captures, reading.facts, wanted)

    def trace(self, **options: Any) -> Trace:
        """What the dialplan decided, as a tree whose rows open on the records of the log: see `xivolab.views.trace`.

        Raises UsageError when no log was read.
        """
        from xivolab.asterisk.trace.line import lines_of
        from xivolab.views.trace import trace

        if not self.case.reading.has_logs:
            raise UsageError(
                "no log was read: only Asterisk's full log tells of the dialplan", "", "add it to the evidence"
            )
        parties = f"{self.caller or self.from_user or '?'} → {self.callee or self.to_user or '?'}"
        title = " · ".join([parties, *self.log_ids])
        return trace(lines_of(self.log_lines()), title, **options)

    def ladder(self, **options: Any) -> Ladder:
        """The SIP ladder with its RTP: shows itself in a notebook; see `xivolab.views.ladder` for the options."""
        from xivolab.views.ladder import ladder

        return ladder(self, **options)

    def channels(self, **options: Any) -> Channels:
        """The channels and bridges over time, of CEL: shows itself in a notebook; see `xivolab.views.channels` for the options."""
        from xivolab.asterisk.cel.channels import build
        from xivolab.views.channels import channels

        events = [event for one in self.case.reading.groups_of(self.n) for event in one.events]
        title = f"{self.caller or self.from_user or '?'} → {self.callee or self.to_user or '?'}"
        return channels(build(sorted(events, key=lambda event: event.position)), title, **options)

    def cel(self) -> pd.DataFrame:
        """Its rows of CEL, in order: those of all its linked ids."""
        table = self.case.table("cel")
        rows = [event.position for one in self.case.reading.groups_of(self.n) for event in one.events]
        return table.select(sorted(rows)).to_pandas()

    def quality(self, **options: Any) -> Quality:
        """Loss, jitter, delta and MOS over time per direction; see `xivolab.views.quality` for the options."""
        from xivolab.views.quality import quality

        return quality(self, **options)

    def audio(self, **options: Any) -> CallAudio:
        """The sound of the call: each side, mixed, stereo; plays in a notebook, `save("call.wav")` writes it.

        Heard is the caller's leg, or `leg` (a role, a number, a Call-ID), or `streams` (rows or ids). The other options are
        those of `Stream.audio`. Raises UsageError.
        """
        from xivolab.listening import call_audio

        return call_audio(self, **options)

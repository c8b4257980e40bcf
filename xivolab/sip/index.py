"""The messages with what every table needs of them: method, status, Call-ID, CSeq, tags, branch.

Inside they are numpy columns, equal values as equal numbers; lists of Python values are made of what somebody asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xivolab.sip import scan
from xivolab.sip.body import find_sdp
from xivolab.sip.interning import intern_spans
from xivolab.sip.message import decode
from xivolab.sip.plain_users import plain_users
from xivolab.sip.sdp import Sdp, parse_sdp
from xivolab.sip.sdp_shapes import SdpShapes
from xivolab.sip.store import RawMessages
from xivolab.sip.uri import Address, parse_address, parse_uri

_FOLD = re.compile(r"[ \t]*\r?\n[ \t]*")

MAGIC_COOKIE = b"z9hG4bK"
"""What the branch of a client of RFC 3261 begins with (8.1.1.7)."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Values as numbers: `ids` (n,) int32; `spans` (m, 2) int64 say where in `raw.data.buffer` each number lies."""

    ids: NDArray[np.int32]
    spans: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.spans)


class MessageIndex:
    """Lists with one value for each row of `raw`; `statuses` and `cseqs` are the same as arrays (n,) int64.

    `status` is 0 for a request, `cseq` -1 where there is none. `method` is the request's, for a response CSeq's.
    """

    def __init__(self, raw: RawMessages, watched_until: int | None = None) -> None:
        self.raw = raw
        self._watched_until = watched_until
        self.statuses = raw.fields.statuses
        self.cseqs = raw.fields.cseqs
        self._flat = memoryview(raw.fields.spans.reshape(-1))  # type: ignore[arg-type]  # an array gives its buffer
        self._none = raw.fields.none
        self._sdp: dict[int, Sdp | None] = {}
        self._having: dict[int, set[int]] = {}

    def __len__(self) -> int:
        return len(self.statuses)

    @cached_property
    def status(self) -> list[int]:
        """The status of a response, 0 for a request."""
        column: list[int] = self.statuses.tolist()
        return column

    @cached_property
    def cseq(self) -> list[int]:
        """The number in CSeq, -1 where there is none."""
        column: list[int] = self.cseqs.tolist()
        return column

    @cached_property
    def time(self) -> list[int]:
        """When it was captured, ns since 1970."""
        column: list[int] = self.raw.time.tolist()
        return column

    @cached_property
    def src(self) -> list[int]:
        """The address number of its sender."""
        column: list[int] = self.raw.src.tolist()
        return column

    @cached_property
    def dst(self) -> list[int]:
        """The address number of its receiver."""
        column: list[int] = self.raw.dst.tolist()
        return column

    def span(self, field: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the values of a field begin and end in `raw.data.buffer`: equal where a message has none."""
        spans = self.raw.fields.span(field)
        return self.raw.data.starts + spans[:, 0], self.raw.data.starts + spans[:, 1]

    def numbered(self, field: int) -> Numbered:
        """The values of one of `scan.NUMBERED` as numbers, -1 where a message has none or an empty one. The tags of From
        and To share their numbers; METHOD is CSeq's in a response.
        """
        place = scan.NUMBERED.index(field)
        return Numbered(self.raw.fields.ids[place], self.raw.fields.values[min(place, scan.TABLES - 1)])

    def words(self, field: int) -> NDArray[np.object_]:
        """The texts of the numbers of a field, shape (m + 1,): the last is None, for -1."""
        return self._decoded(self.numbered(field).spans)

    def _decoded(self, spans: NDArray[np.int64]) -> NDArray[np.object_]:
        view = memoryview(self.raw.data.buffer)  # type: ignore[arg-type]  # an array gives its buffer
        texts = np.empty(len(spans) + 1, object)
        bounds = zip(spans[:, 0].tolist(), spans[:, 1].tolist(), strict=True)
        texts[:-1] = [decode(bytes(view[start:end])) for start, end in bounds]
        return texts

    def _column(self, field: int) -> list[str | None]:
        """The values of a field as text, equal ones as one object; None where a message has none."""
        column: list[str | None] = self.words(field)[self.numbered(field).ids].tolist()
        return column

    @cached_property
    def method(self) -> list[str | None]:
        """The request's method; of a response the method in CSeq."""
        return self._column(scan.METHOD)

    @cached_property
    def method_names(self) -> NDArray[np.object_]:
        """The methods by their number; the last is None, for -1."""
        return self.words(scan.METHOD)

    def has_cookie(self, row: int) -> bool:
        """Whether the branch of the topmost Via is one of RFC 3261."""
        at = 2 * (row * scan.FIELDS + scan.BRANCH)
        start, end = self._flat[at], self._flat[at + 1]
        return start != self._none and self.raw.data.part(row, start, end).startswith(MAGIC_COOKIE)

    @cached_property
    def sdp_shapes(self) -> SdpShapes:
        """The session descriptions without what differs from call to call."""
        return SdpShapes(self.raw.data, self.raw.fields)

    @cached_property
    def call_id(self) -> list[str | None]:
        """Call-ID (RFC 3261 20.8)."""
        return self._column(scan.CALL_ID)

    @cached_property
    def from_tag(self) -> list[str | None]:
        """The tag of From."""
        return self._column(scan.FROM_TAG)

    @cached_property
    def to_tag(self) -> list[str | None]:
        """The tag of To."""
        return self._column(scan.TO_TAG)

    @cached_property
    def branch(self) -> list[str | None]:
        """The branch of the topmost Via."""
        return self._column(scan.BRANCH)

    @cached_property
    def agent(self) -> list[str | None]:
        """User-Agent, or Server."""
        return self._column(scan.AGENT)

    @cached_property
    def first_line(self) -> list[str]:
        """Request or status line, without the line end."""
        lines: list[str | None] = self._texts(*self.span(scan.FIRST_LINE)).tolist()
        return [line or "" for line in lines]

    def text(self, row: int, field: int) -> str | None:
        """One field (a column of `xivolab.sip.scan`) of one message, unfolded; None where it has none."""
        at = 2 * (row * scan.FIELDS + field)
        start = self._flat[at]
        if start == self._none:
            return None
        text = decode(self.raw.data.part(row, start, self._flat[at + 1]))
        return _FOLD.sub(" ", text) if "\n" in text else text

    def address(self, row: int, field: int) -> Address | None:
        """One field as an address (the first, of a list)."""
        text = self.text(row, field)
        return parse_address(text) if text else None

    def party(self, row: int, field: int) -> Address | None:
        """One field as an address without the header's parameters: its text is the same in all calls of a phone."""
        text = self.text(row, field)
        return parse_address(text.rpartition(">")[0] or text) if text else None

    def user(self, row: int, field: int) -> str | None:
        """The literal user in an address field, or in the Request-URI."""
        if field == scan.URI:
            uri = parse_uri(self.text(row, field) or "")
            return uri.user if uri else None
        party = self.party(row, field)
        return party.user if party else None

    def users(self, rows: NDArray[np.int64], field: int) -> NDArray[np.object_]:
        """`user` for many rows at once: shape (m,), None where there is none."""
        return self.users_and_names(rows, field)[0]

    def users_and_names(self, rows: NDArray[np.int64], field: int) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """The users and display names in a field of many rows at once: shape (m,), None where there is none."""
        starts, ends = self.span(field)
        places = np.empty((len(rows), 4), np.int64)
        plain_users(self.raw.data.buffer, starts[rows], ends[rows], field != scan.URI, places)
        users, names = (self._texts(places[:, side].copy(), places[:, side + 1].copy()) for side in (0, 2))
        for number in np.flatnonzero(places[:, 1] == places[:, 0]).tolist():
            row = int(rows[number])
            party = None if field == scan.URI else self.party(row, field)
            users[number] = self.user(row, field)
            names[number] = party.display if party else None
        return users, names

    def _texts(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.object_]:
        """The texts of some spans, equal ones as one object; None for an empty one."""
        values = intern_spans(self.raw.data.buffer, starts, ends)
        spans = np.stack([starts[values.firsts], ends[values.firsts]], axis=1)
        return self._decoded(spans)[values.ids]

    def rows_with(self, field: int) -> set[int]:
        """The rows that have a field."""
        if field not in self._having:
            self._having[field] = set(np.flatnonzero(self.raw.fields.having(field)).tolist())
        return self._having[field]

    def is_request(self, row: int) -> bool:
        """Whether the message is a request."""
        return self.status[row] == 0

    def sdp(self, row: int) -> Sdp | None:
        """The session description of the message."""
        if row not in self._sdp:
            found = find_sdp(self.raw.data[row])
            self._sdp[row] = parse_sdp(found) if found else None
        return self._sdp[row]

    @cached_property
    def end(self) -> int:
        """How long the messages were watched (ns): until the last of them, or the end of the captures."""
        return max([*self.time, self._watched_until or 0])

    def place(self, address: int) -> str | None:
        """ "ip:port" of an address number."""
        return self.raw.addresses[address] if address >= 0 else None

    @cached_property
    def host(self) -> Callable[[int], str]:
        """The IP of an address number, "" where it is unknown."""
        hosts = [address.rpartition(":")[0] for address in self.raw.addresses] + [""]
        return hosts.__getitem__

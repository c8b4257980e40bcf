"""The messages with what every table needs of them: method, status, Call-ID, CSeq, tags, branch, as Python values."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

import numpy as np

from xivolab.sip import scan
from xivolab.sip.body import find_sdp
from xivolab.sip.message import decode
from xivolab.sip.sdp import Sdp, parse_sdp
from xivolab.sip.store import RawMessages
from xivolab.sip.uri import Address, parse_address, parse_uri

_FOLD = re.compile(r"[ \t]*\r?\n[ \t]*")


class MessageIndex:
    """Lists with one value for each row of `raw`.

    `status` is 0 for a request, `cseq` -1 where there is none. `method` is the request's, for a response CSeq's.
    Lists are Python's, not numpy's: the tables walk them row by row.
    """

    def __init__(self, raw: RawMessages, watched_until: int | None = None) -> None:
        self.raw = raw
        self._watched_until = watched_until
        lengths = np.fromiter(map(len, raw.data), dtype=np.int64, count=len(raw))
        starts = np.zeros(len(raw) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        self._spans = np.full((len(raw), scan.FIELDS, 2), -1, dtype=np.int32)
        status = np.zeros(len(raw), dtype=np.int64)
        cseq = np.zeros(len(raw), dtype=np.int64)
        scan.scan(np.frombuffer(b"".join(raw.data), dtype=np.uint8), starts, self._spans, status, cseq)
        self._flat = memoryview(self._spans.reshape(-1))  # type: ignore[arg-type]  # an array gives its buffer
        self._sdp: dict[int, Sdp | None] = {}
        self.status: list[int] = status.tolist()
        self.cseq: list[int] = cseq.tolist()
        self.time: list[int] = raw.time.tolist()
        self.src: list[int] = raw.src.tolist()
        self.dst: list[int] = raw.dst.tolist()

    def __len__(self) -> int:
        return len(self.status)

    def _column(self, field: int) -> list[str | None]:
        """The values of a field as text, equal ones as one object; None where a message has none."""
        starts, ends = self._spans[:, field, 0].tolist(), self._spans[:, field, 1].tolist()
        values = [data[a:b] for data, a, b in zip(self.raw.data, starts, ends, strict=True)]  # [-1:-1] is empty
        words = {value: decode(value) or None for value in set(values)}
        return [words[value] for value in values]

    @cached_property
    def method(self) -> list[str | None]:
        """The request's method; of a response the method in CSeq."""
        return [a or b for a, b in zip(self._column(scan.METHOD), self._column(scan.CSEQ_METHOD), strict=True)]

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
        return [line or "" for line in self._column(scan.FIRST_LINE)]

    def text(self, row: int, field: int) -> str | None:
        """One field (a column of `xivolab.sip.scan`) of one message, unfolded; None where it has none."""
        at = 2 * (row * scan.FIELDS + field)
        start = self._flat[at]
        if start < 0:
            return None
        text = decode(self.raw.data[row][start : self._flat[at + 1]])
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

"""The tables of signalling, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from xivolab._collector import collector_paused
from xivolab.schema import MESSAGE, NULL_INT
from xivolab.sip import scan
from xivolab.sip.dialog import DialogFlow, dialog_table
from xivolab.sip.flow import Flows
from xivolab.sip.index import MessageIndex
from xivolab.sip.message import is_truncated
from xivolab.sip.registration import registration_table
from xivolab.sip.repeats import capture_duplicates, retransmissions
from xivolab.sip.session import Session, placed
from xivolab.sip.store import TRANSPORTS, RawMessages, shown_places
from xivolab.table import Table, column


class SipTables:
    """What the messages of some evidence say: `messages`, `dialogs` and `registrations`, and the parsed `index`."""

    def __init__(
        self,
        raw: RawMessages,
        files: Sequence[str] = (),
        watched_until: int | None = None,
        captures: int | None = None,
    ) -> None:
        self.raw = raw
        self.from_log = raw.file >= (len(files) if captures is None else captures) if files else raw.file < 0
        self.files = files
        self.index = MessageIndex(raw, watched_until)

    @cached_property
    def duplicate(self) -> NDArray[np.bool_]:
        """For each message: is it the same packet captured once more?"""
        return capture_duplicates(self.index)

    @cached_property
    def retransmission(self) -> NDArray[np.bool_]:
        """For each message: did its sender send it again on the same hop?"""
        return retransmissions(self.index, self.duplicate)

    @cached_property
    def flows(self) -> Flows:
        """The messages of each Call-ID, and which Call-IDs went the same way."""
        return Flows(self.index, self.duplicate)

    @cached_property
    @collector_paused
    def known_flows(self) -> list[DialogFlow]:
        """What follows from each flow."""
        return [DialogFlow(self.flows.flow(number)) for number in range(len(self.flows.firsts))]

    @cached_property
    @collector_paused
    def groups(self) -> dict[str, list[int]]:
        """Rows of each Call-ID, in order of its first message; messages without one are in none."""
        found: dict[str, list[int]] = {}
        for call, call_id in enumerate(self._call_ids):
            found.setdefault(call_id, []).extend(self.flows.rows(call))
        return found

    @cached_property
    @collector_paused
    def sessions(self) -> dict[str, list[Session]]:
        """The legs of each Call-ID that holds an INVITE dialog. Capture duplicates take no part in them."""
        found: dict[str, list[Session]] = {}
        for call, (call_id, flow) in enumerate(zip(self._call_ids, self.flows.ids.tolist(), strict=True)):
            known = self.known_flows[flow]
            if known.sessions:
                rows = self.flows.rows(call)
                placed_here = [placed(session, known.flow, rows, self.index) for session in known.sessions]
                found.setdefault(call_id, []).extend(placed_here)
        return found

    @cached_property
    def _call_ids(self) -> list[str]:
        """The Call-IDs by their number. Two that are one in another encoding are two."""
        words: list[str] = self.index.words(scan.CALL_ID)[:-1].tolist()
        return words

    @cached_property
    @collector_paused
    def dialogs(self) -> Table:
        """One row for each Call-ID, by the time of its first message."""
        return dialog_table(self.index, self.flows, self.known_flows, self.retransmission, self.duplicate)

    @cached_property
    def registrations(self) -> Table:
        """One row for each address of record and source."""
        return registration_table(self.index, self.groups.values())

    @cached_property
    @collector_paused
    def messages(self) -> Table:
        """One row for each captured message, in capture-time order."""
        index, raw = self.index, self.raw
        places = shown_places(raw.addresses)
        names = np.array(self.files or [str(n) for n in range(int(raw.file.max(initial=0)) + 1)], dtype=object)
        text = MESSAGE.field("first_line")
        return Table(
            MESSAGE,
            {
                "id": column(MESSAGE.field("id"), self._ids()),
                "time": raw.time,
                "src": places[raw.src],
                "dst": places[raw.dst],
                "transport": np.array(TRANSPORTS, dtype=object)[raw.transport],
                "first_line": column(text, index.first_line),
                "method": column(text, index.method),
                "status": column(MESSAGE.field("status"), [status or None for status in index.status]),
                "call_id": column(text, index.call_id),
                "cseq": column(MESSAGE.field("cseq"), [None if n < 0 else n for n in index.cseq]),
                "retransmission": self.retransmission.astype(np.int8),
                "capture_duplicate": self.duplicate.astype(np.int8),
                "truncated": np.fromiter((is_truncated(data) for data in raw.data), np.int8, len(raw)),
                "file": names[raw.file],
                "frame": np.where(self.from_log, NULL_INT, raw.frame),
                "line": np.where(self.from_log, raw.frame, NULL_INT),
                "number": np.arange(len(raw), dtype=np.int64),
            },
        )

    def _ids(self) -> list[str]:
        """Made of time, frame and content."""
        keys = zip(self.index.time, self.raw.frame.tolist(), self.raw.data, strict=True)
        return [f"{(time ^ frame << 40) & 0xFFFFFFFFFFFF:012x}{crc32(data):08x}" for time, frame, data in keys]

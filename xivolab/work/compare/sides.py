"""One of the two capture points: its case, the columns that are compared, and the packets of its streams."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.case import Case, Evidence
from xivolab.errors import UsageError
from xivolab.evidence.folder import CASE_FILE, Folder, HostInfo, read_folder
from xivolab.rtp.packets import flow_of, rtp_packets
from xivolab.sip.index import MessageIndex
from xivolab.sip.message import SipMessage, parse_message
from xivolab.table import Table
from xivolab.views.flow import split_address


class Side:
    """What one capture point saw. `name` is what people call it: the capture point of a case folder, else the file."""

    def __init__(
        self,
        given: Case | Evidence,
        progress: Callable[[str, int], None] | None = None,
        keylog: Evidence | None = None,
    ) -> None:
        self.case = given if isinstance(given, Case) else Case([given], keylog=keylog, progress=progress)
        self._parsed: dict[int, SipMessage] = {}

    @cached_property
    def name(self) -> str:
        """What people call this point."""
        points = {file.capture_point for file in self.case.files if file.kind == "capture" and file.capture_point}
        paths = {Path(file.path).resolve() for file in self.case.files}
        points |= {
            file.capture_point
            for file in self._beside.files
            if Path(str(file.path)).resolve() in paths and file.capture_point
        }
        if len(points) == 1:
            return points.pop()
        return Path(self.case.files[0].path).name if self.case.files else "?"

    @cached_property
    def names(self) -> dict[str, HostInfo]:
        """Who is at which address: as the `case.toml` says that lies beside a file that was opened alone, else the case."""
        return {**self.case.names, **self._beside.hosts}

    @cached_property
    def _beside(self) -> Folder:
        """The case folder of a file that was opened alone."""
        folders = {Path(file.path).parent for file in self.case.files}
        told = [read_folder(folder) for folder in folders if (folder / CASE_FILE).is_file()]
        return told[0] if len(told) == 1 else Folder([])

    @property
    def messages(self) -> Table:
        """The table of its messages."""
        return self.case.table("messages")

    @property
    def index(self) -> MessageIndex:
        """Its messages in columns."""
        return self.case.reading.sip.index

    @cached_property
    def rows(self) -> list[int]:
        """Its messages, copies of a packet that was captured twice left out."""
        return [row for row, copy in enumerate(self.case.reading.sip.duplicate) if not copy]

    def parsed(self, row: int) -> SipMessage:
        """One message taken apart."""
        if row not in self._parsed:
            self._parsed[row] = parse_message(self.index.raw.data[row])
        return self._parsed[row]

    def ends(self, row: int) -> tuple[str, str]:
        """The addresses, without ports, that a message went from and to; "" where unknown."""
        index = self.index
        return index.host(index.src[row]).strip("[]"), index.host(index.dst[row]).strip("[]")

    @cached_property
    def streams(self) -> Table:
        """The table of its streams: those that were captured, for packets are compared."""
        return self.case.table("streams").select(self._captured)

    @cached_property
    def _captured(self) -> NDArray[np.intp]:
        """The rows of the streams that no log tells."""
        return np.flatnonzero(np.array([file is None for file in self.case.table("streams")["file"]], np.bool_))

    def stream_ends(self, row: int) -> tuple[str, str]:
        """The addresses, without ports, of a stream."""
        return split_address(self.streams["src"][row])[0], split_address(self.streams["dst"][row])[0]

    @cached_property
    def packets(self) -> list[NDArray[Any]]:
        """The packets of each stream, in the order of the table: (n,) of `xivolab.rtp.packets.RTP_PACKET`, by time."""
        flows = [flow_of(self.case.stream(row)) for row in self._captured.tolist()]
        sources = [file.source for file in self.case.files if file.kind == "capture"]
        return [found.rows for found in rtp_packets(sources, flows, data=False)] if flows else []

    @cached_property
    def watched(self) -> tuple[int, int] | None:
        """From when to when (ns) this point was watched: from its first packet to its last; None without packets."""
        first = [facts.first_time for facts in self.case.reading.facts if facts.first_time is not None]
        last = [facts.last_time for facts in self.case.reading.facts if facts.last_time is not None]
        return (min(first), max(last)) if first else None

    @cached_property
    def announced(self) -> dict[str, set[str]]:
        """The endpoints ("ip:port") that the session descriptions of each Call-ID announce."""
        found: dict[str, set[str]] = {}
        index = self.index
        for row in self.rows:
            sdp, call_id = index.sdp(row), index.call_id[row]
            if sdp and call_id:
                ends = {
                    f"[{m.address}]:{m.port}" if ":" in (m.address or "") else f"{m.address}:{m.port}"
                    for m in sdp.media
                }
                found.setdefault(call_id, set()).update(ends)
        return found


def two_points_of(folder: Path) -> tuple[Path, Path]:
    """The captures of a case folder that was recorded at two points. Raises UsageError when these are not two."""
    captures: dict[str | None, list[Path]] = {}
    for file in read_folder(folder).files if folder.is_dir() else []:
        if file.kind == "capture":
            captures.setdefault(file.capture_point, []).append(Path(str(file.path)))
    if len(captures) == 2 and all(len(files) == 1 for files in captures.values()):
        (first,), (second,) = captures.values()
        return first, second
    raise UsageError("two captures are expected", str(folder), "give both: compare A B")

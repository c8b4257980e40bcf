"""The SIP messages of some logs, as captured ones are: one row each, with the line in which it was announced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xivolab.asterisk.log.hints import SIP
from xivolab.asterisk.log.logs import Logs
from xivolab.asterisk.sip_log.marks import Mark, marks
from xivolab.asterisk.sip_log.restore import restore
from xivolab.errors import Problem
from xivolab.schema import NULL_INT
from xivolab.sip import split_messages
from xivolab.sip.store import THIS_ASTERISK, TRANSPORTS, RawMessages

_VIA_TRANSPORT = b"SIP/2.0/"


def log_messages(logs: Logs, first_file: int = 0) -> tuple[RawMessages, list[Problem]]:
    """The messages that the logs print, by time, and what is to be said of those that cannot be had.

    Files are numbered from `first_file` on; `frame` is the line of the announcement. The address of the Asterisk that
    wrote the log is `THIS_ASTERISK`, with the name of its host where a case folder tells one.
    """
    rows: list[dict[str, Any]] = []
    lost = [0] * len(logs.files)
    for number in logs.order:
        here = logs.files[number].host
        own = f"{here}:0" if here else THIS_ASTERISK
        time = NULL_INT
        kept, texts = logs.hinted(number, SIP)
        times = logs.clocks[number].epoch(kept).tolist()
        for known, line, text in zip(times, kept["line"].tolist(), texts, strict=True):
            time = time if known == NULL_INT else known
            for mark, after, offset in _pieces(text):
                found = _rows(mark, after, own)
                lost[number] += not found
                at = {"file": first_file + number, "frame": line + offset, "time": time}
                rows += [row | at for row in found]
    for number, row in enumerate(rows, 1):
        row["ip_id"] = number  # nothing in a log was captured twice
    problems = [
        Problem(
            logs.files[number].path,
            "",
            f"{count} SIP messages are announced, but their text is not there",
            "other lines may have come between, or the log was cut",
            "info",
        )
        for number, count in enumerate(lost)
        if count
    ]
    order = sorted(range(len(rows)), key=lambda n: rows[n]["time"])
    return RawMessages.from_rows([rows[n] for n in order]), problems


def _pieces(text: bytes) -> Iterator[tuple[Mark, bytes, int]]:
    """The announcements in a record, what stands behind each up to the next, and how many lines down it is."""
    found = list(marks(text))
    for number, mark in enumerate(found):
        end = found[number + 1].start if number + 1 < len(found) else len(text)
        yield mark, text[mark.end : end], text.count(b"\n", 0, mark.start)


def _rows(mark: Mark, after: bytes, own: str) -> list[dict[str, Any]]:
    data = restore(mark, after)
    if data is None:
        return []
    transport = mark.transport or _transport(data)
    # What came over a stream is printed as it came: it may be more than one message.
    parts = [data] if transport == "UDP" else [data[a:b] for a, b in split_messages(data, final=True)[0]] or [data]
    src, dst = (mark.remote, own) if mark.received else (own, mark.remote)
    known = transport if transport in TRANSPORTS else "UDP"
    return [{"src": src, "dst": dst, "transport": known, "data": part} for part in parts]


def _transport(data: bytes) -> str:
    """The transport in the topmost Via; UDP where there is none."""
    at = data.find(_VIA_TRANSPORT, data.find(b"\n"))
    word = data[at + len(_VIA_TRANSPORT) :][:4].split(b" ")[0] if at >= 0 else b""
    return word.decode("ascii", "replace").strip().upper() or "UDP"

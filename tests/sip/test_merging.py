"""Messages of captures and logs as one list."""

from __future__ import annotations

from typing import Any

from xivolab.sip.merging import merged
from xivolab.sip.store import RawMessages


def raw(*rows: tuple[str, int, str], file: int = 0, place: str = "10.0.0.1:5060") -> RawMessages:
    made: list[dict[str, Any]] = [
        {
            "data": f"{method} sip:x SIP/2.0\r\nCall-ID: {call_id}\r\n\r\n".encode(),
            "time": time,
            "src": place,
            "file": file,
            "frame": n,
        }
        for n, (call_id, time, method) in enumerate(rows, 1)
    ]
    return RawMessages.from_rows(made)


def test_the_log_adds_the_dialogs_that_no_capture_has() -> None:
    captured = raw(("a", 10, "INVITE"), ("a", 30, "BYE"))
    told = raw(("a", 11, "INVITE"), ("b", 20, "OPTIONS"), file=1, place="10.0.0.2:5060")
    both = merged(captured, told)
    assert [bytes(data).split()[0] for data in both.data] == [b"INVITE", b"OPTIONS", b"BYE"]
    assert both.file.tolist() == [0, 1, 0]
    assert [both.addresses[n] for n in both.src] == ["10.0.0.1:5060", "10.0.0.2:5060", "10.0.0.1:5060"]
    assert both.dst.tolist() == [-1, -1, -1]
    assert both.fields.spans.shape[0] == 3


def test_one_alone_stays_as_it_is() -> None:
    one, none = raw(("a", 10, "INVITE")), raw()
    assert merged(one, none) is one
    assert merged(none, one) is one
    assert merged(one, raw(("a", 12, "INVITE"), file=1)) is one

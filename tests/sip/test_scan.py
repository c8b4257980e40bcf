"""The compiled pass against the parser that takes its time."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip import scan
from xivolab.sip.message import SipMessage, parse_message
from xivolab.sip.uri import parse_address

LINES = [
    b"INVITE sip:1002@pbx SIP/2.0\r\n",
    b"SIP/2.0 180 Ringing\r\n",
    b"v: SIP/2.0/UDP a;rport;branch=z9hG4bK1, SIP/2.0/UDP b;branch=z9hG4bK2\r\n",
    b'From: "A;tag=no <x>, \\" B" <sip:a@b;tag=no>\r\n ; Tag = 77\r\n',
    b"T: sip:b@c;TAG=8;x=y\r\n",
    b"To : <sip:b@c>\n",
    b"CSeq:  0042   INVITE \r\n",
    b"I: id@host\r\n",
    b"Call-ID:\r\n\tfolded@host\r\n",
    b"User-Agent: Phone\r\n",
    b"cseq: x\r\n",
    b"via",
    b"\r\n",
    b"v=0\r\n",
]


def numbering() -> tuple[np.ndarray, ...]:
    """Room for the numbers of one message."""
    ids = np.zeros((len(scan.NUMBERED), 1), np.int32)
    slots = np.full((scan.TABLES, 16), -1, np.int32)
    return ids, slots, np.zeros((scan.TABLES, 2, 3), np.int64), np.zeros(scan.TABLES, np.int64)


def scanned(data: bytes) -> tuple[dict[int, bytes], int, int]:
    """Values by field, status and CSeq number of one message."""
    spans = np.full((1, scan.FIELDS, 2), -1, dtype=np.int32)
    status, cseq = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    scan.scan(
        np.frombuffer(data, dtype=np.uint8), np.array([0]), np.array([len(data)]), spans, status, cseq, *numbering()
    )
    fields = {field: data[start:end] for field, (start, end) in enumerate(spans[0].tolist()) if start >= 0}
    return fields, int(status[0]), int(cseq[0])


def test_a_request() -> None:
    fields, status, cseq = scanned(b"".join(LINES[i] for i in (0, 2, 3, 4, 6, 8, 9)))
    assert (status, cseq) == (0, 42)
    assert fields[scan.METHOD] == b"INVITE"
    assert fields[scan.URI] == b"sip:1002@pbx"
    assert fields[scan.BRANCH] == b"z9hG4bK1"
    assert (fields[scan.FROM_TAG], fields[scan.TO_TAG]) == (b"77", b"8")
    assert fields[scan.CSEQ_METHOD] == b"INVITE"
    assert fields[scan.CALL_ID] == b"folded@host"
    assert fields[scan.AGENT] == b"Phone"


def test_a_response_after_empty_lines() -> None:
    fields, status, _ = scanned(b"\r\n\r\n" + LINES[1])
    assert status == 180
    assert scan.METHOD not in fields
    assert fields[scan.FIRST_LINE] == b"SIP/2.0 180 Ringing"


def test_nothing_of_the_body_is_a_header() -> None:
    fields, _, _ = scanned(LINES[0] + b"\r\nFrom: nobody\r\n")
    assert scan.FROM not in fields


def test_a_quote_too_many_in_a_name() -> None:
    fields, _, _ = scanned(LINES[0] + b'From: \\"arik\\" <sip:816666@pbx>;tag=64\r\n')
    assert fields[scan.FROM_TAG] == b"64"


def test_the_first_of_several_fields_counts() -> None:
    fields, _, _ = scanned(LINES[0] + b"i: one\r\nCall-ID: two\r\n")
    assert fields[scan.CALL_ID] == b"one"


def _first(message: SipMessage, name: str) -> str | None:
    value = message.header(name)
    return " ".join(value.split()) if value is not None else None


@given(st.lists(st.sampled_from(LINES)).map(b"".join) | st.binary())
def test_it_finds_what_the_parser_finds(rest: bytes) -> None:
    data = LINES[0] + rest
    fields, status, _ = scanned(data)
    message = parse_message(data)
    assert (status == 0) == message.is_request
    if not data.isascii():
        return  # the parser decodes each line, and drops blanks that are none in SIP
    for field, name in ((scan.CALL_ID, "call-id"), (scan.FROM, "from"), (scan.AGENT, "user-agent")):
        if field in fields and name != "user-agent":
            assert " ".join(fields[field].decode().split()) == (_first(message, name) or "")
    if scan.FROM_TAG in fields:
        assert parse_address(message.header("from") or "").tag is not None


def test_the_answers_are_the_same_without_the_compiler() -> None:
    data = b"".join(LINES)
    code = (
        "import sys, numpy as np; from xivolab.sip import scan; data = sys.stdin.buffer.read();"
        "spans = np.full((1, scan.FIELDS, 2), -1, np.int32); s = np.zeros(1, np.int64); c = np.zeros(1, np.int64);"
        "scan.scan(np.frombuffer(data, np.uint8), np.array([0]), np.array([len(data)]), spans, s, c, np.zeros((6, 1), np.int32), "
        "np.full((5, 16), -1, np.int32), np.zeros((5, 2, 3), np.int64), np.zeros(5, np.int64));"
        "print(spans.tolist(), s, c)"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            input=data,
            env={**os.environ, "NUMBA_DISABLE_JIT": off},
            capture_output=True,
            check=True,
        ).stdout
        for off in ("0", "1")
    ]
    assert answers[0] == answers[1]

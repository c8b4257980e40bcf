"""Fields are noted block by block as they would be at once."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip import scan
from xivolab.sip.arena import MessageBytes
from xivolab.sip.fields import Fields, FieldScanner

MESSAGES = [
    b"INVITE sip:1002@pbx SIP/2.0\r\nCall-ID: a\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:b@b>\r\nCSeq: 1 INVITE\r\n\r\nv=0\r\n",
    b"SIP/2.0 200 OK\r\nCall-ID: a\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:b@b>;tag=2\r\nCSeq: 1 INVITE\r\n\r\n",
    b"BYE sip:x SIP/2.0\r\ni: b\r\nf: <sip:a@b>;tag=2\r\nUser-Agent: Phone\r\n\r\n",
    b"",
]


def told(fields: Fields) -> list[object]:
    """Everything that is known, without the dtype it is kept in."""
    spans = [fields.span(field).tolist() for field in range(scan.FIELDS)]
    having = [fields.having(field).tolist() for field in range(scan.FIELDS)]
    values = [value.tolist() for value in fields.values]
    return [
        spans,
        having,
        fields.statuses.tolist(),
        fields.cseqs.tolist(),
        [ids.tolist() for ids in fields.ids],
        values,
    ]


@given(st.lists(st.sampled_from(MESSAGES), max_size=60), st.lists(st.integers(0, 60), max_size=4))
def test_in_blocks_as_at_once(messages: list[bytes], cuts: list[int]) -> None:
    data = MessageBytes.of(messages)
    scanner = FieldScanner()
    bounds = sorted({0, len(messages), *(min(cut, len(messages)) for cut in cuts)})
    for first, last in pairwise(bounds):
        scanner.add(data.buffer, data.starts[first:last].copy(), data.ends[first:last].copy())
    assert told(scanner.fields()) == told(Fields.of(data))
    for first in bounds:
        some = scanner.fields(first)
        assert some.span(scan.CALL_ID).tolist() == Fields.of(data[first:]).span(scan.CALL_ID).tolist()
        assert len(some.statuses) == len(messages) - first


def test_the_tables_grow() -> None:
    messages = [b"OPTIONS sip:a SIP/2.0\r\nCall-ID: %d\r\n\r\n" % (n // 2) for n in range(3000)]
    data = MessageBytes.of(messages)
    scanner = FieldScanner()
    for first in range(0, 3000, 50):
        scanner.add(data.buffer, data.starts[first : first + 50].copy(), data.ends[first : first + 50].copy())
    assert scanner.fields().ids[scan.NUMBERED.index(scan.CALL_ID)].tolist() == [n // 2 for n in range(3000)]


def test_a_message_too_long_for_16_bits() -> None:
    long = MESSAGES[0].replace(b"Call-ID", b"X: " + b"x" * 70_000 + b"\r\nCall-ID")
    data = MessageBytes.of([MESSAGES[1], long, b"x"])
    in_blocks = FieldScanner()
    for row in range(3):
        in_blocks.add(data.buffer, data.starts[row : row + 1].copy(), data.ends[row : row + 1].copy())
    for fields in (Fields.of(data), in_blocks.fields()):
        start, end = fields.span(scan.CALL_ID)[1].tolist()
        assert (start > 70_000, data.part(1, start, end)) == (True, b"a")
        assert fields.having(scan.CALL_ID).tolist() == [True, True, False]
        assert fields.having(scan.AGENT).tolist() == [False] * 3


def test_a_field_at_the_last_place_that_16_bits_tell() -> None:
    head = b"OPTIONS sip:a SIP/2.0\r\nX: "
    for size in range(0xFFFF - 3, 0xFFFF + 3):
        message = head + b"x" * (size - len(head) - 11) + b"\r\nCall-ID:y\n"
        assert len(message) == size + 1
        data = MessageBytes.of([message])
        assert data.part(0, *Fields.of(data).span(scan.CALL_ID)[0].tolist()) == b"y"


def test_no_messages() -> None:
    assert Fields.of(MessageBytes.of([])).spans.shape == (0, scan.FIELDS, 2)
    assert [len(ids) for ids in FieldScanner().fields().ids] == [0] * len(scan.NUMBERED)

"""Users found by the compiled pass are those the parser finds."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from xivolab.sip import scan
from xivolab.sip.index import MessageIndex
from xivolab.sip.plain_users import plain_users
from xivolab.sip.store import RawMessages

PIECES = [
    "<",
    ">",
    "sip:",
    "SIPS:",
    "tel:",
    "alice",
    "+33 1",
    "%2B1",
    "@",
    "host",
    ":pw",
    ";tag=1",
    '"',
    "\\",
    " ",
    "é",
    ",",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=9).map("".join) | st.text(max_size=12)


@given(st.lists(TEXTS, max_size=5))
@example(['"Alice B." <sip:alice@host>;tag=1', "sip:1002@host", "<sip:host>", "<sip:a:pw@host>"])
def test_the_same_as_the_parser(texts: list[str]) -> None:
    messages = [f"INVITE {text} SIP/2.0\r\nFrom: {text}\r\n\r\n".encode() for text in texts]
    index = MessageIndex(RawMessages.from_rows([{"data": message} for message in messages]))
    rows = np.arange(len(texts))
    for field in (scan.FROM, scan.URI):
        users, names = index.users_and_names(rows, field)
        assert users.tolist() == [index.user(row, field) for row in rows.tolist()]
        if field == scan.FROM:
            parties = [index.party(row, field) for row in rows.tolist()]
            assert names.tolist() == [party.display if party else None for party in parties]


def test_plain_ones_need_no_parser() -> None:
    text = b'"Alice B." <sip:alice@host>'
    users = np.empty((1, 4), np.int64)
    plain_users(np.frombuffer(bytearray(text), np.uint8), np.array([0]), np.array([len(text)]), True, users)
    assert text[slice(*users[0, :2])] == b"alice"
    assert text[slice(*users[0, 2:])] == b"Alice B."

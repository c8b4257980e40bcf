"""The compiled search for session descriptions finds what `find_sdp` finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip.arena import MessageBytes
from xivolab.sip.body import find_sdp
from xivolab.sip.sdp_place import find_sdps

PIECES = [
    b"v=0",
    b"v=0\r\n",
    b"v=0 \t\n",
    b"\r\n",
    b"\n",
    b"\n--",
    b"m=audio",
    b"x",
    b"--",
    b"\n\r\n",
    b"a=x",
    b"=",
    b"v",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map(b"".join), max_size=5))
def test_as_the_parser_finds_it(messages: list[bytes]) -> None:
    data = MessageBytes.of(messages)
    spans = np.empty((len(messages), 2), np.int64)
    find_sdps(data.buffer, data.starts, data.ends, spans)
    found = [None if start < 0 else data.buffer[start:end].tobytes() for start, end in spans.tolist()]
    assert found == [find_sdp(message) for message in messages]

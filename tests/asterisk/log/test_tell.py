"""What the kernel reads of Asterisk's sentences is what Python reads of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asterisk.log.made import left, step
from xivolab.asterisk.log.collect import fill
from xivolab.asterisk.log.happenings import read_record
from xivolab.asterisk.log.names import Names
from xivolab.asterisk.log.pick import STEP as A_STEP
from xivolab.asterisk.log.pick import STORY as A_STORY
from xivolab.asterisk.log.rows import RECORD
from xivolab.asterisk.log.tell import KEPT, tell_records
from xivolab.asterisk.log.tellings import (
    APPLICATIONS,
    HAS_TEXT,
    JOINED,
    LEFT,
    NOTHING_TOLD,
    STEP,
    SWAPPED,
    TELLING,
    UNREAD,
)

USUAL = [
    "Channel PJSIP/a-0 joined 'simple_bridge' basic-bridge <14dc>",
    "Channel PJSIP/a-0 left 'softmix' stasis-bridge <1 4>",
    "Channel CBAnn/1-0 joined 'softmix' base-bridge <1>",
    "Channel CBAn/1-0 joined 'softmix' basic-bridge <1>",
    "SIP/b-1 answered SIP/a-0",
    "PJSIP/b-1 is ringing",
    "PJSIP/b-1 is making progress passing it to PJSIP/a-00000001",
    "PJSIP/b-1 is busy",
    "PJSIP/b-1 is circuit-busy",
    "Called PJSIP/2@op",
    "Spawn extension (ctx, s, 2) exited non-zero on 'Local/1@x-00000001;2'",
    "Spawn extension (a, b, c, 20) exited non-zero on 'x'",
    "Nobody picked up in 20000 ms",
    "No one is available to answer at this time (1:0/0/0)",
    "Everyone is busy/congested at this time (2:1/0/10)",
    "Auto fallthrough, channel 'SIP/a-0' status is 'BUSY'",
    "Unable to create channel of type 'PJSIP' (cause 20 - Subscriber absent)",
    "Now forwarding SIP/b-1 to 'Local/2@x' (thanks to SIP/c-2)",
    "Disconnecting channel 'PJSIP/a-0' for lack of audio RTP activity in 10 seconds",
    *(
        step(application, arguments, at=at).partition(": ")[2]
        for application in ("Dial", "Hangup", "NoOp", "Set", "Playback", "Unknown")
        for arguments in ("", "17", "XIVO_SRCNUM=é1", "_WAZO_DSTNUM=2", "a: Call-ID: x@y ", "x,noanswer", 'a", "b')
        for at in ("1002@default:1", "s@user:12", "1@2@x:1")
    ),
    left().partition(": ")[2],
]
UNUSUAL = [
    "",
    " ",
    "Called two words",
    "Called PJSIP/é",
    "Channel is ringing",
    "Everyone is ringing",
    "Everyone is busy/congested at this time (1:1/0)",
    "Nobody picked up in a while",
    "Spawn extension (s, 2) exited non-zero on 'x'",
    "Spawn extension (a, s, 2) exited non-zero on ''",
    "Auto fallthrough, channel 'a' status",
    "Unable to create channel of type 'PJSIP' (cause 99999999999)",
    "x is busy\n",
    "a: Call (UDP:1.2.3.4:5) to extension '9' rejected because extension not found in context 'd'.",
    "Call from '' (1.2.3.4:5) to extension '9' rejected because extension not found in context 'd'.",
    'Executing [s@x:a] Dial("a", "b") in new stack',
    'Executing [s@x] Dial("a", "b")',
    'Executing [s@x:1] Di al("a", "b")',
    'Executing [s@x:1] Dial("a") in new stack',
    'Executing [s@x:1] Dial("", "") in new stack \r',
    "Executing [",
    "Goto (user,s,14)",
    "<PJSIP/a-0> Playing 'vm-intro.ulaw' (language 'en')",
]


def kernel(text: bytes, kind: int) -> tuple[np.ndarray, Names]:
    names = Names(APPLICATIONS)
    names.make_room(6, 3 * len(text))
    rows, told = np.zeros(1, RECORD), np.zeros(1, TELLING)
    rows["callid"], rows["thread"], rows["line"], rows["end"] = 5, 77, 3, len(text)
    work, texts = np.zeros(8, np.int64), np.zeros((1, 3), np.int64)
    buffer = np.frombuffer(text + b"\0", np.uint8)
    kinds, spoken, marks = np.full(1, kind, np.uint8), np.zeros(16, np.int64), np.zeros(1, np.uint32)
    used = tell_records(
        buffer, rows, 1, kinds, names.text, names.entries, names.slots, names.counts, spoken, work, told, texts, marks
    )
    assert work[KEPT] == used
    if used:
        _, at, size = texts[0].tolist()
        assert names.text[at : at + size].tobytes() == text
        assert told["has"][0] & HAS_TEXT
    return told[:used], names


def meant(row: np.void, names: Names) -> tuple[object, ...]:
    value = int(row["value"])
    words = names.words(np.array([row["channel"], row["other"], max(value, 0)]))
    by_name = (int(row["what"]) == STEP and int(row["how"]) & 224) or int(row["what"]) in (JOINED, LEFT, SWAPPED)
    return (int(row["what"]), int(row["how"]), *words[:2], words[2] if by_name else value)


@pytest.mark.parametrize("text", [*USUAL, *UNUSUAL])
def test_the_kernel_reads_as_python_does(text: str) -> None:
    data = text.encode()
    kind = A_STEP if text.startswith("Executing [") else A_STORY
    told, names = kernel(data, kind)
    expected = read_record(kind, data)
    if len(told) and told["what"][0] == UNREAD:
        assert text not in USUAL or "é" in text or "1@2@" in text or "Call-ID" in text
        return
    assert bool(len(told)) is (expected is not None)
    if expected is not None:
        other, row = Names(APPLICATIONS), np.zeros(1, TELLING)
        fill(row[0], expected, other)
        assert meant(told[0], names) == meant(row[0], other)


@given(
    st.sampled_from([*USUAL, *UNUSUAL]),
    st.integers(0, 100),
    st.integers(0, 4),
    st.sampled_from([b"", b" ", b"'", b'"', b"\n", b"\xc3\xa9", b"\xff", b")", b"1", b"@", b"]", b", "]),
)
def test_what_is_nearly_a_sentence_is_read_as_python_does(text: str, at: int, size: int, other: bytes) -> None:
    data = text.encode()
    data = data[:at] + other + data[at + size :]
    kind = A_STEP if data.startswith(b"Executing [") else A_STORY
    told, names = kernel(data, kind)
    if len(told) and told["what"][0] == UNREAD:
        return
    expected = read_record(kind, data)
    assert bool(len(told)) is (expected is not None)
    if expected is not None:
        others, row = Names(APPLICATIONS), np.zeros(1, TELLING)
        fill(row[0], expected, others)
        assert meant(told[0], names) == meant(row[0], others)


@given(st.binary(max_size=200), st.sampled_from([A_STEP, A_STORY]))
def test_any_text_is_read_without_harm(text: bytes, kind: int) -> None:
    told, _ = kernel((b"Executing [" if kind == A_STEP else b"") + text, kind)
    assert len(told) == 0 or told["what"][0] != NOTHING_TOLD

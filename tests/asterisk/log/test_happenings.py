"""What Asterisk's own sentences say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.log.happenings import Happening, read_invite, read_record, read_step, read_story


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("PJSIP/b-1 is ringing", Happening("ringing", "PJSIP/b-1")),
        ("SIP/b-1 answered SIP/a-0", Happening("answered", "SIP/b-1", "SIP/a-0")),
        ("Called PJSIP/2@op", Happening("called", facts=("PJSIP/2@op",))),
        ("Channel PJSIP/a-0 left 'native_rtp' basic-bridge <14dc>", Happening("bridge", "PJSIP/a-0", "", ("left", "native_rtp", "basic-bridge", "14dc"))),
        ("Spawn extension (ctx, s, 2) exited non-zero on 'Local/1@x-00000001;2'", Happening("exit", "Local/1@x-00000001;2", "", ("ctx", "s", "2"))),
        ("Everyone is busy/congested at this time (2:1/0/1)", Happening("refused", facts=("1", "0", "1"))),
        ("Nobody picked up in 20000 ms", Happening("no-answer", facts=("20000",))),
        ("No one is available to answer at this time (1:0/0/0)", Happening("no-answer")),
        ("Auto fallthrough, channel 'SIP/a-0' status is 'BUSY'", Happening("fell-through", "SIP/a-0", "", ("BUSY",))),
        ("Unable to create channel of type 'PJSIP' (cause 20 - Subscriber absent)", Happening("not-made", facts=("PJSIP", "20"))),
        ("Disconnecting channel 'PJSIP/a-0' for lack of audio RTP activity in 10 seconds", Happening("timed-out", "PJSIP/a-0", "", ("audio",))),
        (
            " alice: Call (UDP:10.77.0.11:5060) to extension '1999' rejected because extension not found in context 'default'.",
            Happening("no-extension", facts=("alice", "", "UDP:10.77.0.11:5060", "1999", "default")),
        ),
        (
            "Call from 'anonymous' (TCP:[1.2.3.4]:61470) to extension '90' rejected because extension not found in context 'd'.",
            Happening("no-extension", facts=("", "anonymous", "TCP:[1.2.3.4]:61470", "90", "d")),
        ),
        ("Goto (user,s,14)", None),
    ],
)  # fmt: skip
def test_stories(text: str, told: Happening | None) -> None:
    assert read_story(text) == told


@pytest.mark.parametrize("arguments", ["", "a,b", '"quoted"', 'x", "y', "two\nlines", "é"])
def test_arguments_of_a_step_are_taken_whole(arguments: str) -> None:
    told = read_step(f'Executing [s@user:11] UserEvent("PJSIP/a-0", "{arguments}") in new stack')
    assert told == Happening("step", "PJSIP/a-0", "", ("s", "user", "11", "UserEvent", arguments))


def test_an_invite_of_the_sip_logger() -> None:
    text = (
        b"<--- Received SIP request (9 bytes) from UDP:1.2.3.4:5 --->\nINVITE sip:1002@10.77.0.10;x SIP/2.0\r\n"
        b'From: "A" <sip:alice@10.77.0.10>;tag=1\r\nCall-ID: 6f4b@x\r\n\r\n'
    )
    assert read_invite(text) == Happening("invite", facts=("in", "6f4b@x", "alice", "1002"))
    assert read_invite(text.replace(b"Received", b"Transmitting")) == Happening(
        "invite", facts=("out", "6f4b@x", "alice", "1002")
    )
    assert read_invite(b"<--- Received SIP request") is None


@given(st.integers(0, 4), st.binary(max_size=80))
def test_any_text_tells_something_or_nothing(kind: int, text: bytes) -> None:
    told = read_record(kind, text)
    assert told is None or told.what

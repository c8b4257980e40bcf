"""What a terminal shows of Asterisk's console."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.log.console import of_terminal, undated

DATE = "[2026-11-25 17:12:48.536] "
MESSAGE = "ACK sip:1002@10.77.0.10 SIP/2.0\r\nContent-Length: 0\r\n\r\n"


def shown(*texts: str) -> list[str]:
    return [DATE + line for text in texts for line in text.split("\n")]


def mended(lines: list[str]) -> list[str]:
    return [line for _, line in undated(enumerate(lines, 1))]


def test_lines_of_a_sip_message_lose_their_dates() -> None:
    announced = f"<--- Received SIP request ({len(MESSAGE)} bytes) from UDP:10.77.0.11:5060 --->"
    lines = shown(announced, MESSAGE) + shown("    -- Executing [1002@default:1] NoOp", "text without a prefix")

    assert mended(lines) == [DATE + announced, *MESSAGE.split("\n"), *lines[-2:]]


def test_what_follows_a_message_that_was_cut_keeps_its_date() -> None:
    lines = shown("<--- Received SIP request (900 bytes) from UDP:10.77.0.11:5060 --->", "ACK sip:x SIP/2.0\r")
    lines += [f"{DATE}    -- PJSIP/bob-00000001 is ringing", f"{DATE}NOTICE[98][C-00000001]: a.c:1 f: text"]

    assert mended(lines) == [lines[0], "ACK sip:x SIP/2.0\r", *lines[2:]]


def test_a_terminal_adds_a_carriage_return() -> None:
    assert of_terminal(["a\r", "ACK sip:x SIP/2.0\r\r"])
    assert not of_terminal(["a", "ACK sip:x SIP/2.0\r"])


@given(st.lists(st.text(st.characters(exclude_characters="\n"))))
def test_other_lines_stay_as_they_are(lines: list[str]) -> None:
    assert mended(lines) == lines

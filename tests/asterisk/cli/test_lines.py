"""Lines of a paste without what stands around them."""

from __future__ import annotations

import pytest

from xivolab.asterisk.cli.lines import clean, lines_of, unquoted


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\x1b[1;36mqueue1\x1b[0m has 0 calls", "queue1 has 0 calls"),
        ("\x1b]0;root@xivo: ~\x07xivo*CLI> x", "xivo*CLI> x"),
        ("a\u00a0b\tc", "a b c"),
        ("\ufeffChannel", "Channel"),
        ("2 active channels\r", "2 active channels"),
        ("2 active channels^M", "2 active channels"),
        ("xivo*CLI> \rxivo*CLI> core show hints", "xivo*CLI> core show hints"),
    ],
)
def test_what_a_terminal_or_a_mail_adds_is_taken_off(raw: str, text: str) -> None:
    assert clean(raw) == text


def test_lines_of_the_log_are_left_out_and_numbers_stay() -> None:
    paste = (
        "[Aug 12 10:13:30] VERBOSE[2301376][C-00005477] pbx.c: Executing",
        "    -- Executing [100@default:1] NoOp()",
        "  == Using SIP RTP CoS mark 5",
        "       > 0x7f Strict RTP learning",
        "    -= Registered Asterisk Dial Plan Hints =-",
        "==========",
        " -- General --",
        "- 2 hints registered",
    )

    assert [line.number for line in lines_of(paste)] == [5, 6, 7, 8]


def test_a_line_knows_how_far_it_went_before_its_spaces_were_taken_off() -> None:
    line, _ = lines_of(["> Up            \n", "> x"])

    assert (line.text, line.width, line.blank) == ("Up", 14, False)


@pytest.mark.parametrize(
    ("text", "before", "after", "found"),
    [
        ("> > Objects found: 2", "", "> x", "Objects found: 2"),
        (">  Endpoint:  a", ">", "", " Endpoint:  a"),
        (">", "> Exten", "", ""),
        (">", "CLCID: <1003", "", ">"),
        ("> 1]?Hangup())", "ExecIf($[2", "", "> 1]?Hangup())"),
    ],
)
def test_the_marks_of_a_mail_are_not_those_of_a_number(text: str, before: str, after: str, found: str) -> None:
    assert unquoted(text, before, after) == found

"""Lines of consoles, syslog, JSON, quotes and colours as a file has them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.log.forms import (
    HEADER,
    from_json,
    from_syslog,
    front_of,
    is_console,
    is_file,
    is_of_console,
    quoted,
    uncoloured,
)

FILE = "[Nov 23 07:51:49] VERBOSE[138][C-0000001a] pbx.c: Executing [1@a:1] Dial"
PLAIN = "[Nov  4 18:30:40] NOTICE[32257][C-0000001a]: chan_sip.c:23417 handle_request: Registration from 'x'"


def test_json() -> None:
    record = {
        "hostname": "",
        "timestamp": "Nov  4 18:30:40",
        "identifiers": {"lwp": 32257, "callid": "[C-0000001a]"},
        "logmsg": {
            "location": {"filename": "chan_sip.c", "function": "handle_request", "line": 23417},
            "level": "NOTICE",
            "message": "Registration from 'x'\n",
        },
    }
    assert from_json(json.dumps(record)) == PLAIN


@pytest.mark.parametrize(
    "line", [FILE, '{"hostname"', '{"hostname": ""}', '{"hostname": "", "identifiers": 3, "logmsg": []}']
)
def test_what_is_no_record_stays(line: str) -> None:
    assert from_json(line) == line
    assert from_syslog(line) == line


def test_syslog() -> None:
    line = "Nov  4 18:30:40 localhost asterisk[32229]: NOTICE[32257][C-0000001a]: chan_sip.c:23417 in handle_request: Registration from 'x'"
    assert from_syslog(line) == PLAIN
    iso = "2016-08-19T11:11:26.123+02:00 pbx asterisk[1]: WARNING[2]: a.c:1 in f: x"
    assert from_syslog(iso) == "[2016-08-19T11:11:26.123+02:00] WARNING[2]: a.c:1 f: x"


def test_colours_and_prompts() -> None:
    assert uncoloured("\x1b[0;37m[Nov 23 07:51:49] \x1b[1;33mNOTICE\x1b[0m[1]: x") == "[Nov 23 07:51:49] NOTICE[1]: x"
    assert uncoloured("xivo*CLI> [Nov 23") == "[Nov 23"
    assert uncoloured("CLI>") == ""


@pytest.mark.parametrize(
    "front", ["> ", "> > ", "messages-20150513:", "full:12:", "12:", "32021 ", "- ", "/var/log/asterisk/full.1:"]
)
def test_what_stands_in_front_of_lines(front: str) -> None:
    found = front_of([front + FILE, front + PLAIN, "text"])
    assert found is not None
    match = found.match(front + FILE)
    assert match is not None
    assert match.end() == len(front)
    assert not is_file([front + FILE])


def test_quotes_of_a_mail_are_seen_where_headers_stand_alone() -> None:
    assert quoted(["> in new", "> stack", FILE]) is not None
    assert quoted([FILE, FILE, "> x"]) is None


def test_what_is_a_file() -> None:
    assert is_file([FILE, "text", PLAIN])
    assert not is_file([])
    assert not is_file(["text"])
    assert not is_file(["\x1b[0m" + FILE])
    assert not is_file([FILE, "    -- Executing [1@a:2] Dial"])
    assert not is_file([" " + FILE])
    assert is_of_console(["  == Using SIP RTP"])
    assert not is_of_console([FILE[: FILE.index("Exec")], "Executing [1@a:1] Dial"])  # a narrow paste


def test_consoles() -> None:
    assert is_console("    -- Called PJSIP/bob")
    assert is_console("<--- Received SIP request (3 bytes) from UDP:1.2.3.4:5 --->")
    assert not is_console("Via: SIP/2.0/UDP")
    assert HEADER.match("[Nov 23 07:51:49]     -- Executing")
    assert not HEADER.match("[70060@default:1] Set(")


@given(st.text(max_size=80))
def test_any_line_is_read(line: str) -> None:
    assert isinstance(from_syslog(from_json(uncoloured(line))), str)
    is_file([line, line])


def test_json_has_colours_that_files_have_not() -> None:
    line = (
        '{"hostname":"","timestamp":"Nov 25 17:11:17","identifiers":{"lwp":170,"callid":"[C-00000001]"},"logmsg":'
        '{"location":{"filename":"pbx.c","function":"f","line":3030},"level":"VERBOSE","message":'
        r'"Executing [1002@default:1] \u001b[1;36mNoOp\u001b[0m(\"a\", \"\u001b[1;35mb\u001b[0m\") in new stack\n"}}'
    )
    head = "[Nov 25 17:11:17] VERBOSE[170][C-00000001]: pbx.c:3030 f: "
    assert from_json(line) == f'{head}Executing [1002@default:1] NoOp("a", "b") in new stack'


@pytest.mark.parametrize(
    "head", ["Nov 25 17:11:17 pbx asterisk[56]: ", "2026-11-25T17:11:17.824062+00:00 pbx asterisk[56]: "]
)
def test_syslog_escapes_the_line_ends_of_a_message(head: str) -> None:
    line = head + "VERBOSE[94]: a.c:354 in f: <--- Received SIP ---> #012BYE sip:x#0122 SIP/2.0#015#012#015#012#012"
    told = from_syslog(line)
    assert told.partition("f: ")[2] == "<--- Received SIP ---> \nBYE sip:x\n2 SIP/2.0\r\n\r\n"


def test_digits_of_a_step_are_no_line_end() -> None:
    line = 'Nov 25 17:11:17 pbx asterisk[56]: VERBOSE[9]: a.c:3 in f: Executing [1@a:1] Read("x", "#0123") in new stack'
    assert from_syslog(line).endswith('Read("x", "#0123") in new stack')


def test_a_prompt_that_the_console_took_away_and_a_command_behind_one() -> None:
    assert uncoloured("\r\x1b[Kpbx*CLI> \r\x1b[0K\x1b[1;30m    -- \x1b[0mCalled PJSIP/bob") == "    -- Called PJSIP/bob"
    assert uncoloured("\r\x1b[Kpbx*CLI> core show channels") == "[!] core show channels"
    assert uncoloured("pbx*CLI>     -- Called PJSIP/bob") == "    -- Called PJSIP/bob"

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.bench.agid.session import GoneError, Session

HEAD = b"agi_network: yes\nagi_network_script: getring\nagi_arg_1: a\nagi_arg_2: \nagi_callerid: 1001\n\n"


def session(answers: bytes) -> tuple[Session, io.BytesIO]:
    asked = io.BytesIO()
    return Session(io.BytesIO(HEAD + answers), asked), asked


def test_what_asterisk_tells_at_the_beginning() -> None:
    found, _ = session(b"")
    assert (found.handler, found.arguments, found.environment["callerid"]) == ("getring", ["a", ""], "1001")


def test_variables_are_read_and_set() -> None:
    found, asked = session(b"200 result=1 (a (b) c)\n200 result=0\n200 result=1\n")
    assert found.get("X") == "a (b) c"
    assert found.get("Y") == ""
    found.set("Z", True)
    assert asked.getvalue().decode().splitlines() == [
        'GET FULL VARIABLE "${X}"',
        'GET FULL VARIABLE "${Y}"',
        'SET VARIABLE Z "1"',
    ]


def test_a_hang_up_in_between_is_passed_over() -> None:
    found, _ = session(b"HANGUP\n200 result=1 (x)\n")
    assert found.get("X") == "x"


@pytest.mark.parametrize("answers", [b"", b"510 Invalid or unknown command\n", b"nonsense\n"])
def test_an_answer_that_is_none_ends_it(answers: bytes) -> None:
    found, _ = session(answers)
    with pytest.raises(GoneError):
        found.get("X")


@given(st.text())
def test_no_value_gets_out_of_its_command(value: str) -> None:
    found, asked = session(b"200 result=1\n")
    found.set("X", value)
    assert asked.getvalue().count(b"\n") == 1
    assert asked.getvalue().startswith(b'SET VARIABLE X "')


@given(st.binary())
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with contextlib.suppress(GoneError):
        Session(io.BytesIO(data), io.BytesIO()).get("X")

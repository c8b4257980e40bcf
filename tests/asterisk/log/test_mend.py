"""Pastes, consoles, JSON and syslog, from bytes to records."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.asterisk.log.made import SAMPLES, logs, messages, written
from xivolab.asterisk.log.mend import mended
from xivolab.asterisk.log.records import log_table
from xivolab.evidence.source import Source

LINES = [f"{line}\n" for line in SAMPLES[0].read_bytes().decode().removesuffix("\n").split("\n")]


def test_a_file_is_read_as_it_is() -> None:
    raw = cast(BinaryIO, io.BytesIO(b""))
    assert mended(Source(SAMPLES[0]), raw) == (raw, None)


def test_fronts_and_colours_are_taken_off(tmp_path: Path) -> None:
    whole = messages(SAMPLES[0])
    for change in (
        lambda number, line: f"full:{number}:{line}",
        lambda number, line: f"{number}:{line}",
        lambda number, line: f"> {line}",
        lambda number, line: line.replace("VERBOSE[", "\x1b[1;32mVERBOSE\x1b[0m["),
        lambda number, line: f"\ufeff{line}" if number == 1 else line.replace("[Nov", " [Nov"),
    ):
        text = "".join(change(number, line) for number, line in enumerate(LINES, 1))
        assert messages(written(tmp_path, text.encode())) == whole


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "".join(f"> {line}" for line in LINES).encode())
    assert log_table(logs(path))["line"].tolist() == log_table(logs(SAMPLES[0]))["line"].tolist()


def test_carets_are_carriage_returns(tmp_path: Path) -> None:
    path = written(tmp_path, "".join(f"> {line}" for line in LINES).replace("\r", "^M").encode())
    assert messages(path) == messages(SAMPLES[0])


def test_a_console(tmp_path: Path) -> None:
    text = (
        'xivo*CLI>     -- Executing [1@a:1] Dial("PJSIP/a-00000000", "PJSIP/b") in new stack\n'
        "    -- Called PJSIP/b\n[Nov 23 07:51:49] WARNING[3][C-00000001]: app.c:1 f: x\n"
        "<--- Received SIP request (3 bytes) from UDP:1.2.3.4:5 --->\nINVITE sip:x@y SIP/2.0\n  == Everyone is busy\n"
    )
    found = messages(written(tmp_path, text))
    assert [(level, message.partition("\n")[0][:12]) for level, _, message in found] == [
        ("VERBOSE", "Executing [1"), ("VERBOSE", "Called PJSIP"), ("WARNING", "x"), ("VERBOSE", "<--- Receive"), ("VERBOSE", "Everyone is "),
    ]  # fmt: skip


def test_a_json_file_with_its_banner(tmp_path: Path) -> None:
    def record(message: str) -> str:
        place = {"filename": "a.c", "function": "f", "line": 3}
        logmsg = {"location": place, "level": "DEBUG", "message": message}
        head = {
            "hostname": "",
            "timestamp": "2026-11-23 07:51:49.100",
            "identifiers": {"lwp": 7, "callid": "[C-0000001e]"},
        }
        return json.dumps({**head, "logmsg": logmsg}) + "\n"

    text = "[Nov 23 07:51:49] Asterisk 22.1 built by x\n" + record("one\n") + record("two\nlines\n")
    table = log_table(logs(written(tmp_path, text)))
    assert table["message"].tolist() == ["Asterisk 22.1 built by x", "one", "two\nlines"]
    assert table["log_id"].tolist() == [None, "C-0000001e", "C-0000001e"]
    assert table["line"].tolist() == [1, 2, 3]
    assert (np.diff(table["time"]) >= 0).all()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["> ", "[", "\x1b[0m", "CLI> ", '{"hostname":', "\n", "  == ", "[Nov 23 07:51:49] NOTICE[1] a.c: x"]
        )
        | st.text(max_size=8),
        max_size=20,
    )
)
def test_any_paste_is_read(tmp_path: Path, parts: list[str]) -> None:
    path = written(tmp_path, "".join(parts).encode("utf-8", "replace"))
    for _, _, message in messages(path):
        assert isinstance(message, str)

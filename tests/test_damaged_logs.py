"""A damaged log loses what was damaged, and nothing else: records, calls, streams."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import xivolab
from tests.asterisk.log.made import messages, written
from tests.captures import ROOT

Records = list[tuple[str | None, int, str]]

LINES = (ROOT / "sample_logs" / "blind-transfer" / "full").read_bytes().splitlines(keepends=True)
STARTS = [n for n, line in enumerate(LINES) if re.match(rb"\[[^\]]+\] (?:[A-Z]+\[|Asterisk )", line)]
WHOLE: list[Records] = []
RTP = (ROOT / "sample_logs" / "rtp-debug" / "full").read_bytes().splitlines(keepends=True)
TELLS = [n for n, line in enumerate(RTP) if b"Got  RTP packet" in line]

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# What is no header, and ends none: brackets begin one.
junk = st.binary(min_size=1, max_size=40).map(lambda data: re.sub(rb"[\[\]\r\n]", b"?", data))


def whole(folder: Path) -> Records:
    if not WHOLE:
        WHOLE.append(messages(written(folder, b"".join(LINES), "whole")))
    return WHOLE[0]


def read(folder: Path, lines: list[bytes]) -> Records:
    return messages(written(folder, b"".join(lines), "damaged"))


@few
@given(number=st.integers(0, len(STARTS) - 2), at=st.integers(0, 200), size=st.integers(0, 30), junk=junk)
def test_bytes_inside_a_message(tmp_path: Path, number: int, at: int, size: int, junk: bytes) -> None:
    line = LINES[STARTS[number]]
    head = line.index(b": ") + 2 if b": " in line else len(line) - 1
    begin = min(head + at, len(line) - 1)
    changed = line[:begin] + junk + line[min(begin + size, len(line) - 1) :]
    lines = [*LINES]
    lines[STARTS[number]] = changed
    found = read(tmp_path, lines)
    assert len(found) == len(whole(tmp_path))
    assert [one for n, one in enumerate(found) if n != number] == [
        one for n, one in enumerate(whole(tmp_path)) if n != number
    ]


@few
@given(cut=st.integers(0, sum(map(len, LINES))))
def test_a_log_that_is_cut(tmp_path: Path, cut: int) -> None:
    data = b"".join(LINES)[:cut]
    found = messages(written(tmp_path, data, "damaged"))
    kept = [n for n, start in enumerate(STARTS) if sum(map(len, LINES[:start])) < cut]
    sure = max(len(kept) - 2, 0)  # half a header belongs to the record before it
    assert found[:sure] == whole(tmp_path)[:sure]
    if len(kept) > 1:
        assert found[sure][2].startswith(whole(tmp_path)[sure][2])
    assert len(found) <= len(kept)


@few
@given(first=st.integers(0, len(STARTS) - 2), count=st.integers(1, 20))
def test_records_that_are_gone(tmp_path: Path, first: int, count: int) -> None:
    last = min(first + count, len(STARTS) - 1)
    found = read(tmp_path, LINES[: STARTS[first]] + LINES[STARTS[last] :])
    assert found == whole(tmp_path)[:first] + whole(tmp_path)[last:]


@few
@given(number=st.integers(1, len(STARTS) - 1), other=st.lists(junk, min_size=1, max_size=5))
def test_other_text_between_records(tmp_path: Path, number: int, other: list[bytes]) -> None:
    at = STARTS[number]
    found = read(tmp_path, [*LINES[:at], *(b"x" + line + b"\n" for line in other), *LINES[at:]])
    known = whole(tmp_path)
    assert found[number:] == known[number:]
    assert found[: number - 1] == known[: number - 1]
    assert found[number - 1][2].startswith(known[number - 1][2].rstrip("\n"))


@few
@given(number=st.integers(1, len(STARTS) - 1))
def test_a_line_end_that_is_gone(tmp_path: Path, number: int) -> None:
    """Asterisk before December 2020 forgot it now and then, and cuts what is longer than 8191 characters without one."""
    at = STARTS[number] - 1
    found = read(tmp_path, [*LINES[:at], LINES[at].rstrip(b"\r\n"), *LINES[at + 1 :]])
    known = whole(tmp_path)
    assert len(found) == len(known)
    assert found[number:] == known[number:]
    assert found[: number - 1] == known[: number - 1]


def streams(folder: Path, lines: list[bytes]) -> list[dict[str, Any]]:
    return list(xivolab.open(written(folder, b"".join(lines), "damaged"), tz="UTC").table("streams").records())


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gone=st.sets(st.integers(20, len(TELLS) - 20), min_size=1, max_size=30))
def test_packets_whose_lines_are_damaged(tmp_path: Path, gone: set[int]) -> None:
    before = {one["src"]: one for one in streams(tmp_path, RTP) if one["src"]}
    lines = [*RTP]
    lost = dict.fromkeys(before, 0)
    for n in gone:
        place = RTP[TELLS[n]].partition(b"from ")[2].split()[0].decode()
        lost[place] += 1
        lines[TELLS[n]] = lines[TELLS[n]].replace(b"(type", b"(t")
    after = {one["src"]: one for one in streams(tmp_path, lines) if one["src"]}
    assert {place: one["packets"] for place, one in after.items()} == {
        place: one["packets"] - lost[place] for place, one in before.items()
    }
    assert {place: one["lost"] for place, one in after.items()} == {
        place: one["lost"] + lost[place] for place, one in before.items()
    }
    assert {place: one["expected"] for place, one in after.items()} == {
        place: one["expected"] for place, one in before.items()
    }


CALL = (ROOT / "sample_logs" / "busy" / "full").read_bytes()
OTHER = re.sub(
    rb"(?m)^\[(Nov \d+) (\d\d):",
    lambda date: b"[%s %02d:" % (date[1], (int(date[2]) + 1) % 24),
    CALL.replace(b"C-0000000", b"C-0000009").replace(b"-0000000", b"-0000009").replace(b"Call-ID: ", b"Call-ID: x"),
).splitlines(keepends=True)
"""The same call once more, an hour later."""


@few
@given(damage=st.lists(st.tuples(st.integers(0, len(OTHER) - 1), st.integers(0, 120), junk), min_size=1, max_size=12))
def test_another_call_is_not_touched(tmp_path: Path, damage: list[tuple[int, int, bytes]]) -> None:
    alone = calls(tmp_path, CALL)
    assert len(alone) == 1
    lines = [*OTHER]
    for number, at, junk in damage:
        line = lines[number]
        place = min(max(at, 60), max(len(line) - 1, 0))  # behind the date: one that is no date has no time
        lines[number] = line[:place] + junk + line[place:]
    found = calls(tmp_path, CALL + b"".join(lines))
    assert found["C-00000001"] == alone["C-00000001"]


def calls(folder: Path, data: bytes) -> dict[str, dict[str, Any]]:
    table = xivolab.open(written(folder, data, "damaged"), tz="UTC").table("calls")
    told = (
        "caller",
        "callee",
        "state",
        "status",
        "start",
        "end",
        "answered",
        "released_by",
        "talk_s",
        "dialled",
        "legs",
    )
    return {
        call["log_ids"][0]: {name: call[name] for name in told if name in call}
        for call in table.records()
        if call["log_ids"]
    }

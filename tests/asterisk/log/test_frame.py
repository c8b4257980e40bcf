"""Bytes of a log as records: every form of header, every way in which records run into each other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asterisk.log.made import SAMPLES, framed, messages
from xivolab.asterisk.log.frame import next_mark
from xivolab.asterisk.log.rows import YEAR

FILE = (
    '[Aug 12 10:13:30] VERBOSE[2301376][C-00005477] pbx.c: Executing [70060@default:1] Set("a", "B=[c]") in new stack\n'
)


def one(line: str) -> dict[str, object]:
    (found,) = framed(line.encode())
    texts = {"text": ("message", "end"), "file": ("source", "source_end"), "in": ("function", "function_end")}
    return {**found, **{name: line[found[a] : found[b]] for name, (a, b) in texts.items()}}  # type: ignore[misc]


def test_the_header_of_a_file() -> None:
    record = one(FILE)
    assert (record["thread"], record["callid"], record["file"]) == (2301376, 0x5477, "pbx.c")
    assert record["text"] == FILE.partition("pbx.c: ")[2].strip()


def test_the_header_of_plain_files_and_of_the_console() -> None:
    record = one("[2026-02-28 22:57:20.193] WARNING[357082][C-000000a7]: app_dial.c:1766 wait_for_answer: Unable: to\n")
    assert (record["file"], record["source_line"], record["in"]) == ("app_dial.c", 1766, "wait_for_answer")
    assert (record["callid"], record["text"]) == (0xA7, "Unable: to")


@pytest.mark.parametrize(
    ("line", "file", "text"),
    [
        (
            "[Jun 12 15:13:54] NOTICE[3980] res_pjsip_session.c:  anonymous: Call (UDP:1",
            "res_pjsip_session.c",
            " anonymous: Call (UDP:1",
        ),
        ('[2013-11-11 14:33:38] WARNING[6756][C-0000001d] Ext. s: "Rejecting', "Ext. s", '"Rejecting'),
        (
            "[Nov 23 07:51:49] VERBOSE[74] res_pjsip/pjsip_options.c: Contact a/sip:a@1:2 is",
            "res_pjsip/pjsip_options.c",
            "Contact a/sip:a@1:2 is",
        ),
        ("[Nov 23 07:51:49] VERBOSE[74] pbx.c:     -- Executing [a@b:1]", "pbx.c", "Executing [a@b:1]"),
        ("[Nov 23 07:51:49] VERBOSE[74] pbx.c:   == Spawn extension", "pbx.c", "Spawn extension"),
        ("[Nov 23 07:51:49] VERBOSE[74] pbx.c:        > 0x7f -- Probation", "pbx.c", "0x7f -- Probation"),
        ("[Nov 23 07:51:49] VERBOSE[74] res_rtp.c: 0x7f -- Strict RTP", "res_rtp.c", "0x7f -- Strict RTP"),
        ("[Nov 23 07:51:49]     -- Executing [a@b:1]", "", "Executing [a@b:1]"),
        ("[Nov 23 07:51:49] AMD[1] app.c: x", "app.c", "x"),
    ],
)
def test_other_headers(line: str, file: str, text: str) -> None:
    record = one(line + "\n")
    assert (record["file"], record["text"]) == (file, text)


def test_the_line_that_is_written_when_a_log_is_opened() -> None:
    assert one("[Nov 23 07:47:28] Asterisk 22.10.1 built by nobody @ x\n")["text"].startswith("Asterisk 22.10.1")  # type: ignore[attr-defined]


def test_a_message_of_several_lines_is_one_record() -> None:
    data = FILE + "second\n\n[not a header]\n" + FILE
    first, second = framed(data.encode())
    assert (first["lines"], second["line"]) == (4, 5)
    assert data.encode()[: first["end"]].endswith(b"[not a header]")  # type: ignore[misc]


def test_text_before_the_first_header_is_a_record_without_one() -> None:
    first, second = framed(("a=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n" + FILE).encode())
    assert (first["level"], first["clock"], first["lines"], second["line"]) == (0, 0, 2, 3)


@given(st.integers(0, 200), st.booleans())
def test_a_record_without_a_line_end_does_not_swallow_the_next(cut: int, many: bool) -> None:
    head = FILE.index("pbx.c: ") + 7
    first = FILE[: head + cut].rstrip("\n")
    data = (first + FILE) * (3 if many else 1)
    found = framed(data.encode())
    assert len(found) == (6 if many else 2)
    assert {data.encode()[row["message"] : row["end"]].decode() for row in found} == {first[head:], FILE[head:].strip()}  # type: ignore[misc]
    assert all(row["line"] == 1 + n // 2 for n, row in enumerate(found))


def test_the_new_year_is_turned() -> None:
    lines = [
        f"[{day} 10:00:00] NOTICE[1] a.c: x\n" for day in ("Dec 31", "Jan  1", "Dec 31", "Jan  1", "Dec 30", "Jan  2")
    ]
    times = [row["time"] // YEAR for row in framed("".join(lines).encode())]  # type: ignore[operator]
    assert times == [0, 1, 0, 1, 0, 1]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_recorded_logs_give_the_same_records_in_blocks_of_any_size(path: Path) -> None:
    whole = messages(path)
    assert whole == messages(path, 700)
    headers = [line for line in path.read_text().splitlines() if line.startswith(("[Nov ", "[2026-", "[1795"))]
    assert len(whole) == len(headers)
    assert all(
        text == line or line.endswith(text.split("\n")[0]) for (_, _, text), line in zip(whole, headers, strict=True)
    )


ODD = st.sampled_from(
    [b"[", b"]", b"\n", b"[Nov 23 07:51:49] ", b"VERBOSE[1]", b"[C-0000001a]", b" a.c: ", b":", b"\0", b"[?] "]
)


@given(st.lists(ODD | st.binary(max_size=9), max_size=40), st.integers(1, 5))
def test_any_bytes_are_records_without_a_gap(parts: list[bytes], rows: int) -> None:
    data = b"".join(parts)
    found = framed(data, rows)
    assert [row["start"] for row in found] == [0, *(row["next"] for row in found)][: len(found)]
    assert not found or found[-1]["next"] == len(data)
    assert all(row["start"] <= row["message"] <= row["end"] <= row["next"] for row in found)  # type: ignore[operator]
    assert sum(1 for row in found) == 0 or found[-1]["line"] <= data.count(b"\n") + 1  # type: ignore[operator]


@given(st.lists(st.integers(0, 6), max_size=20), st.integers(0, 19), st.data())
def test_damage_takes_only_what_was_damaged(kinds: list[int], hurt: int, data: st.DataObject) -> None:
    lines = [
        FILE.replace("B=[c]", f"N={n}") if kind else f"[Aug 12 10:13:3{n % 10}] NOTICE[7] a.c: {n}\n"
        for n, kind in enumerate(kinds)
    ]
    if not lines:
        return
    whole = [line.partition(".c: ")[2].strip() for line in lines]
    hurt %= len(lines)
    line = lines[hurt]
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start, len(line)))
    junk = data.draw(st.text("x[]: 0\x00é", max_size=12))
    text = "".join([*lines[:hurt], line[:start] + junk + line[end:], *lines[hurt + 1 :]]).encode()
    found = [text[row["message"] : row["end"]].decode("utf-8", "replace") for row in framed(text)]  # type: ignore[misc]
    others = [
        wanted for n, wanted in enumerate(whole) if n not in (hurt, hurt - 1)
    ]  # junk may be added to the one before
    kept = iter(found)
    assert all(wanted in kept for wanted in others)


@given(st.binary(max_size=90), st.integers(0, 90))
def test_the_next_mark_is_the_first_one(data: bytes, start: int) -> None:
    start = min(start, len(data))
    wanted = next((k for k in range(start, len(data)) if data[k] in b"[\n"), len(data))
    assert next_mark(np.frombuffer(data + b"\n", np.uint8), start, len(data)) == wanted

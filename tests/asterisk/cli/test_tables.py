"""All the tables of a paste: what was recorded from a real Asterisk, then quoted, squeezed and broken."""

from __future__ import annotations

import gzip
import random
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import xivolab
from tests.captures import ROOT
from xivolab.asterisk.cli.tables import CliText, cli_tables, table_of_command

NAMES = ("channel*", "endpoints", "core-*", "pjsip-*", "queue-*", "dialplan-*")
RECORDED = sorted(path for name in NAMES for path in (ROOT / "sample_logs").glob(f"*/{name}.txt"))
PLACE = ("id", "file", "line", "output", "taken_at")
# What the last column holds may be cut by Asterisk itself, so that a word too many or too few is no matter of ours.
FREE = ("cut",)


def read(text: str) -> dict[str, list[dict[str, Any]]]:
    tables = cli_tables([CliText("paste", text.splitlines())])
    return {
        name: [{k: v for k, v in row.items() if k not in PLACE and k not in FREE} for row in table.records()]
        for name, table in tables.items()
        if len(table)
    }


def test_every_recorded_output_is_read() -> None:
    for path in RECORDED:
        text = path.read_text()
        found = read(text)
        if "No objects found" not in text:
            assert found, path
        if path.name == "endpoints.txt":
            assert len(found["endpoints"]) == int(text.rpartition("Objects found:")[2]), path
        if path.name == "channels.txt" and "0 active channels" not in text:
            assert len(found["channels"]) == found["servers"][0]["channels"], path


def squeezed(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def unindented(text: str) -> str:
    return textwrap.dedent("\n".join(line.lstrip() for line in text.splitlines()))


def coloured(text: str) -> str:
    return "\r\n".join(f"\x1b[1;37m{line}\x1b[0m" for line in text.splitlines())


def noisy(text: str) -> str:
    noise = '[Nov 25 13:26:26] VERBOSE[12][C-00000001] pbx.c: Executing [s@user:1] NoOp("PJSIP/a", "") in new stack'
    return "Hello,\n" + "\n".join(f"{line}\n{noise}" for line in text.splitlines()) + "\nRegards"


def prompted(text: str) -> str:
    return f"Connected to Asterisk 22.10.1 currently running on xivo (pid = 1)\nxivo*CLI> \n{text}\nxivo*CLI> exit\n"


@pytest.mark.parametrize("spoil", [squeezed, quoted, unindented, coloured, noisy, prompted])
@pytest.mark.parametrize("path", RECORDED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_a_mail_does_to_it_changes_nothing(path: Path, spoil: Any) -> None:
    text = path.read_text()

    assert read(spoil(text)) == read(text)


def word_wrapped(text: str, width: int) -> str:
    """As a PDF or a mail program breaks lines: at spaces, which go."""
    lines = [
        textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""] for line in text.splitlines()
    ]
    return "\n".join(piece for pieces in lines for piece in pieces)


def hard_wrapped(text: str, width: int) -> str:
    """As a terminal does: at its last column."""
    lines = [[line[at : at + width] for at in range(0, len(line), width)] or [""] for line in text.splitlines()]
    return "\n".join(piece for pieces in lines for piece in pieces)


def unspaced(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Without the spaces in the arguments of applications: at their end nothing tells how a line was broken."""
    return {
        name: [
            {k: v.replace(" ", "") if k in ("data", "value", "built") and v else v for k, v in row.items()}
            for row in rows
        ]
        for name, rows in tables.items()
    }


@pytest.mark.parametrize("wrap", [word_wrapped, hard_wrapped])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(path=st.sampled_from(RECORDED), width=st.integers(60, 160))
def test_lines_broken_at_any_width_change_nothing(wrap: Any, path: Path, width: int) -> None:
    text = re.sub(r"\x1b\[[\d;]*m", "", path.read_text())  # colours are no columns of a terminal

    assert unspaced(read(wrap(text, width))) == unspaced(read(text))


def test_all_recorded_outputs_in_one_paste() -> None:
    alone = [read(path.read_text()) for path in RECORDED]
    together = read("\n".join(path.read_text() for path in RECORDED))

    for name, rows in together.items():
        assert rows == [row for tables in alone for row in tables.get(name, [])], name


def test_rows_know_where_and_when_they_were_printed() -> None:
    text = "2026-11-25T13:00:00Z\n Endpoint:  a/1  In use  1 of inf\n2026-11-25T13:00:05Z\n Endpoint:  a/1  In use  1 of inf\n"
    tables = cli_tables([CliText("poll.txt", text.splitlines())])
    first, second = tables["endpoints"].records()

    assert (first["file"], first["line"], first["output"], first["taken_at"]) == ("poll.txt", 2, 0, 1795611600.0)
    assert (second["line"], second["output"], second["taken_at"]) == (4, 1, 1795611605.0)
    assert first["id"] != second["id"]


def test_equal_rows_have_ids_of_their_own() -> None:
    table = cli_tables([CliText("x", [" Aor:  a  1", " Aor:  a  1"])])["aors"]

    assert len(set(table["id"])) == 2


@pytest.mark.parametrize(
    ("command", "table"),
    [
        ("pjsip show endpoints", "endpoints"),
        ("pjsip  list endpoints", "endpoints"),
        ("pjsip show endpoint alice", "endpoints"),
        ("pjsip show channels", "pjsip-channels"),
        ("pjsip show identifies", "identifies"),
        ("core show channels concise", "channels"),
        ("core show channel PJSIP/a", "channel-details"),
        ("core show uptime seconds", "servers"),
        ("queue show support", "queues"),
        ("dialplan show default", "dialplan"),
        ("hints", "hints"),
        ("module show", None),
    ],
)
def test_a_command_names_its_table(command: str, table: str | None) -> None:
    assert table_of_command(command) == table


@given(
    st.lists(
        st.text(alphabet=st.sampled_from("Endpoint: Channel/Aor=>'[]()<>!.0123456789K\x1bState\n ->|"), max_size=80),
        max_size=12,
    )
)
def test_no_text_makes_it_fail(lines: list[str]) -> None:
    cli_tables([CliText("x", lines)])


def test_a_damaged_file_is_read_up_to_its_damage_and_told(tmp_path: Path) -> None:
    packed = gzip.compress(
        (" Endpoint:  a/1  In use  1 of inf\n" + "x" * 90 + "\n").encode() + random.Random(1).randbytes(200_000)
    )
    path = tmp_path / "paste.txt.gz"
    path.write_bytes(packed[:100_000])
    case = xivolab.open(path, as_={str(path): "cli"})

    assert case.cli["endpoints"]["endpoint"].tolist() == ["a"]
    [problem] = case.table("problems").records()
    assert problem["what"].startswith("damaged")


def test_a_file_without_lines_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"Endpoint: " + b"a" * 3_000_000)

    assert len(xivolab.open(path, as_={str(path): "cli"}).cli) == 0

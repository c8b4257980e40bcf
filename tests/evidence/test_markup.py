"""Pastes out of mails, web pages and Markdown."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.asterisk.log.made import SAMPLES, logs, messages, written
from tests.captures import ROOT
from xivolab.asterisk.cli import CliText, cli_tables
from xivolab.asterisk.log.records import log_table
from xivolab.evidence.markup import changes, undone
from xivolab.evidence.recognise import recognise

CONSOLE = ROOT / "sample_logs" / "console" / "pjsip-show-endpoints.txt"
LINES = SAMPLES[0].read_bytes().decode().replace("\r", "").removesuffix("\n").split("\n")

WAYS: dict[str, Callable[[str], str]] = {
    "entities": html.escape,
    "entities of a quote": lambda line: f"&gt; {html.escape(line)}",
    "a page": lambda line: f"{html.escape(line)}<br>",
    "paragraphs": lambda line: f"<p>{html.escape(line)}</p>",
    "no-break spaces": lambda line: line.replace(" ", "\xa0"),
    "bold": lambda line: f"**{line}**" if line.startswith("[") else line,
    "bold in a quote": lambda line: f"> **{line}**" if line.startswith("[") else f"> {line}",
    "backticks": lambda line: f"`{line}`" if line.startswith("[") else line,
    "backslashes": lambda line: line.replace("[", "\\[").replace("]", "\\]").replace("*", "\\*").replace("_", "\\_"),
    "prompts": lambda line: f"xivo*CLI> {line}" if line.startswith("[") else line,
}


def _without_ends(found: list[tuple[str | None, int, str]]) -> list[tuple[str | None, int, str]]:
    return [(level, callid, "\n".join(line.rstrip() for line in text.split("\n"))) for level, callid, text in found]


@pytest.mark.parametrize("way", WAYS)
def test_a_paste_is_read_as_what_it_was(way: str, tmp_path: Path) -> None:
    text = "".join(f"{WAYS[way](line)}\n" for line in LINES)
    whole = messages(written(tmp_path, "\n".join(LINES) + "\n", "whole"))
    assert _without_ends(messages(written(tmp_path, text.encode()))) == _without_ends(whole)


@pytest.mark.parametrize("way", WAYS)
def test_what_it_is_is_seen(way: str) -> None:
    for path, kind in ((SAMPLES[0], "asterisk-log"), (CONSOLE, "cli")):
        lines = path.read_text().split("\n")[2:80]
        assert recognise("\n".join(map(WAYS[way], lines)).encode()) == kind


@pytest.mark.parametrize("way", [way for way in WAYS if way != "prompts"])
def test_the_console_in_a_paste(way: str) -> None:
    text = CONSOLE.read_text()
    change = WAYS[way]
    if way.startswith(("bold", "backticks")):

        def change(line: str) -> str:
            mark = "`" if way == "backticks" else "**"
            return f"{mark}{line}{mark}" if line.strip() else line

    assert shown("\n".join(map(change, text.split("\n")))) == shown(text)
    assert shown(f"Bonjour,\n```\n{text}\n```\nmerci\n") == shown(text)


def shown(text: str) -> dict[str, list[dict[str, object]]]:
    tables = cli_tables([CliText("paste", text.split("\n"))])
    found = {
        name: [
            {key: value for key, value in row.items() if key not in ("id", "line", "file")} for row in table.records()
        ]
        for name, table in tables.items()
    }
    assert any(found.values())
    return found


def test_fences_are_no_lines_of_it(tmp_path: Path) -> None:
    text = "\n".join(["```", *LINES[:40], "```", "", "~~~text", *LINES[40:], "~~~", ""])
    found = messages(written(tmp_path, text.encode()))
    assert not any("```" in message or "~~~" in message for _, _, message in found)
    lines = log_table(logs(tmp_path / "full"))["line"].tolist()
    assert lines[0] == 2  # of the paste


def test_bold_words_of_a_console(tmp_path: Path) -> None:
    text = '    -- Executing [1@a:1] Dial("PJSIP/a-00000000", "PJSIP/b") in new stack\n  == **Everyone is busy/congested at this time (1:0/0/1)**\n'
    assert messages(written(tmp_path, text))[1][2] == "Everyone is busy/congested at this time (1:0/0/1)"


@pytest.mark.parametrize(
    "line",
    [
        '[Nov 23 07:51:49] VERBOSE[1] pbx.c: Executing [**97@a:1] Set("x", "a=&lt;b&gt; <c>") in new stack',
        '[Nov 23 07:51:49] VERBOSE[1] pbx.c: Executing [1@a:1] NoOp("x", "*** stars ***") in new stack',
        "[Nov 23 07:51:49] NOTICE[1] logger: *** PLEASE NOTE ***",
        "[Nov 23 07:51:49] VERBOSE[1] app_verbose.c: **INCOMING CALL**",
        '[Nov 23 07:51:49] VERBOSE[1] pbx.c: Executing [1@a:1] AGI("x", "agi://h/?a=1&amp;b=2") in new stack',
        'From: "Anne\xa0Marie" <sip:1001@pbx>;tag=1',
        '[Nov 23 07:51:49] VERBOSE[1] pbx.c: Executing [1@a:1] System("x", "echo `date`") in new stack',
        '[Nov 23 07:51:49] VERBOSE[1] pbx.c: Executing [1@a:1] Set("x", "__A=__") in new stack',
        '[Nov 23 07:51:49] VERBOSE[1] pbx.c: Executing [1@a:1] Set("x", "CALLERID(name)=Anne\xa0Marie\\[x\\]") in new stack',
    ],
)
def test_what_a_log_says_itself_stays(line: str) -> None:
    assert undone(line, changes([line] * 5)) == line
    assert changes(LINES) == []

"""What Asterisk's logger wrote in each of its forms and settings: the same records, calls and dialogs, byte for byte."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.asterisk.log.reader import LogReader
from xivolab.evidence.source import Source

FORMATS, ROTATED, CONSOLES, RESTART = (
    ROOT / "sample_logs" / name for name in ("logger-formats", "logger-rotation", "remote-console", "restart")
)


def truth(folder: Path) -> dict[str, Any]:
    return tomllib.loads((ROOT / "captures" / folder.name / "truth.toml").read_text())


LOGGED = truth(FORMATS)["logged"]
FILES = {entry["path"]: entry for entry in LOGGED if entry["form"] in ("default", "plain", "json")}
VARIANTS = list(dict.fromkeys(name.split("-default")[0] for name in FILES if "-default" in name))
PARTIES = ("from_user", "to_user", "state", "answered", "released_by")


def named(variant: str, form: str) -> Path:
    found: str = next(name for name in FILES if name.startswith(f"{variant}-{form}"))
    return FORMATS / found


def raw(path: Path) -> Iterator[tuple[Any, ...]]:
    """Level, thread, call id, source file and message of each record with a header, as bytes where they are text."""
    for block in LogReader(Source(path)).blocks():
        for place, row in enumerate(block.rows[: block.count]):
            text = (block.buffer[row[a] : row[b]].tobytes() for a, b in (("source", "source_end"), ("message", "end")))
            if row["thread"] >= 0:
                yield (block.level(place), int(row["thread"]), int(row["callid"]), *text)


def places(path: Path) -> list[tuple[Any, ...]]:
    return [
        (row["source"], row["source_line"], row["function"]) for row in table(path, "log") if row["thread"] is not None
    ]


def table(path: Path, name: str) -> list[dict[str, Any]]:
    return list(xivolab.open(path, tz="UTC", year=2026).table(name).records())


def calls(*paths: Path) -> list[dict[str, Any]]:
    found = xivolab.open(*paths, tz="UTC", year=2026).table("calls").records()
    return [{key: call[key] for key in PARTIES} for call in found]


def told(folder: Path, *numbers: int) -> list[dict[str, Any]]:
    return [{key: truth(folder)["calls"][number][key] for key in PARTIES} for number in numbers]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("form", ["plain", "json"])
def test_the_records_are_those_of_the_default_form(variant: str, form: str) -> None:
    assert list(raw(named(variant, form))) == list(raw(named(variant, "default")))
    one, other = (
        [row["time"] for row in table(named(variant, kind), "log") if row["thread"] is not None]
        for kind in (form, "default")
    )
    assert one == other


@pytest.mark.parametrize("variant", VARIANTS)
def test_lines_and_functions_of_the_source_are_the_same_in_plain_and_json(variant: str) -> None:
    found = places(named(variant, "plain"))

    assert found == places(named(variant, "json"))
    assert all(line and function for _, line, function in found)
    assert [source for source, _, _ in found] == [row[0] for row in places(named(variant, "default"))]


@pytest.mark.parametrize("name", ["syslog", "syslog-today"])
def test_syslog_holds_the_same_records(name: str) -> None:
    usual = [record for record in raw(FORMATS / "usual-default") if b"Queue Logger" not in record[4]]
    found = [record for record in raw(FORMATS / name) if b"Queue Logger" not in record[4]]

    assert found == usual[-len(found) :]
    assert len(found) > 30
    assert any(b"\r\nVia: " in record[4] for record in found)
    times = [row["time"] for row in table(FORMATS / name, "log") if row["thread"] is not None]
    both = [row["time"] for row in table(FORMATS / "usual-default", "log") if row["thread"] is not None]
    assert all(abs(one - other) <= 1.001 for one, other in zip(times[::-1], both[::-1], strict=False))


@pytest.mark.parametrize("name", FILES)
def test_each_file_tells_the_call_that_was_made(name: str) -> None:
    assert calls(FORMATS / name) == told(FORMATS, *FILES[name]["calls"])


@pytest.mark.parametrize("name", [entry["path"] for entry in LOGGED if entry["form"] == "syslog"])
def test_syslog_tells_the_call_and_its_dialogs(name: str) -> None:
    assert calls(FORMATS / name) == told(FORMATS, 0)
    assert _dialogs(FORMATS / name) == _dialogs(FORMATS / "usual-default")


def _dialogs(path: Path) -> list[tuple[Any, ...]]:
    keys = ("call_id", "messages", "state", "status", "codecs")
    return sorted(tuple(row[key] for key in keys) for row in table(path, "dialogs") if row["method"] == "INVITE")


@pytest.mark.parametrize("form", ["plain", "json"])
def test_dialogs_are_the_same_whatever_the_form(form: str) -> None:
    assert _dialogs(named("usual", form)) == _dialogs(FORMATS / "usual-default")
    captured = {row["call_id"] for row in table(ROOT / "captures" / "logger-formats", "dialogs")}
    assert {row[0] for row in _dialogs(FORMATS / "usual-default")} <= captured


def test_all_dates_in_one_file_and_all_files_at_once() -> None:
    """`full` goes through every setting but the last, which gives it another name."""
    settings = len(VARIANTS)

    assert calls(FORMATS / "full") == told(FORMATS, *range(settings - 1))
    starts = [row["start"] for row in table(FORMATS / "full", "calls")]
    assert starts == sorted(starts)
    assert starts[-1] - starts[0] < 120
    assert len([call for call in calls(FORMATS) if call["answered"]]) == settings


def test_levels_and_verbosity_of_other_files() -> None:
    assert {row["level"] for row in table(FORMATS / "debug", "log")} == {None, "DEBUG"}
    assert calls(FORMATS / "quiet") == told(FORMATS, 0)
    assert [row["level"] for row in table(FORMATS / "messages", "log")] == [None]


def test_files_may_bear_the_name_of_the_host() -> None:
    assert calls(FORMATS / "full.pbx") == told(FORMATS, len(VARIANTS) - 1)


@pytest.mark.parametrize("strategy", ["sequential", "rotate", "timestamp"])
def test_a_call_that_goes_over_rotated_files_is_whole(strategy: str) -> None:
    files = sorted((ROTATED / strategy).iterdir())
    (number,) = {entry["calls"][0] for entry in truth(ROTATED)["logged"] if entry["path"].startswith(strategy)}

    assert len(files) == 3
    assert calls(*files) == calls(*reversed(files)) == told(ROTATED, number)


def test_the_files_of_a_set_are_put_in_order_by_their_times() -> None:
    """sequential: the highest number is the newest; rotate: the oldest; timestamp: the time at which it was closed."""
    orders = {
        strategy: [Path(name).name for name in dict.fromkeys(row["file"] for row in table(ROTATED / strategy, "log"))]
        for strategy in ("sequential", "rotate", "timestamp")
    }

    assert orders["sequential"] == ["full.0", "full.1", "full"]
    assert orders["rotate"] == ["full.1", "full.0", "full"]
    assert orders["timestamp"] == [*sorted(orders["timestamp"][:2]), "full"]


def test_a_log_that_is_opened_again_in_the_middle_of_a_call() -> None:
    assert calls(ROTATED / "full") == told(ROTATED, 3)
    assert calls(ROTATED) == told(ROTATED, 0, 1, 2, 3)


def test_call_ids_begin_again_with_each_start() -> None:
    assert calls(RESTART / "full") == told(RESTART, 0, 1, 2)
    assert [row["log_ids"] for row in table(RESTART / "full", "calls")] == [[f"C-{n:08x}"] for n in (1, 2, 1)]


@pytest.mark.parametrize("name", [entry["path"] for entry in truth(CONSOLES)["logged"]])
def test_a_console_tells_the_call_and_its_dialogs(name: str) -> None:
    assert calls(CONSOLES / name) == told(CONSOLES, 0)
    dialogs = {row[0]: row for row in _dialogs(CONSOLES / name)}
    usual = {row[0]: row for row in _dialogs(CONSOLES / "full")}
    assert dialogs == usual


@pytest.mark.parametrize("name", [entry["path"] for entry in truth(CONSOLES)["logged"]])
def test_a_console_says_what_the_file_says(name: str) -> None:
    """Levels and messages, but for what is written when others come and go, and what somebody typed."""
    shown = [row for row in table(CONSOLES / name, "log") if row["level"]]
    written = [row for row in table(CONSOLES / "full", "log") if row["level"] and row["source"] != "asterisk.c"]
    messages = [row["message"] for row in shown if not row["message"].startswith("Remote UNIX connection")]
    expected = [row["message"] for row in written]

    assert messages == expected[-len(messages) :]
    assert len(messages) > 30
    assert all("\x1b" not in row["message"] for row in shown)
    if name != "console":
        first = next(row["time"] for row in shown if "Executing" in row["message"])
        other = next(row["time"] for row in written if "Executing" in row["message"])
        assert first == pytest.approx(other, abs=0.5)

"""`xivolab audio`: which sound, and where it goes."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import pytest

from tests.captures import ROOT
from tests.terminal import Run

CALL = str(ROOT / "captures" / "dtmf-menu")


def test_an_overview_within_80_columns(run: Run) -> None:
    ran = run("audio", CALL)
    assert ran.status == 0
    assert "what the caller hears" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_a_call_and_a_stream_as_files(run: Run, tmp_path: Path) -> None:
    for words, channels in ((["--call", "3000"], 2), (["--side", "callee"], 1), (["--stream", "0"], 1)):
        path = tmp_path / "a.wav"
        ran = run("audio", CALL, *words, "-o", str(path))
        assert (ran.status, ran.out) == (0, "")
        with wave.open(str(path)) as file:
            assert (file.getnchannels(), file.getframerate()) == (channels, 8000)


def test_levels_and_digits_as_tables(run: Run) -> None:
    assert run("audio", CALL, "--levels").out.startswith("Source ")
    levels = json.loads(run("audio", CALL, "--levels", "--json").out)
    assert [row["codec"] for row in levels] == ["PCMA", "PCMA"]
    assert json.loads(run("audio", CALL, "--digits", "--json").out) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-o", "call.doc"], "end its name in .wav"),
        (["--json"], "only tables have JSON"),
        (["--codec", "opus"], "write 96=opus/48000"),
        (["--codec", "96=?"], "no codec '?'"),
        (["--key", "secret"], "no key of 30 bytes"),
        (["--leg", "9"], "no leg 9"),
        (["--side", "left"], "'left' is not one of"),
    ],
)
def test_what_is_asked_wrongly(run: Run, words: list[str], told: str) -> None:
    ran = run("audio", CALL, *words)
    assert ran.status == 2
    assert told in ran.err
    assert "secret" not in ran.err

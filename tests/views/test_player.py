"""Players carry their sound, and are bounded."""

from __future__ import annotations

import re
import sys
from base64 import b64decode

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.views import player


def sounds(page: str) -> list[tuple[str, bytes]]:
    return [(kind, b64decode(data)) for kind, data in re.findall(r'src="data:(audio/\w+);base64,([^"]+)"', page)]


def test_short_calls_are_wav() -> None:
    page = xivolab.open(ROOT / "captures" / "clean-call").call(0).audio().html()
    assert [kind for kind, _ in sounds(page)] == ["audio/wav"] * 4
    assert all(content[:4] == b"RIFF" for _, content in sounds(page))


def test_a_side_without_sound_has_no_player() -> None:
    assert len(sounds(xivolab.open(ROOT / "captures" / "one-way-audio").call(0).audio().html())) == 1


def test_long_ones_are_mp3_and_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    audio = xivolab.open(ROOT / "captures" / "clean-call").call(0).audio()
    monkeypatch.setattr(player, "MOST_BYTES", 100_000)
    monkeypatch.setattr(player, "LONGEST_S", 6)
    page = audio.html()
    assert [kind for kind, _ in sounds(page)] == ["audio/mpeg"] * 4
    assert sum(len(content) for _, content in sounds(page)) < 200_000
    assert "the first 0.1 min; save() writes all" in page


def test_without_pyav_they_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    audio = xivolab.open(ROOT / "captures" / "clean-call").call(0).audio()
    assert audio.seconds
    audio.sound.samples("mixed")
    monkeypatch.setattr(player, "MOST_BYTES", 100_000)
    monkeypatch.setitem(sys.modules, "av", None)
    found = sounds(audio.html())
    assert [kind for kind, _ in found] == ["audio/wav"] * 4
    assert sum(len(content) for _, content in found) < 101_000

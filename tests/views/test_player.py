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


def test_in_a_report_a_call_has_one_small_player(monkeypatch: pytest.MonkeyPatch) -> None:
    audio = xivolab.open(ROOT / "captures" / "packet-loss").call(0).audio()
    ((kind, content),) = sounds(audio.small())
    assert kind == "audio/mpeg"
    assert len(content) < 7_000 * audio.seconds
    assert "writes all" not in audio.small()
    monkeypatch.setattr(player, "SMALL_S", 12)
    ((_, shorter),) = sounds(audio.small())
    assert len(shorter) < len(content) / 2
    assert "the first 0.2 min; “xivolab audio … --call ID -o call.wav” writes all" in audio.small()


def test_a_small_player_without_pyav_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    audio = xivolab.open(ROOT / "captures" / "clean-call").call(0).audio()
    assert audio.seconds
    monkeypatch.setattr(player, "SMALL_BYTES", 50_000)
    monkeypatch.setitem(sys.modules, "av", None)
    ((kind, content),) = sounds(audio.small())
    assert kind == "audio/wav"
    assert len(content) < 51_000
    assert "writes all" in audio.small()


def test_a_call_without_sound_has_no_small_player() -> None:
    assert sounds(xivolab.open(ROOT / "captures" / "busy").call(0).audio().small()) == []

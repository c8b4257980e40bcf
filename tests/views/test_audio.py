"""Players, waveform and spectrogram of recorded calls, in every form."""

from __future__ import annotations

import wave
from pathlib import Path
from xml.etree import ElementTree

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.errors import UsageError
from xivolab.views.audio import CallAudio


@pytest.fixture(scope="module")
def lossy() -> CallAudio:
    return xivolab.open(ROOT / "captures" / "packet-loss").call(0).audio()


def test_it_shows_itself_in_a_notebook(lossy: CallAudio) -> None:
    bundle = lossy._repr_mimebundle_()
    assert bundle["text/html"].count("<audio ") == 4
    assert bundle["text/plain"].startswith("Audio · alice → 1002 · caller’s leg\n")
    assert "http://" not in bundle["text/html"].replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in bundle["text/html"]
    assert repr(lossy) == "<CallAudio Audio · alice → 1002 · caller’s leg: 28.7 s at 8000 Hz>"


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".ogg", ".svg", ".html", ".png", ".pdf", ".txt"])
def test_a_file_gets_what_its_name_asks_for(lossy: CallAudio, tmp_path: Path, suffix: str) -> None:
    path = lossy.save(tmp_path / f"call{suffix}")
    assert path.stat().st_size > 500


def test_sides_in_a_file(lossy: CallAudio, tmp_path: Path) -> None:
    with (
        wave.open(str(lossy.save(tmp_path / "a.wav"))) as both,
        wave.open(str(lossy.save(tmp_path / "b.wav", "callee"))) as one,
    ):
        assert (both.getnchannels(), one.getnchannels()) == (2, 1)
        assert both.getnframes() == one.getnframes() == round(lossy.seconds * 8000)


def test_what_cannot_be_written(lossy: CallAudio, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"sound cannot be written as '\.doc'"):
        lossy.save(tmp_path / "call.doc")
    with pytest.raises(UsageError, match="no side 'left'"):
        lossy.samples("left")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="cannot write"):
        lossy.save(tmp_path / "none" / "call.wav")


def test_names_are_escaped() -> None:
    audio = xivolab.open(ROOT / "captures" / "clean-call").call(0).audio()
    audio.title = "<script>alert(1)</script>"
    assert "<script" not in audio.html()
    assert ElementTree.fromstring(audio.svg()).get("aria-label") == audio.title


def test_an_html_file_can_be_heard_and_its_picture_alone_cannot(lossy: CallAudio, tmp_path: Path) -> None:
    page = lossy.save(tmp_path / "call.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<audio ") == 4
    picture = lossy.picture()
    assert "<audio" not in str(picture._repr_mimebundle_())
    assert picture.text() == lossy.text()
    assert picture.svg() == lossy.svg()

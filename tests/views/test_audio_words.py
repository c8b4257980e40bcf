"""The words of sound, in both languages."""

from __future__ import annotations

from datetime import UTC
from typing import get_args

from xivolab.audio.track import Note, NoteKind
from xivolab.views.audio_words import WORDS, AudioWords


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["en"].keys() == WORDS["fr"].keys()


def test_every_note_has_words() -> None:
    for lang in WORDS:
        words = AudioWords(lang, UTC)
        assert all("7" in words.note(Note(kind, 7, "EVS")) for kind in get_args(NoteKind))
    assert AudioWords("fr", UTC).number(1.5, 1) == "1,5"

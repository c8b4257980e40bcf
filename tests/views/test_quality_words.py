"""The words of the quality plots."""

from __future__ import annotations

from datetime import UTC

from xivolab.testing import tcall, tstream
from xivolab.views.quality_words import WORDS, QualityWords
from xivolab.views.series import MEASURES, tracks


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["en"].keys() == WORDS["fr"].keys()


def test_numbers_and_units_in_french() -> None:
    words = QualityWords("fr", UTC)
    loss, jitter, _, mos = MEASURES
    assert (words.heading(loss), words.heading(mos)) == ("Perte (%)", "MOS")
    assert (words.worst(jitter, 12.34), words.worst(mos, 3.1)) == ("pire 12,3 ms", "pire 3,10")


def test_a_stream_of_unknown_codec_and_leg() -> None:
    (track,) = tracks(tcall(None, [tstream("192.0.2.1:1", "192.0.2.2:2", codec=None, payload_type=97)]))
    assert QualityWords("en", UTC).about(track) == "PT 97"

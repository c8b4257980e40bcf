"""What stands on a ladder with two points."""

from __future__ import annotations

from tests.views.crossings import LANES, SECRET, made_captions, made_flow
from xivolab.views.crossing import Change, Crossing
from xivolab.views.crossing_captions import change_text

ARROWS = [arrow for arrow in made_flow().arrows() if isinstance(arrow, Crossing)]


def test_a_point_has_its_letter_and_a_host_its_name() -> None:
    captions = made_captions()
    assert [captions.lane(lane) for lane in LANES[:3]] == [
        ("alice", "192.168.1.20, 198.51.100.7"),
        ("A", "phone.pcap"),
        ("B", "pbx.pcap"),
    ]


def test_the_line_under_the_title_tells_the_clocks() -> None:
    assert made_captions().extent() == "A phone.pcap · B pbx.pcap"


def test_what_became_of_a_message_is_told() -> None:
    captions = made_captions()
    assert [captions.again(arrow) for arrow in ARROWS] == ["", "", "other leg", "lost"]
    assert captions.heading(ARROWS[0])[1].endswith("4.2 ms between the points")
    assert made_captions("fr").heading(ARROWS[1])[1].endswith("0,500 ms entre les points")


def test_a_stream_is_told_in_the_words_of_the_comparison() -> None:
    (voice,) = made_flow().voices()
    assert made_captions().voice(voice) == ("PCMA · 12 of 739 lost (1.6 %)", "delay ± 0.04 ms (95 %)")


def test_an_open_message_shows_what_was_changed_and_both_texts() -> None:
    text = made_captions().opened(ARROWS[0], secrets=False)
    assert "≠ 2 differences" in text
    assert "  − Contact: <sip:alice@192.168.1.20>\n  + Contact: <sip:alice@198.51.100.7>" in text
    assert text.index("── as sent ──") < text.index("── as it arrived ──")
    assert "── " not in made_captions().opened(ARROWS[1], secrets=False)


def test_secrets_are_hidden_unless_asked_for() -> None:
    assert SECRET not in made_captions().opened(ARROWS[0], secrets=False)
    assert SECRET in made_captions().opened(ARROWS[0], secrets=True)


def test_a_line_of_sdp_needs_no_name_before_it() -> None:
    assert change_text(Change("c=", "", "c=IN IP4 1.2.3.4", None)) == "c=\n  − c=IN IP4 1.2.3.4"

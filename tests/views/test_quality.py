"""The quality plots, whole."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from xivolab.errors import UsageError
from xivolab.testing import tcall, tmessage
from xivolab.views.quality import quality

NS = {"s": "http://www.w3.org/2000/svg"}


def test_a_row_for_each_stream_with_its_direction_and_leg() -> None:
    root = ElementTree.fromstring(quality(tcall()).svg())
    rows = root.findall("s:g[@class='stream']", NS)
    texts = [[text.text for text in row.iterfind("s:text", NS)][:2] for row in rows]
    assert texts == [
        ["alice → pbx", "PCMA · caller’s leg"],
        ["pbx → alice", "PCMA · caller’s leg"],
        ["bob → pbx", "PCMA · callee’s leg"],
        ["pbx → bob", "PCMA · callee’s leg"],
    ]


def test_a_call_without_media_is_a_sentence_in_every_form() -> None:
    empty = quality(tcall([tmessage()], []), lang="fr")
    assert empty.text() == "Cet appel n’a aucun flux RTP dans les éléments fournis.\n"
    assert "aucun flux RTP" in empty.svg()
    assert "aucun flux RTP" in empty.html()


def test_names_are_escaped() -> None:
    page = quality(tcall(names={"10.77.0.11": "<script>alert(1)</script>"})).html()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_thresholds_of_the_user_are_drawn() -> None:
    assert ">2.5</text>" in quality(tcall(), thresholds={"packet-loss": 2.5, "one-way-audio": 5}).svg()


def test_options_that_are_none() -> None:
    with pytest.raises(UsageError):
        quality(tcall(), lang="de")


def test_it_says_what_it_is() -> None:
    assert repr(quality(tcall())) == "<Quality alice → 1002: 4 streams>"

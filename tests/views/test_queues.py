"""The picture of queues in all its forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

import xivolab
from tests.asterisk.cel.queue_sample import LOG
from xivolab.asterisk.cel.queue_tables import Queues
from xivolab.errors import UsageError
from xivolab.views.queues import WORDS, QueuePlots


@pytest.fixture
def queues(tmp_path: Path) -> Queues:
    (tmp_path / "queue_log").write_text(LOG.replace("sales", "<script>"))
    return xivolab.open(tmp_path / "queue_log").queues()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_all_forms(lang: str, queues: Queues, tmp_path: Path) -> None:
    picture = queues.plots(lang, "Europe/Paris")
    assert etree.fromstring(picture.svg().encode()).tag.endswith("svg")
    assert "<script" not in picture.html()
    assert picture.png(theme="dark").startswith(b"\x89PNG")
    assert "08:45" in picture.text()
    for suffix in (".svg", ".html", ".png", ".pdf", ".txt"):
        assert picture.save(tmp_path / f"queues{suffix}").stat().st_size > 300
    assert max(map(len, picture.text(50).splitlines())) <= 50


def test_without_calls_it_says_so() -> None:
    picture = Queues([], {}).plots()
    assert WORDS["en"]["none"] in picture.svg()
    assert picture.text().strip() == WORDS["en"]["none"]


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["en"].keys() == WORDS["fr"].keys()


def test_another_language_or_zone_is_an_error(queues: Queues) -> None:
    with pytest.raises(UsageError, match="no such language"):
        queues.plots("de")
    with pytest.raises(UsageError, match="unknown time zone"):
        queues.plots("en", "Mars/Olympus")


def test_it_tells_what_it_is(queues: Queues) -> None:
    picture = queues.plots()
    assert isinstance(picture, QueuePlots)
    assert repr(picture) == "<QueuePlots: 16 intervals, 2 queues, 2 agents>"

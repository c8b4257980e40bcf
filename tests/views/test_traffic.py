"""The picture of traffic in all its forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.views.traffic_tables import by, series, summary
from xivolab.errors import UsageError
from xivolab.views.traffic import TrafficPlots, traffic_plots


def plots(lang: str = "en", tz: str | None = None) -> TrafficPlots:
    shares = by(("peer", "<script>alert(1)</script>", 10, 0), ("peer", "bob", 0, 3))
    return traffic_plots(summary(), series([1, 3, 0, 6], [0, 1, 0, 0]), shares, lang=lang, tz=tz)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_all_forms(lang: str, tmp_path: Path) -> None:
    picture = plots(lang)
    assert etree.fromstring(picture.svg().encode()).tag.endswith("svg")
    assert "<script" not in picture.html()
    assert picture.png().startswith(b"\x89PNG")
    for suffix in (".svg", ".html", ".png", ".pdf", ".txt"):
        assert picture.save(tmp_path / f"traffic{suffix}").stat().st_size > 300


def test_times_are_those_of_the_zone() -> None:
    assert "12:00:00 – 12:00:10 UTC" in plots().text()
    assert "13:00:00 – 13:00:10 CET" in plots(tz="Europe/Paris").text()


def test_another_language_or_zone_is_an_error() -> None:
    with pytest.raises(UsageError, match="no such language"):
        plots("de")
    with pytest.raises(UsageError, match="unknown time zone"):
        plots(tz="Mars/Olympus")


def test_it_tells_what_it_is() -> None:
    assert repr(plots()) == "<TrafficPlots: 4 intervals>"

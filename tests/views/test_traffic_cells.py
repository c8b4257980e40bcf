"""How traffic is laid out in a terminal."""

from __future__ import annotations

import pytest

from tests.views.traffic_tables import by, series, summary
from xivolab.views.traffic import traffic_plots


@pytest.mark.parametrize("width", [40, 80, 132])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_line_is_wider_than_asked(width: int, lang: str) -> None:
    shares = by(("peer", "a" * 100, 10, 10), *[("codec", f"c{n}", 1, 0) for n in range(9)])
    text = traffic_plots(summary(), series([1] * 500), shares, lang=lang).text(width)
    assert max(map(len, text.splitlines())) <= width


def test_a_block_for_each_interval_and_a_dot_for_nothing() -> None:
    lines = traffic_plots(summary(), series([0, 1, 8]), by()).text().splitlines()
    plot = next(line for line in lines if line.startswith("Calls per second"))
    assert plot.split()[3] == "·▂█"
    assert plot.endswith("most 8")
    assert next(line for line in lines if line.startswith("intervals")).split()[4:] == ["12:00:00", "–", "12:00:03"]


def test_the_figures_and_the_shares() -> None:
    shares = by(*[("peer", f"host{n}", 9 - n, 0) for n in range(8)], ("codec", None, 1, 0))
    text = traffic_plots(summary(), series([10]), shares).text()
    assert next(line for line in text.splitlines() if "ASR answered / calls" in line).endswith(" 80.0 %")
    assert "1,234.5 ms  95 % < 2,000.0 ms, max 12.0 s (8)" in text
    assert "at 12:00:03, mean 2.50" in text
    assert "2 more" in text
    assert "none negotiated" in text

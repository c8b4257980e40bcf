"""How the quality plots are laid out in a terminal."""

from __future__ import annotations

import pytest

from xivolab.testing import tcall, tquality, tstream
from xivolab.views.quality import quality


@pytest.mark.parametrize("width", [60, 80, 132])
def test_no_line_is_wider_than_asked(width: int) -> None:
    long = tcall(None, [tstream(end=600, seconds=tquality([4.4] * 600))])
    assert max(len(line) for line in quality(long).text(width).splitlines()) <= width


def test_a_block_for_each_second_and_a_dot_for_none() -> None:
    text = quality(tcall(None, [tstream(seconds=tquality([4.5, None, 1.0], lost=[0, 50, 0]))])).text()
    mos = next(line for line in text.splitlines() if line.startswith("  MOS"))
    assert mos.split()[1] == "█·▁"
    assert mos.endswith("worst 1.00")
    loss = next(line for line in text.splitlines() if line.startswith("  Loss (%)"))
    assert loss.split()[2] == "▁█▁"


def test_a_measure_without_values_says_so() -> None:
    assert "  MOS               no values" in quality(tcall(None, [tstream(seconds=tquality([None]))])).text()

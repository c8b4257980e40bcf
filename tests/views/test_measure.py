"""Widths are estimates, on the safe side."""

from __future__ import annotations

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from xivolab.views.measure import fit, text_width, whole_parts

LABELS = (
    "INVITE 1002",
    "401 Unauthorized",
    "10.77.0.11:10086 PCMA tel-event",
    "632 packets · loss 0.0 % · jitter 1.2 ms",
)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("label", LABELS)
def test_the_estimate_is_near_what_the_widest_usual_font_takes(label: str, bold: bool) -> None:
    font = FontProperties(family="DejaVu Sans", size=100, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(label, font, ismath=False)
    assert text_width(label, 100, bold=bold) == pytest.approx(width, rel=0.1)


def test_fit_cuts_at_the_end() -> None:
    assert fit("INVITE", 12, 1000) == "INVITE"
    short = fit("10.77.0.11:4000 PCMA PCMU", 12, 80)
    assert short.endswith("…")
    assert text_width(short, 12) <= 80


def test_whole_parts_go_before_letters() -> None:
    assert whole_parts("632 packets · loss 0.0 % · jitter 1.2 ms", 25) == "632 packets · loss 0.0 %"
    assert whole_parts("632 packets · loss 0.0 %", 3) == "632 packets"

"""The colours of both themes can be read, and are told apart by more than colour."""

from __future__ import annotations

import pytest

from xivolab.views.palette import SHADES, TEXT_INKS, WASHES, Theme, contrast, ink_rules, luminance, variables
from xivolab.views.scene import Ink

AGAINST = [(theme, ink, wash) for theme in SHADES for ink in TEXT_INKS for wash in WASHES]


def test_contrast_is_that_of_wcag() -> None:
    assert luminance("#ffffff") == pytest.approx(1)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)  # the grey that is known to fail just so


@pytest.mark.parametrize(("theme", "ink", "wash"), AGAINST)
def test_text_has_a_contrast_of_four_and_a_half(theme: Theme, ink: Ink, wash: Ink) -> None:
    assert contrast(SHADES[theme][ink], SHADES[theme][wash]) >= 4.5


@pytest.mark.parametrize("theme", list(SHADES))
def test_numbers_in_marks_can_be_read(theme: Theme) -> None:
    shades = SHADES[theme]
    assert min(contrast(shades["paper"], shades[ink]) for ink in TEXT_INKS) >= 4.5


def test_both_themes_have_all_inks_in_the_rules() -> None:
    assert set(SHADES["light"]) == set(SHADES["dark"])
    assert ".x .f-request{fill:RED}" in ink_rules(".x", lambda ink: "RED")
    assert "--xv-paper:#111111" in variables("dark")

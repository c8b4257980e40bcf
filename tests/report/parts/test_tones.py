"""Every outcome has a colour, and a sign for those who do not see it."""

from __future__ import annotations

import pytest

from tests.report.made_case import call, made_report
from xivolab.report.parts.tones import TONES, state_badge
from xivolab.report.ranking import Level
from xivolab.report.words import words


def test_every_level_has_its_tone() -> None:
    assert set(TONES) == set(Level)


@pytest.mark.parametrize(("state", "sign"), [("completed", "✔"), ("failed", "✘"), ("busy", "●")])
def test_a_badge(state: str, sign: str) -> None:
    (ranked,) = made_report(calls=[call(state=state)]).ranked
    badge = state_badge(ranked, words("fr"))
    assert sign in badge
    assert words("fr")(f"state-{state}") in badge

"""Which colour and sign go with an outcome."""

from __future__ import annotations

from xivolab.report.html import Html, badge
from xivolab.report.ranking import Level, Ranked
from xivolab.report.words import Words

TONES = {Level.FAILURE: "bad", Level.DEGRADED: "warn", Level.UNSUCCESSFUL: "plain", Level.FINE: "good"}


def state_badge(ranked: Ranked, say: Words) -> Html:
    """The state of a call as a badge."""
    return badge(say(f"state-{ranked.call['state']}"), TONES[ranked.level])

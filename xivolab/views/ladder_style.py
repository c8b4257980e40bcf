"""How the arrows of a ladder look."""

from __future__ import annotations

from dataclasses import dataclass

from xivolab.views.flow import Arrow
from xivolab.views.scene import Dash, Ink, Shape

CHALLENGES = (401, 407)
"""Statuses that ask for credentials: no failure (RFC 3261, 22.1)."""


@dataclass(frozen=True, slots=True)
class Style:
    """How an arrow looks: colour, shape and dash say the same, so that none is needed alone."""

    ink: Ink
    shape: Shape
    dash: Dash


def style(arrow: Arrow) -> Style:
    """Requests are round, responses square, 4xx to 6xx diamonds; sent again dashed, captured twice dotted."""
    message = arrow.message
    status = message.status or 0
    dash: Dash = "dotted" if message.capture_duplicate else "dashed" if message.retransmission else "solid"
    if message.is_request:
        return Style("request", "round", dash)
    if status < 200:
        return Style("muted", "square", dash)
    if status < 300:
        return Style("success", "square", dash)
    if status < 400:
        return Style("redirect", "square", dash)
    return Style("redirect" if status in CHALLENGES else "failure", "diamond", dash)

"""A dialplan, and who takes a number in it."""

from __future__ import annotations

from xivolab.asterisk.dialplan.conf import dialplan_written
from xivolab.asterisk.dialplan.lookup import Match, who_takes
from xivolab.asterisk.dialplan.model import Context, Dialplan, Extension, Step
from xivolab.asterisk.dialplan.patterns import order_key, takes
from xivolab.asterisk.dialplan.shown import dialplan_shown

__all__ = [
    "Context",
    "Dialplan",
    "Extension",
    "Match",
    "Step",
    "dialplan_shown",
    "dialplan_written",
    "order_key",
    "takes",
    "who_takes",
]

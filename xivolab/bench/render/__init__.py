"""From a configuration to what stands below /etc/asterisk."""

from __future__ import annotations

from xivolab.bench.render.changes import reloads
from xivolab.bench.render.difference import Difference, difference
from xivolab.bench.render.files import render

__all__ = ["Difference", "difference", "reloads", "render"]

"""The configuration of the bench's PBX, in XiVO's words."""

from __future__ import annotations

from xivolab.bench.model.base import ConfigurationError
from xivolab.bench.model.configuration import Configuration
from xivolab.bench.model.words import Mistake

__all__ = ["Configuration", "ConfigurationError", "Mistake"]

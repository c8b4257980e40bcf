"""The full log of Asterisk: its records, and what they tell of calls."""

from __future__ import annotations

from xivolab.asterisk.log.calls import LogCall
from xivolab.asterisk.log.logs import LogFile, Logs
from xivolab.asterisk.log.reader import Block, LogReader
from xivolab.asterisk.log.when import Told, zone_named

__all__ = ["Block", "LogCall", "LogFile", "LogReader", "Logs", "Told", "zone_named"]

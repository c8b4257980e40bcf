"""The sentences of a finding, in one language: the words of its rule with its fields in their holes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from string import Formatter
from typing import Any

from xivolab.findings.finding import Finding
from xivolab.findings.registry import rule_of
from xivolab.findings.rule import Both
from xivolab.schema import NULL_INT

_ELIDED = re.compile(r"\b([dD]|[qQ]u)e (?=[aeiouyàâéèêëîïôûAEIOUÀÉÈ])")
"""French takes the e off before a name that begins with a vowel."""

UNKNOWN = "?"
"""What stands in a hole that the evidence does not fill."""


class Sentences:
    """The sentences of findings in `lang` ("en" or "fr"); times (`{at:time}`, ns) are those of `place`."""

    def __init__(self, lang: str = "en", place: tzinfo = UTC) -> None:
        self._french = lang == "fr"
        self._formatter = _Holes(self._french, place)

    def summary(self, finding: Finding) -> str:
        """What happened."""
        return self._say(rule_of(finding.code).words[finding.variant].summary, finding)

    def cause(self, finding: Finding) -> str:
        """Why."""
        return self._say(rule_of(finding.code).words[finding.variant].cause, finding)

    def remedy(self, finding: Finding) -> str:
        """What to do."""
        return self._say(rule_of(finding.code).words[finding.variant].remedy, finding)

    def _say(self, both: Both, finding: Finding) -> str:
        if self._french:
            return _ELIDED.sub(lambda found: f"{found[1]}'", self._formatter.format(both.fr, **finding.fields))
        return self._formatter.format(both.en, **finding.fields)


class _Holes(Formatter):
    """Fills holes as the language writes numbers; `:time` is a time of day."""

    def __init__(self, french: bool, place: tzinfo) -> None:
        self._french = french
        self._place = place

    def format_field(self, value: Any, spec: str) -> str:
        if value is None or value == NULL_INT:
            return UNKNOWN
        if spec == "time":
            return f"{datetime.fromtimestamp(value / 1e9, self._place):%H:%M:%S}"
        text = format(value, spec)
        return text.replace(".", ",") if self._french and isinstance(value, float) else text

"""trunk-limit: the peer or trunk had as many calls as it may (channels/chan_sip.c, update_call_counter)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b"due to usage limit of",)
_LINE = re.compile(r"Call (?:from|to) (?:peer|user) '(?P<about>[^']*)' rejected due to usage limit of (?P<limit>\d+)")


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "trunk-limit", _NEEDLES, _LINE, per_call=False)


RULE = Rule(
    "trunk-limit",
    _find,
    {
        "": Words(
            summary=Both(
                "{about} had all its {limit} calls: one more was refused.",
                "{about} avait déjà ses {limit} appels : un de plus a été refusé.",
            ),
            cause=Both(
                "The call limit of {about} is {limit}, and that many calls were up.",
                "La limite d'appels de {about} est {limit}, et autant d'appels étaient en cours.",
            ),
            remedy=Both(
                "Raise call-limit of {about} (XiVO: Services > IPBX > Trunk management > SIP > {about} > Call limit), or look for calls that hang: `core show channels`.",
                "Augmenter la limite de {about} (XiVO : Services > IPBX > Gestion des trunks > SIP > {about} > Appels simultanés), ou chercher des appels bloqués : `core show channels`.",
            ),
        ),
    },
    needles=_NEEDLES,
)

"""user-limit: the called user had as many calls as he may (XiVO: simultaneous calls)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b'"1?BUSY,1',)
_LINE = re.compile(r"""Executing \[[^@]*@user:\d+\] GotoIf\("(?P<channel>[^"]*)", "1\?BUSY,1""")


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "user-limit", _NEEDLES, _LINE)


RULE = Rule(
    "user-limit",
    _find,
    {
        "": Words(
            summary=Both(
                "{callee} had all the calls that it may have when {caller} called.",
                "{callee} avait déjà tous ses appels simultanés quand {caller} a appelé.",
            ),
            cause=Both(
                "The number of simultaneous calls of {callee} was reached, so the PBX treated it as busy without making it ring.",
                "Le nombre d'appels simultanés de {callee} était atteint : l'IPBX l'a considéré comme occupé sans le faire sonner.",
            ),
            remedy=Both(
                "Raise the simultaneous calls of {callee} (Services > IPBX > Users > {callee} > General), or look for a channel that hangs: `core show channels`.",
                "Augmenter les appels simultanés de {callee} (Services > IPBX > Utilisateurs > {callee} > Général), ou chercher un canal bloqué : `core show channels`.",
            ),
        ),
    },
    of_dialplan=_NEEDLES,
)

"""call-right-denied: XiVO's call rights refused the call (its dialplan: xivo-user_rights_check, then deny)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b"not allowed to make call",)
_LINE = re.compile(
    r"""Executing \[(?P<exten>[^@]*)@(?P<context>[^:\]]*):\d+\] NoOp\("(?P<channel>[^"]*)", "(?:User|Caller) not allowed to make call"""
)


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "call-right-denied", _NEEDLES, _LINE)


RULE = Rule(
    "call-right-denied",
    _find,
    {
        "": Words(
            summary=Both(
                "{caller} may not call {callee}: a call right of the PBX refused it.",
                "{caller} n'a pas le droit d'appeler {callee} : un droit d'appel de l'IPBX l'a refusé.",
            ),
            cause=Both(
                "The dialplan asked the call rights ({context}) and the answer was no; the PBX answered the call to say so, then hung up.",
                "Le plan de numérotation a consulté les droits d'appel ({context}) et la réponse était non ; l'IPBX a décroché pour l'annoncer, puis raccroché.",
            ),
            remedy=Both(
                "If {caller} shall be allowed to: Services > IPBX > Call management > Call permissions, then the rights of the user, his groups and the outgoing call for {callee}.",
                "Si {caller} doit y avoir droit : Services > IPBX > Gestion des appels > Permissions d'appels, puis les droits de l'utilisateur, de ses groupes et de l'appel sortant vers {callee}.",
            ),
        ),
    },
    of_dialplan=_NEEDLES,
)

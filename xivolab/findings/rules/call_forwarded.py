"""call-forwarded: the call was forwarded, by XiVO's dialplan or by the phone (302)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b"Now forwarding ", b"_FWD_TYPE=USER_")
_LINE = re.compile(
    r"""Now forwarding (?P<channel>\S+) to '(?P<to>[^']*)'|Set\("(?P<chan>[^"]*)", "_*(?:XIVO|WAZO)_FWD_TYPE=(?P<why>USER_\w+)"""
)


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "call-forwarded", _NEEDLES, _LINE)


RULE = Rule(
    "call-forwarded",
    _find,
    {
        "": Words(
            summary=Both(
                "The call from {caller} to {callee} was forwarded.",
                "L'appel de {caller} vers {callee} a été renvoyé.",
            ),
            cause=Both(
                "A forward of {callee} was in force.",
                "Un renvoi de {callee} était actif.",
            ),
            remedy=Both(
                "Nothing to mend unless {callee} does not want it: *20 takes all forwards off, or Services > IPBX > Users > {callee} > Services.",
                "Rien à corriger, sauf si {callee} ne le souhaite pas : *20 supprime tous les renvois, ou Services > IPBX > Utilisateurs > {callee} > Services.",
            ),
        ),
    },
    of_dialplan=_NEEDLES,
)

"""dnd-active: the called user does not want to be disturbed (XiVO's dialplan goes to DND)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b"[DND@",)
_LINE = re.compile(r"""Executing \[DND@user:1\] \w+\("(?P<channel>[^"]*)""")


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "dnd-active", _NEEDLES, _LINE)


RULE = Rule(
    "dnd-active",
    _find,
    {
        "": Words(
            summary=Both(
                "{callee} does not want to be disturbed: {caller} did not make it ring.",
                "{callee} est en « ne pas déranger » : {caller} ne l'a pas fait sonner.",
            ),
            cause=Both(
                "Do not disturb is on for {callee}, so the PBX did not call the phone.",
                "Le mode « ne pas déranger » de {callee} est actif, l'IPBX n'a donc pas appelé le poste.",
            ),
            remedy=Both(
                "{callee} takes it off with *25, or Services > IPBX > Users > {callee} > Services.",
                "{callee} le désactive par *25, ou Services > IPBX > Utilisateurs > {callee} > Services.",
            ),
        ),
    },
    of_dialplan=_NEEDLES,
)

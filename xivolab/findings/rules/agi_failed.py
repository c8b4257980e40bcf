"""agi-failed: a step of the dialplan that asks a program (AGI) got no answer (res/res_agi.c; XiVO: xivo-agid, port 4573)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NOTED = (b"FastAGI connection to ", b"Couldn't connect to any host", b"Connecting to 'agi")
_STEP = (b"@agi_fail:1]",)
_LINE = re.compile(
    r"FastAGI connection to '(?P<script>[^']*)' timed out|Couldn't connect to any host|Connecting to '(?P<script2>agi[^']*)' failed|Executing \[[^@]*@agi_fail:1\]"
)


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "agi-failed", (*_NOTED, *_STEP), _LINE)


RULE = Rule(
    "agi-failed",
    _find,
    {
        "": Words(
            summary=Both(
                "The call from {caller} to {callee} failed in the dialplan: its AGI server did not answer.",
                "L'appel de {caller} vers {callee} a échoué dans le plan de numérotation : le serveur AGI n'a pas répondu.",
            ),
            cause=Both(
                "The program that the dialplan asks (on a XiVO xivo-agid, port 4573) was down or too slow.",
                "Le programme que le plan de numérotation interroge (sur un XiVO, xivo-agid, port 4573) était arrêté ou trop lent.",
            ),
            remedy=Both(
                "`xivo-service status`, then `tail /var/log/xivo-agid.log` at that time; restart it with `systemctl restart xivo-agid` (or its container).",
                "`xivo-service status`, puis `tail /var/log/xivo-agid.log` à cette heure ; le relancer par `systemctl restart xivo-agid` (ou son conteneur).",
            ),
        ),
    },
    needles=_NOTED,
    of_dialplan=_STEP,
)

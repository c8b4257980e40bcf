"""queue-full: the queue held as many callers as it may (app_queue.c, QUEUESTATUS)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log
from xivolab.findings.told_by_queue import told_by_queue

_NEEDLES = (b"Goto (queue,",)
_LINE = re.compile(r"Goto \(queue,(?P<about>FULL),\d+\)")


def _find(evidence: Evidence) -> Iterator[Finding]:
    yield from told_by_log(evidence, "queue-full", _NEEDLES, _LINE)
    yield from told_by_queue(evidence, "queue-full", {"full"})


RULE = Rule(
    "queue-full",
    _find,
    {
        "": Words(
            summary=Both(
                "{caller} could not wait in the queue: it was full.",
                "{caller} n'a pas pu attendre dans la file : elle était pleine.",
            ),
            cause=Both(
                "QUEUESTATUS was {about}: as many callers waited as maxlen of the queue allows.",
                "QUEUESTATUS valait {about} : autant d'appelants attendaient que maxlen de la file le permet.",
            ),
            remedy=Both(
                "Raise the maximum of waiting callers of the queue (XiVO: Services > Call center > Queues > Advanced > maxlen), or let more agents log in; `queue show` tells both.",
                "Augmenter le nombre d'appelants en attente de la file (XiVO : Services > Centre d'appels > Files d'attente > Avancé > maxlen), ou connecter plus d'agents ; `queue show` montre les deux.",
            ),
        ),
    },
    of_dialplan=_NEEDLES,
)

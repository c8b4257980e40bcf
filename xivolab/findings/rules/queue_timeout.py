"""queue-timeout: the caller waited in the queue as long as its time allows (app_queue.c, QUEUESTATUS)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log
from xivolab.findings.told_by_queue import told_by_queue

_NEEDLES = (b"Goto (queue,",)
_LINE = re.compile(r"Goto \(queue,(?P<about>TIMEOUT),\d+\)")


def _find(evidence: Evidence) -> Iterator[Finding]:
    yield from told_by_log(evidence, "queue-timeout", _NEEDLES, _LINE)
    yield from told_by_queue(evidence, "queue-timeout", {"timeout"})


RULE = Rule(
    "queue-timeout",
    _find,
    {
        "": Words(
            summary=Both(
                "{caller} waited in the queue until its time was over; nobody answered.",
                "{caller} a attendu dans la file jusqu'au bout du délai ; personne n'a répondu.",
            ),
            cause=Both(
                "QUEUESTATUS was {about}: no agent took the call within the time of the queue.",
                "QUEUESTATUS valait {about} : aucun agent n'a pris l'appel dans le délai de la file.",
            ),
            remedy=Both(
                "`queue show` tells who was free and did not answer; `xivolab queues` the waiting times. The time is that of the queue's application (XiVO: Services > Call center > Queues > Application).",
                "`queue show` dit qui était libre sans répondre ; `xivolab queues` les temps d'attente. Le délai est celui de l'application de la file (XiVO : Services > Centre d'appels > Files d'attente > Application).",
            ),
        ),
    },
    of_dialplan=_NEEDLES,
)

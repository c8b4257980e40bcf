"""queue-no-agent: nobody was there to take calls of the queue (app_queue.c, QUEUESTATUS)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log
from xivolab.findings.told_by_queue import told_by_queue

_NEEDLES = (b"Goto (queue,",)
_LINE = re.compile(r"Goto \(queue,(?P<about>JOINEMPTY|LEAVEEMPTY|JOINUNAVAIL|LEAVEUNAVAIL),\d+\)")


def _find(evidence: Evidence) -> Iterator[Finding]:
    yield from told_by_log(evidence, "queue-no-agent", _NEEDLES, _LINE)
    yield from told_by_queue(evidence, "queue-no-agent", {"join-empty", "leave-empty"})


RULE = Rule(
    "queue-no-agent",
    _find,
    {
        "": Words(
            summary=Both(
                "{caller} could not wait in the queue: no agent was there.",
                "{caller} n'a pas pu attendre dans la file : aucun agent n'était là.",
            ),
            cause=Both(
                "QUEUESTATUS was {about}: no member of the queue was logged in, or all were paused or unreachable.",
                "QUEUESTATUS valait {about} : aucun membre de la file n'était connecté, ou tous étaient en pause ou injoignables.",
            ),
            remedy=Both(
                "`queue show` lists the members and their states; on a XiVO look at the agents' log-ins and at No answer > Fail of the queue.",
                "`queue show` liste les membres et leurs états ; sur un XiVO, regarder les connexions des agents et Non-réponse > Échec de la file.",
            ),
        ),
    },
    of_dialplan=_NEEDLES,
)

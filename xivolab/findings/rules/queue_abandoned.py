"""queue-abandoned: a caller hung up while waiting in a queue (queue_log: ABANDON; apps/app_queue.c)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_queue import told_by_queue


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_queue(evidence, "queue-abandoned", {"abandoned"})


RULE = Rule(
    "queue-abandoned",
    _find,
    {
        "": Words(
            summary=Both(
                "{caller} hung up after waiting {waited_s:.0f} s in the queue {queue}.",
                "{caller} a raccroché après {waited_s:.0f} s d'attente dans la file {queue}.",
            ),
            cause=Both(
                "Nobody took the call before the caller's patience was over.",
                "Personne n'a pris l'appel avant que l'appelant ne se lasse.",
            ),
            remedy=Both(
                "`xivolab queues` shows how many there were of {queue} at that time, and how many agents; a prompt with position and time keeps callers.",
                "`xivolab queues` montre combien attendaient dans {queue} à cette heure, et combien d'agents ; annoncer position et délai retient les appelants.",
            ),
        ),
    },
)

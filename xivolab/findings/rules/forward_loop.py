"""forward-loop: forwards that lead back to where they came from, until Asterisk had enough (apps/app_dial.c, main/max_forwards.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b"Max forwards exceeded", b"forward loop")
_LINE = re.compile(r"channel '?(?P<channel>[^'\s]+)'?\. Max forwards exceeded|[Ff]orward loop")


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "forward-loop", _NEEDLES, _LINE)


RULE = Rule(
    "forward-loop",
    _find,
    {
        "": Words(
            summary=Both(
                "The call from {caller} to {callee} was forwarded in a circle.",
                "L'appel de {caller} vers {callee} a été renvoyé en boucle.",
            ),
            cause=Both(
                "Two or more forwards lead to each other; Asterisk gave up after so many of them.",
                "Plusieurs renvois se renvoient l'un à l'autre ; Asterisk a abandonné après trop d'étapes.",
            ),
            remedy=Both(
                "Follow the forwards of {callee} (`xivolab trace` shows each of them) and take one of the circle off: *20 on its phone.",
                "Suivre les renvois de {callee} (`xivolab trace` montre chacun) et en supprimer un de la boucle : *20 sur son poste.",
            ),
        ),
    },
    needles=_NEEDLES,
)

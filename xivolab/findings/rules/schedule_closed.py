"""schedule-closed: the schedule of what was called was closed (XiVO's dialplan goes to CLOSED)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b"[CLOSED@",)
_LINE = re.compile(r"""Executing \[CLOSED@(?P<object>\w+):1\] \w+\("(?P<channel>[^"]*)""")


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "schedule-closed", _NEEDLES, _LINE)


RULE = Rule(
    "schedule-closed",
    _find,
    {
        "": Words(
            summary=Both(
                "{caller} called {callee} outside its hours.",
                "{caller} a appelé {callee} en dehors de ses horaires.",
            ),
            cause=Both(
                "The schedule of the {object} was closed at that time, and the call went where its closed hours lead.",
                "Le calendrier de l'objet « {object} » était fermé à cette heure, et l'appel a suivi la destination des heures fermées.",
            ),
            remedy=Both(
                "Nothing to mend if the hours are right; else Services > IPBX > Call management > Schedules: opening hours, exceptional closings and time zone of the schedule of {callee}.",
                "Rien à corriger si les horaires sont justes ; sinon Services > IPBX > Gestion des appels > Calendriers : ouvertures, fermetures exceptionnelles et fuseau du calendrier de {callee}.",
            ),
        ),
    },
    of_dialplan=_NEEDLES,
)

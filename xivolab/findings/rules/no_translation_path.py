"""no-translation-path: Asterisk cannot convert between the codecs of the two channels (main/channel.c, main/translate.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b"No path to translate from", b"codec translation path")
_LINE = re.compile(
    r"No path to translate from (?P<channel>\S+) to (?P<other>\S+)|codec translation path: \(?(?P<from_>[^)]*)\)? -> \(?(?P<to>[^)]*)"
)


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "no-translation-path", _NEEDLES, _LINE)


RULE = Rule(
    "no-translation-path",
    _find,
    {
        "": Words(
            summary=Both(
                "Asterisk could not connect {caller} and {callee}: it has no way to convert between their codecs.",
                "Asterisk n'a pas pu mettre {caller} et {callee} en relation : il ne sait pas convertir entre leurs codecs.",
            ),
            cause=Both(
                "The two channels talk in codecs between which no translator is loaded (G.729 without its module is the usual one).",
                "Les deux canaux utilisent des codecs entre lesquels aucun traducteur n'est chargé (typiquement G.729 sans son module).",
            ),
            remedy=Both(
                "Give both endpoints one codec in common (`allow=alaw`), or load the translator; `core show translation` shows which there are.",
                "Donner aux deux endpoints un codec commun (`allow=alaw`), ou charger le traducteur ; `core show translation` montre lesquels existent.",
            ),
        ),
    },
    needles=_NEEDLES,
)

"""log-messages-lost: Asterisk could not write its log as fast as it was filled (main/logger.c, logger_queue_limit)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b"messages discarded", b"Log queue threshold")
_LINE = re.compile(r"Log queue threshold|(?P<count>\d+) messages discarded")


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "log-messages-lost", _NEEDLES, _LINE, per_call=False)


RULE = Rule(
    "log-messages-lost",
    _find,
    {
        "": Words(
            summary=Both(
                "Asterisk's log is not whole: it discarded messages.",
                "Le journal d'Asterisk est incomplet : il a écarté des messages.",
            ),
            cause=Both(
                "More was to be written than the queue of the logger holds; what happened in that time cannot be told from this log.",
                "Il y avait plus à écrire que la file du journal ne peut contenir ; ce qui s'est passé alors n'y figure pas.",
            ),
            remedy=Both(
                "Log less (`core set verbose 3`, `pjsip set logger off`), or raise `logger_queue_limit` in logger.conf and `logger reload`.",
                "Journaliser moins (`core set verbose 3`, `pjsip set logger off`), ou augmenter `logger_queue_limit` dans logger.conf puis `logger reload`.",
            ),
        ),
    },
    needles=_NEEDLES,
)

"""server-resource: the server ran out of something: disk, files, memory, calls, threads (errno(3); main/taskprocessor.c; main/pbx.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (
    b"No space left on device",
    b"Too many open files",
    b"Cannot allocate memory",
    b"Maximum call limit",
    b"Maximum loadavg limit",
    b"task processor queue reached",
    b"Exceptionally long",
)
_LINE = re.compile(
    r"(?P<about>No space left on device|Too many open files|Cannot allocate memory|Maximum call limit|Maximum loadavg limit|task processor queue reached|Exceptionally long (?:voice )?queue length)"
)


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "server-resource", _NEEDLES, _LINE, per_call=False)


RULE = Rule(
    "server-resource",
    _find,
    {
        "": Words(
            summary=Both(
                "The server ran short: {about} ({times} times in the log).",
                "Le serveur est à court de ressources : {about} ({times} fois dans le journal).",
            ),
            cause=Both(
                "Asterisk says so itself; calls, recordings and voicemail suffer at such times.",
                "Asterisk le dit lui-même ; appels, enregistrements et messagerie en souffrent à ces moments.",
            ),
            remedy=Both(
                "`df -h`, `df -i`, `ulimit -n`, `free -m` and `core show taskprocessors` on the server show what is short.",
                "`df -h`, `df -i`, `ulimit -n`, `free -m` et `core show taskprocessors` sur le serveur montrent ce qui manque.",
            ),
        ),
    },
    needles=_NEEDLES,
)

"""dns-failed: a name could not be resolved (pjlib-util's errors; main/dns.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b"PJLIB_UTIL_EDNS", b"PJ_ERESOLVE", b"gethostbyname", b"Unable to lookup", b"Unable to resolve")
_LINE = re.compile(
    r"(?:Unable to (?:lookup|resolve) (?:host(?:name)? )?'?(?P<about>[\w.-]+)|(?P<error>PJLIB_UTIL_EDNS\w+|PJ_ERESOLVE|gethostbyname))"
)


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "dns-failed", _NEEDLES, _LINE, per_call=False)


RULE = Rule(
    "dns-failed",
    _find,
    {
        "": Words(
            summary=Both(
                "A name could not be resolved ({times} times).",
                "Un nom n'a pas pu être résolu ({times} fois).",
            ),
            cause=Both(
                "The resolver of the server knows no address for what Asterisk was to reach, or does not answer.",
                "Le résolveur du serveur ne connaît pas l'adresse de ce qu'Asterisk doit joindre, ou ne répond pas.",
            ),
            remedy=Both(
                "`cat /etc/resolv.conf`, then `host NAME` on the server, with the name in `pjsip show registrations` or `pjsip show aors`.",
                "`cat /etc/resolv.conf`, puis `host NOM` sur le serveur, avec le nom de `pjsip show registrations` ou `pjsip show aors`.",
            ),
        ),
    },
    needles=_NEEDLES,
)

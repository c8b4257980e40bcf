"""dialplan-no-extension: the dialplan has no such number in the caller's context (res/res_pjsip_session.c, main/pbx.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words

_NOTICE, _INVALID = b"rejected because extension not found in context", b"but no rule 'i' in context"
_PATTERNS = (
    re.compile(r"to extension '(?P<exten>[^']*)' rejected because extension not found in context '(?P<context>[^']*)'"),
    re.compile(r"sent to invalid extension: context,exten,priority=(?P<context>[^,]*),(?P<exten>[^,]*),"),
    re.compile(
        r"sent (?:in)?to invalid extension '(?P<exten>[^']*)' in context '(?P<context>[^']*)', but no invalid handler"
    ),
)
_NEEDLES = (_NOTICE, b"sent to invalid extension", b"sent into invalid extension", _INVALID)


def _find(evidence: Evidence) -> Iterator[Finding]:
    seen = set()
    for needle in _NEEDLES:
        for signal in evidence.said(needle):
            found = next((match for pattern in _PATTERNS if (match := pattern.search(signal.text))), None)
            if found is None or (signal.file, signal.line) in seen:
                continue
            seen.add((signal.file, signal.line))
            # Written before the call has an id of its own: the call is the one refused at that moment for that number.
            call = evidence.call_near(signal, found["exten"]) if signal.call is None else signal.call
            fields = {
                "exten": found["exten"],
                "context": found["context"],
                "caller": "?" if call is None else evidence.caller(call),
            }
            yield Finding(
                "dialplan-no-extension",
                call,
                (evidence.signal_proof(signal),),
                fields,
                variant="" if call is not None else "no-call",
                about=found["exten"],
                time=signal.time,
            )


_CAUSE = Both(
    "Nothing in the context {context} matches {exten}, not even what it includes: the number does not exist there, or the caller's line "
    "is in the wrong context.",
    "Rien dans le contexte {context} ne correspond à {exten}, pas même ses inclusions : le numéro n'y existe pas, ou la ligne de "
    "l'appelant est dans le mauvais contexte.",
)
_REMEDY = Both(
    "`dialplan show {exten}@{context}` on the PBX shows what matches; on a XiVO look at the contexts (Services > IPBX > IPBX "
    "configuration > Contexts) and at who has the number {exten}.",
    "`dialplan show {exten}@{context}` sur le PBX montre ce qui correspond ; sur un XiVO, regarder les contextes (Services > IPBX > "
    "Configuration IPBX > Contextes) et qui porte le numéro {exten}.",
)

RULE = Rule(
    "dialplan-no-extension",
    _find,
    {
        "": Words(
            summary=Both(
                "{caller} called {exten}, which does not exist in the context {context}.",
                "{caller} a appelé {exten}, qui n'existe pas dans le contexte {context}.",
            ),
            cause=_CAUSE,
            remedy=_REMEDY,
        ),
        "no-call": Words(
            summary=Both(
                "{exten} was called, which does not exist in the context {context}.",
                "{exten} a été appelé, qui n'existe pas dans le contexte {context}.",
            ),
            cause=_CAUSE,
            remedy=_REMEDY,
        ),
    },
    needles=_NEEDLES,
)

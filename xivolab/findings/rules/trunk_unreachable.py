"""trunk-unreachable: the operator did not answer a call or a registration, or is marked unreachable (res/res_pjsip_outbound_registration.c, pjsip_options.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.sendings import answered, sent_again

_NO_RESPONSE = b"No response received from"
_LINE = re.compile(r"No response received from '(?P<uri>[^']*)' on registration attempt to '?(?P<about>[^',\\s]*)")
_LASTED_NS = 3_000_000_000


def _find(evidence: Evidence) -> Iterator[Finding]:
    told = set()
    for signal in evidence.said(_NO_RESPONSE):
        found = _LINE.search(signal.text)
        if found is None or found["about"] in told:
            continue
        told.add(found["about"])
        fields = {"operator": found["uri"], "what": "REGISTER", "from_": found["about"], "times": 1}
        yield Finding(
            "trunk-unreachable", None, (evidence.signal_proof(signal),), fields, about=found["about"], time=signal.time
        )
    index = evidence.sip.index
    for sending in sent_again(evidence):
        first, last = sending.first, sending.rows[-1]
        place = index.place(index.dst[first])
        if index.status[first] or index.to_tag[first] is not None or evidence.role(place) != "operator":
            continue
        if index.method[first] not in ("INVITE", "REGISTER") or index.time[last] - index.time[first] < _LASTED_NS:
            continue
        if answered(evidence, sending):
            continue
        fields = {
            "operator": evidence.name(place),
            "what": index.method[first],
            "from_": evidence.name(index.place(index.src[first])),
            "times": sending.times,
        }
        proofs = (evidence.message_proof(first), evidence.message_proof(last))
        yield Finding("trunk-unreachable", sending.call, proofs, fields, about=str(place), time=index.time[first])


RULE = Rule(
    "trunk-unreachable",
    _find,
    {
        "": Words(
            summary=Both(
                "The operator {operator} did not answer the {what} of {from_}.",
                "L'opérateur {operator} n'a pas répondu au {what} de {from_}.",
            ),
            cause=Both(
                "Nothing came back from {operator}: it is down, the way there is cut, or its address has changed.",
                "Rien n'est revenu de {operator} : il est arrêté, le chemin est coupé, ou son adresse a changé.",
            ),
            remedy=Both(
                "`pjsip show registrations` and `pjsip show aors` tell since when; capture at the PBX and ask the operator with the Call-ID; until then send calls through another trunk.",
                "`pjsip show registrations` et `pjsip show aors` disent depuis quand ; capturer sur le PBX et interroger l'opérateur avec le Call-ID ; en attendant, passer par un autre trunk.",
            ),
        ),
    },
    needles=(_NO_RESPONSE,),
)

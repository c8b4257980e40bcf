"""endpoint-unavailable: a phone was called that has no registered contact (channels/chan_pjsip.c, res/res_pjsip.c, app_dial.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words

_INVALID, _FAILED, _CAUSE_20 = (
    b"Could not create dialog to ",
    b"Failed to create outgoing session to endpoint",
    b"Unable to create channel of type",
)
_NO_CHANNEL = re.compile(r"Unable to create channel of type '(?P<type>PJSIP|SIP)' \(cause (?P<cause>3|20) ")
_ENDPOINT = re.compile(
    r"Endpoint '(?P<one>[^']*)': Could not create dialog to (?:invalid|unknown) URI|outgoing session to endpoint '(?P<two>[^']*)'"
)


def _find(evidence: Evidence) -> Iterator[Finding]:
    # The endpoint is named in lines without a call id, just before the one that has it.
    named = sorted(
        (signal for needle in (_INVALID, _FAILED) for signal in evidence.said(needle)),
        key=lambda one: (one.file, one.line),
    )
    for signal in evidence.said(_CAUSE_20):
        found = _NO_CHANNEL.search(signal.text)
        if found is None:
            continue
        before = [one for one in named if one.file == signal.file and signal.line - _NEAR <= one.line < signal.line]
        names = [match["one"] or match["two"] for one in before if (match := _ENDPOINT.search(one.text))]
        fields = {
            "endpoint": names[-1] if names else None,
            "caller": "?" if signal.call is None else evidence.caller(signal.call),
            "callee": "?" if signal.call is None else evidence.callee(signal.call),
        }
        proofs = tuple(evidence.signal_proof(one) for one in [*before[-2:], signal])
        yield Finding(
            "endpoint-unavailable",
            signal.call,
            proofs,
            fields,
            variant="" if names else "unnamed",
            about=fields["endpoint"] or "",
            time=signal.time,
        )


_NEAR = 8
"""So many lines before the refusal Asterisk names the endpoint."""

RULE = Rule(
    "endpoint-unavailable",
    _find,
    {
        "": Words(
            summary=Both(
                "{caller} called {callee}, whose phone ({endpoint}) was not registered.",
                "{caller} a appelé {callee}, dont le poste ({endpoint}) n'était pas enregistré.",
            ),
            cause=Both(
                "Asterisk had no address for the endpoint {endpoint}: the phone is off, cut off from the network, or its registration "
                "is refused.",
                "Asterisk n'avait aucune adresse pour l'endpoint {endpoint} : poste éteint, coupé du réseau, ou enregistrement refusé.",
            ),
            remedy=Both(
                "`pjsip show aor {endpoint}` shows its contacts; if there is none, look at the phone and capture its REGISTER (XiVO: "
                "Services > IPBX > Devices).",
                "`pjsip show aor {endpoint}` montre ses contacts ; s'il n'y en a pas, regarder le poste et capturer son REGISTER (XiVO : "
                "Services > IPBX > Terminaux).",
            ),
        ),
        "unnamed": Words(
            summary=Both(
                "{caller} called {callee}, whose phone was not registered.",
                "{caller} a appelé {callee}, dont le poste n'était pas enregistré.",
            ),
            cause=Both(
                "Asterisk had no address to call: the phone is off, cut off from the network, or its registration is refused.",
                "Asterisk n'avait aucune adresse à appeler : poste éteint, coupé du réseau, ou enregistrement refusé.",
            ),
            remedy=Both(
                "`pjsip show contacts` shows who is registered; the line of {callee} is not (XiVO: Services > IPBX > Devices).",
                "`pjsip show contacts` montre qui est enregistré ; la ligne de {callee} ne l'est pas (XiVO : Services > IPBX > "
                "Terminaux).",
            ),
        ),
    },
    needles=(_INVALID, _FAILED, _CAUSE_20),
)

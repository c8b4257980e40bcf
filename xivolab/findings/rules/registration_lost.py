"""registration-lost: a phone was registered and is no more, without having said so (res/res_pjsip/pjsip_options.c, res/res_pjsip_registrar.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b"due to expiration", b"due to inactivity")
_LINE = re.compile(
    r"(?:Removed contact|Contact) '?(?P<contact>[^\s']+)'? (?:from AOR|has been (?:removed|deleted))[^']*'?(?P<about>[^\s']*)'? due to (?:expiration|inactivity)"
)


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "registration-lost", _NEEDLES, _LINE, per_call=False)


RULE = Rule(
    "registration-lost",
    _find,
    {
        "": Words(
            summary=Both(
                "{about} was registered and its registration ran out.",
                "{about} était enregistré et son enregistrement a expiré.",
            ),
            cause=Both(
                "The phone did not renew it: it is off, cut off from the network, or its REGISTER no longer arrives.",
                "Le poste ne l'a pas renouvelé : éteint, coupé du réseau, ou son REGISTER n'arrive plus.",
            ),
            remedy=Both(
                "`pjsip show aor {about}` shows whether it is back; else look at the phone and capture its REGISTER (XiVO: Services > IPBX > Devices).",
                "`pjsip show aor {about}` montre s'il est revenu ; sinon regarder le poste et capturer son REGISTER (XiVO : Services > IPBX > Terminaux).",
            ),
        ),
    },
    of_dialplan=_NEEDLES,
)

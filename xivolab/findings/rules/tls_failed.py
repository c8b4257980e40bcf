"""tls-failed: a TLS connection for SIP could not be set up (pjproject's ssl_sock; res/res_pjsip/pjsip_configuration)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.told_by_log import told_by_log

_NEEDLES = (b"SSL_ERROR_SSL", b"SSL routines", b"certificate verify failed", b"TLS/SSL")
_LINE = re.compile(
    r"(?P<about>certificate verify failed|certificate has expired|unknown ca|wrong version number|no shared cipher|handshake failure|alert \w+[\w ]*|SSL_ERROR_SSL[^\s:]*)"
)


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_log(evidence, "tls-failed", _NEEDLES, _LINE, per_call=False)


RULE = Rule(
    "tls-failed",
    _find,
    {
        "": Words(
            summary=Both(
                "A TLS connection for SIP failed: {about} ({times} times).",
                "Une connexion TLS pour SIP a échoué : {about} ({times} fois).",
            ),
            cause=Both(
                "The two sides did not agree: an expired or unknown certificate, a name that does not match, or an old version of TLS.",
                "Les deux côtés ne se sont pas entendus : certificat expiré ou inconnu, nom qui ne correspond pas, ou version de TLS trop ancienne.",
            ),
            remedy=Both(
                "`openssl s_client -connect PBX:5061 -showcerts` shows the certificate, its dates and its issuer; `pjsip show transport transport-tls` the method and the files.",
                "`openssl s_client -connect PBX:5061 -showcerts` montre le certificat, ses dates et son émetteur ; `pjsip show transport transport-tls` la méthode et les fichiers.",
            ),
        ),
    },
    needles=_NEEDLES,
)

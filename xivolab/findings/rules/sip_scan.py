"""sip-scan: somebody tries one account or number after the other; one finding for each source, however many it tried."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding, Proof
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.scanners import scanners


def _find(evidence: Evidence) -> Iterator[Finding]:
    seen = scanners(evidence)
    index = evidence.sip.index
    for source, users in seen.items():
        rows = list(users.values())
        fields = {"source": source, "count": len(users), "examples": ", ".join(list(users)[:4])}
        proofs = tuple(evidence.message_proof(row) for row in rows[:3])
        yield Finding("sip-scan", None, proofs, fields, about=source, time=min(index.time[row] for row in rows))
    if "log" not in evidence.kinds:
        return
    refusals = evidence.refusals
    for n in np.flatnonzero(refusals["scan"] == 1).tolist():
        source = str(refusals["address"][n])
        if source in seen:
            continue
        accounts = [str(one) for one in refusals["accounts"][n]]
        fields = {"source": source, "count": len(accounts), "examples": ", ".join(accounts[:4])}
        proof = Proof(str(refusals["file"][n]), source, line=int(refusals["line"][n]))
        yield Finding("sip-scan", None, (proof,), fields, about=source, time=int(refusals["first"][n]))


RULE = Rule(
    "sip-scan",
    _find,
    {
        "": Words(
            summary=Both(
                "{source} tries one account or number after the other: {count} in vain ({examples} …).",
                "{source} essaie un compte ou un numéro après l'autre : {count} en vain ({examples} …).",
            ),
            cause=Both(
                "A scanner looks for weak passwords and open dialplans; it can reach the SIP port of the PBX.",
                "Un scanner cherche des mots de passe faibles et des plans de numérotation ouverts ; il atteint le port SIP du PBX.",
            ),
            remedy=Both(
                "Block {source} in the firewall (`nft add rule inet filter input ip saddr {source} drop`), open port 5060 to the "
                "addresses of phones and operator alone, and let fail2ban read the security log.",
                "Bloquer {source} au pare-feu (`nft add rule inet filter input ip saddr {source} drop`), n'ouvrir le port 5060 qu'aux "
                "adresses des postes et de l'opérateur, et laisser fail2ban lire le journal de sécurité.",
            ),
        ),
    },
)

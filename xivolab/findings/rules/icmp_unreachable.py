"""icmp-unreachable: a machine said that a message or media could not be delivered (RFC 792, RFC 4443)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding, Proof
from xivolab.findings.rule import Both, Rule, Words

_LASTED_NS = 3_000_000_000


def _find(evidence: Evidence) -> Iterator[Finding]:
    errors = evidence.icmp
    seen: dict[tuple[object, ...], list[int]] = {}
    rows = {str(key): row for row, key in enumerate(evidence.calls["id"].tolist())}
    for n in range(len(errors)):
        # What arrives when a call is over (a phone that closed its port first) is no fault.
        if errors["unreachable"][n] != 1 or errors["after_end"][n] == 1:
            continue
        key = (errors["call"][n], errors["src"][n], errors["quoted_dst"][n], errors["protocol"][n])
        seen.setdefault(key, []).append(n)
    for (call, *_), found in seen.items():
        n = found[0]
        # Media that moves to another port meets a closed one for a moment.
        lasted = int(errors["time"][found[-1]] - errors["time"][n])
        if errors["protocol"][n] != "SIP" and lasted < _LASTED_NS:
            continue
        fields = {
            "by": evidence.name(str(errors["src"][n])),
            "what": errors["protocol"][n] or "",
            "src": evidence.name(str(errors["quoted_src"][n])),
            "dst": str(errors["quoted_dst"][n]),
            "error": errors["error"][n],
        }
        proof = Proof(str(errors["file"][n]), "Destination unreachable", frame=int(errors["frame"][n]))
        yield Finding(
            "icmp-unreachable",
            rows.get(str(call)),
            (proof,),
            fields,
            about=f"{errors['src'][n]} {errors['quoted_dst'][n]}",
            time=int(errors["time"][n]),
        )


RULE = Rule(
    "icmp-unreachable",
    _find,
    {
        "": Words(
            summary=Both(
                "{by} says that {what} from {src} could not be delivered to {dst} ({error}).",
                "{by} signale que {what} de {src} n'a pas pu être remis à {dst} ({error}).",
            ),
            cause=Both(
                "Nobody listens at {dst}, or a router or firewall on the way refuses it.",
                "Personne n'écoute sur {dst}, ou un routeur ou pare-feu le refuse en chemin.",
            ),
            remedy=Both(
                "Look at {dst} whether its program runs and listens on that port (`ss -lun`), and at what {by} filters.",
                "Vérifier sur {dst} que le programme tourne et écoute sur ce port (`ss -lun`), et ce que {by} filtre.",
            ),
        ),
    },
)

"""counter-wrapped: a counter in `pjsip show channelstats` is the rest of a number below nought (RFC 3550, 6.4.1; pjsip/cli_commands.c)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding, Proof
from xivolab.findings.rule import Both, Rule, Words
from xivolab.schema import NULL_INT


def _find(evidence: Evidence) -> Iterator[Finding]:
    stats = evidence.channelstats
    for n in range(len(stats)):
        ways = [way for way in ("rx", "tx") if stats[f"{way}_lost"][n] != NULL_INT and stats[f"{way}_lost"][n] < 0]
        if not ways:
            continue
        way = ways[0]
        fields = {
            "channel": stats["channel"][n],
            "lost": int(stats[f"{way}_lost"][n]),
            "more": -int(stats[f"{way}_lost"][n]),
        }
        proof = Proof(str(stats["file"][n]), str(stats["channel"][n]), line=int(stats["line"][n]))
        yield Finding("counter-wrapped", None, (proof,), fields, about=f"{stats['channel'][n]} {stats['output'][n]}")


RULE = Rule(
    "counter-wrapped",
    _find,
    {
        "": Words(
            summary=Both(
                "The losses that `pjsip show channelstats` shows for {channel} are none: the counter is below nought ({lost}).",
                "Les pertes que `pjsip show channelstats` affiche pour {channel} n'en sont pas : le compteur est passé sous zéro ({lost}).",
            ),
            cause=Both(
                "{more} packets more than expected came (duplicates, or a new stream), and Asterisk prints −{more} as a number of 24 or 32 bits without its sign.",
                "{more} paquets de plus que prévu sont arrivés (doublons, ou nouveau flux), et Asterisk affiche −{more} comme un nombre de 24 ou 32 bits sans signe.",
            ),
            remedy=Both(
                "Nothing to mend: read it as no loss; `xivolab cli` shows the counters of {channel} put right.",
                "Rien à corriger : lire « aucune perte » ; `xivolab cli` montre les compteurs de {channel} rectifiés.",
            ),
        ),
    },
)

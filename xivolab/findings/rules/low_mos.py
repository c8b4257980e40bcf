"""low-mos: a narrow-band MOS (ITU-T G.107) under the threshold."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.poor_streams import poor_directions
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    streams = evidence.streams
    mos, scale, assumed = streams["mos"], streams["mos_scale"], streams["mos_assumed"]
    lost, late = streams["lost"], streams["late_50"]
    limit = evidence.limits["low-mos"]

    def poor(stream: int) -> dict[str, object] | None:
        if scale[stream] != "nb" or not mos[stream] < limit or assumed[stream] == 1:
            return None
        hurt = lost[stream] > 0 or late[stream] > 0
        return {
            "mos": float(mos[stream]),
            "codec": streams["codec"][stream] or streams["payload_type"][stream],
            "late": max(int(late[stream]), 0),
            "lost": int(lost[stream]),
            "variant": "" if hurt else "codec",
        }

    yield from poor_directions(evidence, "low-mos", poor)


RULE = Rule(
    "low-mos",
    _find,
    {
        "": Words(
            summary=Both(
                "{src} sounded poor at {dst}: an estimated MOS of {mos:.1f} with {codec}.",
                "{src} s'entendait mal chez {dst} : MOS estimé {mos:.1f} en {codec}.",
            ),
            cause=Both(
                "{lost} packets were lost and {late} came too late for a buffer of 50 ms.",
                "{lost} paquets ont été perdus et {late} sont arrivés trop tard pour un tampon de 50 ms.",
            ),
            remedy=Both(
                "See where the way from {src} loses or delays packets: `xivolab quality` shows which seconds.",
                "Voir où le chemin depuis {src} perd ou retarde des paquets : `xivolab quality` montre à quelles secondes.",
            ),
        ),
        "codec": Words(
            summary=Both(
                "{src} sounded poor at {dst}: {codec} alone gives a MOS of {mos:.1f}.",
                "{src} s'entendait mal chez {dst} : {codec} à lui seul donne un MOS de {mos:.1f}.",
            ),
            cause=Both(
                "Nothing was lost or late: the codec {codec} compresses speech that much.",
                "Rien n'a été perdu ni retardé : le codec {codec} compresse autant la parole.",
            ),
            remedy=Both(
                "Where the line allows it, put alaw before {codec} on {src} and {dst}.",
                "Si la ligne le permet, placer alaw avant {codec} sur {src} et {dst}.",
            ),
        ),
    },
)

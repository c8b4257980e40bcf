"""payload-type-mismatch: RTP came with a payload type that its receiver's SDP does not have (RFC 3264, 5.1)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.media_ways import host
from xivolab.findings.rule import Both, Rule, Words

_MANY = 50


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    streams = evidence.streams
    rows = {str(key): row for row, key in enumerate(evidence.calls["id"].tolist())}
    for call, members in evidence.streams_of.items():
        row = rows.get(call)
        if row is None or not evidence.legs[row]:
            continue
        wanted: dict[tuple[str, int], set[int]] = {}
        sdp_row: dict[tuple[str, int], int] = {}
        for leg in evidence.legs[row]:
            for message in leg.messages:
                sdp = index.sdp(message)
                for media in sdp.media if sdp else ():
                    place = str(media.address), int(media.port or 0)
                    wanted.setdefault(place, set()).update(one.pt for one in media.formats)
                    sdp_row.setdefault(place, message)
        for stream in members:
            dst = streams["dst"][stream]
            if not dst or streams["packets"][stream] < _MANY:
                continue
            place = host(dst), int(str(dst).rpartition(":")[2])
            pt = int(streams["payload_type"][stream])
            if place not in wanted or pt in wanted[place] or pt in (13, 19):
                continue
            fields = {
                "src": evidence.name(streams["src"][stream]),
                "dst": evidence.name(dst),
                "pt": pt,
                "wanted": ", ".join(map(str, sorted(wanted[place]))),
            }
            proofs = (evidence.message_proof(sdp_row[place]), evidence.stream_proof(stream))
            yield Finding(
                "payload-type-mismatch", row, proofs, fields, about=str(dst), time=int(streams["start"][stream])
            )


RULE = Rule(
    "payload-type-mismatch",
    _find,
    {
        "": Words(
            summary=Both(
                "{src} sent {dst} RTP of payload type {pt}, which {dst} had not asked for.",
                "{src} a envoyé à {dst} du RTP de type {pt}, que {dst} n'avait pas demandé.",
            ),
            cause=Both(
                "The SDP of {dst} takes the types {wanted} alone; what is of another type is thrown away, so it is heard as silence.",
                "Le SDP de {dst} n'accepte que les types {wanted} ; le reste est jeté, et s'entend comme un silence.",
            ),
            remedy=Both(
                "Compare the rtpmap lines of {src} and {dst} in the ladder; on Asterisk `asymmetric_rtp_codec` and the codec order of both endpoints decide (`pjsip show endpoint`).",
                "Comparer les lignes rtpmap de {src} et {dst} dans l'échange ; sur Asterisk, `asymmetric_rtp_codec` et l'ordre des codecs des deux endpoints décident (`pjsip show endpoint`).",
            ),
        ),
    },
)

"""private-address-in-sdp: a private address is told to somebody outside its network (RFC 1918, 6598, 4193)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.media_ways import host
from xivolab.findings.nat import Told, unreachable_sdp
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    for told in unreachable_sdp(evidence):
        if not _believed(evidence, told):
            continue
        fields = {
            "who": evidence.name(told.source),
            "source": told.source,
            "address": told.address,
            "to": evidence.name(told.receiver),
        }
        yield Finding(
            "private-address-in-sdp",
            told.call,
            (evidence.message_proof(told.row),),
            fields,
            about=f"{told.source} {told.address}",
            time=evidence.sip.index.time[told.row],
        )


def _believed(evidence: Evidence, told: Told) -> bool:
    """Whether the receiver sends its media there and nowhere else: with symmetric RTP it soon finds the right place."""
    rows = [] if told.call is None else evidence.streams_of.get(str(evidence.calls["id"][told.call]), [])
    ends = {host(evidence.stream_ends[row][1]) for row in rows}
    return told.address in ends and told.source not in ends


RULE = Rule(
    "private-address-in-sdp",
    _find,
    {
        "": Words(
            summary=Both(
                "{who} asks {to} to send its sound to {address}, an address that {to} cannot reach.",
                "{who} demande à {to} d'envoyer le son vers {address}, une adresse que {to} ne peut pas joindre.",
            ),
            cause=Both(
                "{who} stands behind NAT (its packets come from {source}) and tells its private address {address} in the SDP.",
                "{who} est derrière un NAT (ses paquets viennent de {source}) et annonce son adresse privée {address} dans le SDP.",
            ),
            remedy=Both(
                "On the PBX, for the endpoint of {who}: rtp_symmetric=yes, force_rport=yes, rewrite_contact=yes (XiVO: NAT = yes on the line); "
                "if the PBX itself is {who}: external_media_address and local_net of its transport.",
                "Sur le PBX, pour l'endpoint de {who} : rtp_symmetric=yes, force_rport=yes, rewrite_contact=yes (XiVO : NAT = oui sur la "
                "ligne) ; si {who} est le PBX : external_media_address et local_net de son transport.",
            ),
        ),
    },
)

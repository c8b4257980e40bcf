"""Addresses inside SIP that are not those of the packets: NAT, and routers that rewrite what passes."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from xivolab.findings.evidence import Evidence
from xivolab.findings.media_ways import host
from xivolab.sip import scan
from xivolab.sip.message import parse_message

_PRIVATE = tuple(
    ipaddress.ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)
"""RFC 1918, RFC 6598, RFC 4193. The networks of documentation count as public."""


@dataclass(frozen=True, slots=True)
class Told:
    """An address that the SDP in row `row` of the messages tells, which is neither its sender's nor in reach of its receiver."""

    row: int
    call: int | None
    source: str
    receiver: str
    address: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A message in row `row` that a router with the address `source` changed in `where`; `other` is it before or behind."""

    row: int
    other: int
    call: int | None
    source: str
    where: str


def private_network(address: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """The private block an address lies in; None for a public one, and for what is none."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    return next((network for network in _PRIVATE if ip.version == network.version and ip in network), None)


def unreachable_sdp(evidence: Evidence) -> Iterator[Told]:
    """The first such description of each sender in each call."""
    index = evidence.sip.index
    for call, legs in enumerate(evidence.legs):
        if not evidence.calls["streams"][call]:  # without media nobody can tell whether it does harm
            continue
        seen = set()
        for leg in legs:
            for row in leg.messages:
                sdp = index.sdp(row)
                if sdp is None:
                    continue
                source, receiver = (host(index.place(end) or "") for end in (index.src[row], index.dst[row]))
                for media in sdp.media:
                    network = private_network(media.address or "")
                    if media.kind != "audio" or not media.port or network is None or media.address == source:
                        continue
                    known = source, media.address
                    if known not in seen and private_network(receiver) != network:
                        seen.add(known)
                        yield Told(row, call, source, receiver, str(media.address))


def rewritten_by_router(evidence: Evidence) -> Iterator[Rewritten]:
    """Requests captured on both sides of a router whose own address it put in place of the sender's: once for each router."""
    index = evidence.sip.index
    seen = set()
    for rows in _captured_twice(evidence):
        places = {host(index.place(index.src[row]) or ""): row for row in rows}
        # The sender's own comes first, and gives the address it comes from.
        (first, other), *behind = sorted(places.items(), key=lambda place: index.time[place[1]])
        for source, row in behind:
            if source in seen or _via(evidence, other) != first or _via(evidence, row) != source:
                continue
            seen.add(source)
            call = int(evidence.call_of_message[row])
            yield Rewritten(row, other, None if call < 0 else call, source, "Via")


def _captured_twice(evidence: Evidence) -> Iterator[list[int]]:
    """Rows of the same request (by branch and CSeq) that came from more than one address."""
    sip, index = evidence.sip, evidence.sip.index
    branches = index.numbered(scan.BRANCH).ids
    rows = np.flatnonzero((index.statuses == 0) & (branches >= 0) & ~sip.duplicate & ~sip.retransmission)
    rows = rows[np.argsort(branches[rows], kind="stable")]
    if not len(rows):
        return
    ids, sources = branches[rows], sip.raw.src[rows]
    begins = np.flatnonzero(np.concatenate([[True], ids[1:] != ids[:-1]]))
    ends = np.concatenate([begins[1:], [len(rows)]])
    several = np.minimum.reduceat(sources, begins) != np.maximum.reduceat(sources, begins)
    for begin, end in zip(begins[several].tolist(), ends[several].tolist(), strict=True):
        same: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for row in rows[begin:end].tolist():
            same[index.call_id[row], index.method[row], index.cseq[row]].append(row)
        yield from (found for found in same.values() if len(found) > 1)


def _via(evidence: Evidence, row: int) -> str:
    """The host in the top Via of a message, where it is the only one: a proxy adds its own."""
    values = parse_message(evidence.sip.raw.data[row]).values("via")
    if len(values) != 1:
        return ""
    sent_by = values[0].split(None, 1)[-1].partition(";")[0].strip()
    return sent_by[1:].partition("]")[0] if sent_by.startswith("[") else sent_by.partition(":")[0]

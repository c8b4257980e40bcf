"""What a message had changed on its way, and what kind of box does that.

A proxy (RFC 3261 16.6) adds a Via, takes one off, records its route, counts Max-Forwards down; a server fills in `received`
and `rport` (RFC 3581). NAT alone changes nothing in SIP. A SIP ALG puts the address that NAT gave the packet in place of
the one the phone wrote, in Via, Contact and SDP, or the reverse on the way back (Linux does it in
net/netfilter/nf_nat_sip.c). A border controller hides what is behind it: other hosts, another Call-ID, media through itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from xivolab.sip.differences import REQUEST_URI, Difference, differences

Kind = Literal["sip-alg", "proxy", "hiding", "media-relay", "codecs", "consequence", "other"]
KINDS: tuple[Kind, ...] = ("sip-alg", "proxy", "hiding", "media-relay", "codecs", "consequence", "other")

_ROUTING = frozenset(
    (
        "Via",
        "Record-Route",
        "Route",
        "Path",
        "Service-Route",
        "Max-Forwards",
        "P-Asserted-Identity",
        "P-Charging-Vector",
    )
)
_HIDING = frozenset(
    ("Contact", "Call-ID", "From", "To", "User-Agent", "Server", "History-Info", "Diversion", REQUEST_URI)
)
_WITH_ADDRESS = frozenset(("Via", "Contact", "Record-Route", "Route", REQUEST_URI, "From", "To", "Call-ID"))
_FILLED_IN = re.compile(r";\s*(?:received=[^;,\s]*|rport(?:=\d*)?|alias|oc[^;,\s]*)", re.IGNORECASE)
_PORT_AFTER = r"(?::\d+)?"


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One difference between what was sent and what arrived, and what kind of box makes it."""

    difference: Difference
    kind: Kind


def rewrites(sent: bytes, received: bytes, translated: list[tuple[str, str]]) -> list[Rewrite]:
    """The differences of a message at the two points it passed. `translated` are addresses of its packet, without ports,
    that were changed on the way (as sent, as received).
    """
    return _with_ports([Rewrite(one, _kind(one, translated)) for one in differences(sent, received)])


def _kind(one: Difference, translated: list[tuple[str, str]]) -> Kind:
    if one.part == "header" and one.name == "Content-Length":
        return "consequence"
    if one.old is not None and one.new is not None and _is_translation(one, translated):
        return "sip-alg"
    if one.part == "sdp":
        return _of_media(one)
    if one.name in _ROUTING:
        return "proxy" if one.name != "Via" or _of_proxy(one) else "hiding"
    return "hiding" if one.name in _HIDING else "other"


def _is_translation(one: Difference, translated: list[tuple[str, str]]) -> bool:
    """Whether the text differs in nothing but the address (and the port behind it) that the packet had changed too."""
    if one.part == "header" and one.name not in _WITH_ADDRESS and not one.name.startswith("P-"):
        return False
    old, new = one.old or "", one.new or ""
    for before, after in translated:
        if before not in old or after not in new:
            continue
        shape_old = re.sub(re.escape(before) + _PORT_AFTER, "@", _FILLED_IN.sub("", old))
        shape_new = re.sub(re.escape(after) + _PORT_AFTER, "@", _FILLED_IN.sub("", new))
        if shape_old == shape_new:
            return True
    return False


def _of_media(one: Difference) -> Kind:
    if one.name in ("c=", "o=", "a=rtcp", "a=candidate"):
        return "media-relay"
    if one.name.startswith("m=") and one.old and one.new and _without_port(one.old) == _without_port(one.new):
        return "media-relay"
    if one.name.startswith(("m=", "a=rtpmap", "a=fmtp", "a=ptime", "a=maxptime")):
        return "codecs"
    return "other"


def _without_port(line: str) -> list[str]:
    words = line.split()
    return words[:1] + words[2:]


def _of_proxy(one: Difference) -> bool:
    """Whether a Via came or went, or was only filled in."""
    if one.old is None or one.new is None:
        return True
    return _FILLED_IN.sub("", one.old) == _FILLED_IN.sub("", one.new)


def _with_ports(found: list[Rewrite]) -> list[Rewrite]:
    """An ALG that changes where media go changes the port of the media line too: one cause, not two."""
    if not any(one.kind == "sip-alg" and one.difference.part == "sdp" for one in found):
        return found
    return [
        Rewrite(one.difference, "sip-alg")
        if one.kind == "media-relay" and one.difference.name.startswith("m=")
        else one
        for one in found
    ]

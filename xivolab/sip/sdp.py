"""Session descriptions: what media is announced where, with which codecs and in which direction.

RFC 8866 (SDP), RFC 3264 5.1 and 6.1 (direction), RFC 3551 (static types), RFC 3605 and 5761 (RTCP), RFC 4568 (crypto).
A line that makes no sense is skipped; nothing raises.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv6Address
from typing import Literal, NamedTuple

from xivolab.sip.message import decode
from xivolab.sip.payload_types import STATIC_PAYLOAD_TYPES, encoding_name

Direction = Literal["sendrecv", "sendonly", "recvonly", "inactive"]

_MEDIA_LINE = re.compile(r"(\S+)[ \t]+(\d{1,9})(?:/\d+)?[ \t]+(\S+)[ \t]*(.*)")
_CONNECTION = re.compile(r"IN[ \t]+IP[46][ \t]+([^\s/]+)", re.IGNORECASE)
_RTPMAP = re.compile(r"(\d{1,3})[ \t]+([^\s/]+)(?:/(\d{1,9}))?(?:/(\d{1,3}))?")
_FMTP = re.compile(r"(\d{1,3})[ \t]+(.*)")
_TELLING_LINE = re.compile(r"^[ac]=.*", re.MULTILINE)
_UNSPECIFIED = ("0.0.0.0", "::")  # noqa: S104 - an address in a packet, nothing is bound to it


class PayloadFormat(NamedTuple):
    """One format of a media line: `clock` in Hz; `name` is None for a dynamic type that no rtpmap explains."""

    pt: int
    name: str | None
    clock: int | None
    channels: int = 1
    fmtp: str = ""


class SdpMedia(NamedTuple):
    """One media line with its attributes. `address` is the line's own or the session's; `port` 0 means refused."""

    kind: str
    address: str | None
    port: int
    protocol: str
    direction: Direction
    ptime: int | None
    formats: tuple[PayloadFormat, ...]
    rtcp_port: int | None = None
    rtcp_mux: bool = False
    crypto: bool = False
    fingerprint: bool = False
    keys: str | None = None

    @property
    def security(self) -> str | None:
        """How the keys of SRTP are agreed on: "sdes", "dtls", "mikey", "zrtp", "unknown"; None for plain RTP.

        RFC 4568 (crypto), RFC 5763 (fingerprint), RFC 4567 (key-mgmt), RFC 6189 8.1 (zrtp-hash). Keys beside the profile of
        plain RTP count as well: phones that do without when they get no answer offer them so.
        """
        if self.crypto:
            return "sdes"
        if self.fingerprint:
            return "dtls"
        return self.keys or ("unknown" if "SAVP" in self.protocol else None)

    @property
    def is_rtp(self) -> bool:
        """Whether the line announces RTP (RTP/AVP, SAVP, AVPF, …), not T.38 or text over TCP."""
        return "RTP/" in self.protocol

    @property
    def on_hold(self) -> bool:
        """Whether the sender of this description wants to hear nothing: RFC 3264 8.4, and 0.0.0.0 of RFC 2543."""
        return self.port != 0 and (self.direction in ("sendonly", "inactive") or self.address in _UNSPECIFIED)


class Sdp(NamedTuple):
    """A session description: `address` is the session's connection address, None when only the media have one."""

    address: str | None
    media: tuple[SdpMedia, ...]

    @property
    def on_hold(self) -> bool:
        """Whether all audio in it is on hold."""
        audio = [m for m in self.media if m.kind == "audio" and m.port]
        return bool(audio) and all(m.on_hold for m in audio)


class _Attributes(NamedTuple):
    """What the lines below a media line (or above the first) say."""

    connection: str | None
    direction: Direction | None
    ptime: int | None
    formats: tuple[PayloadFormat, ...]
    rtcp_port: int | None
    rtcp_mux: bool
    crypto: bool
    fingerprint: bool
    keys: str | None


@lru_cache(maxsize=65536)
def parse_sdp(sdp: bytes) -> Sdp:
    """The session description in `sdp` (as `find_sdp` gives it).

    Identical descriptions share one object: those a proxy hands on, and those read once for RTP and once for dialogs.
    """
    session_text, *media_texts = decode(sdp).replace("\r", "").split("\nm=")
    session = _attributes("", "\n".join(_TELLING_LINE.findall(session_text)))
    media = [_media(text, session) for text in media_texts]
    return Sdp(session.connection, tuple(line for line in media if line is not None))


def _media(text: str, session: _Attributes) -> SdpMedia | None:
    """One media section, its first line without `m=`."""
    first, _, rest = text.partition("\n")
    match = _MEDIA_LINE.match(first)
    if match is None:
        return None
    kind, port, protocol, formats = match.groups()
    own = _attributes(formats if "RTP/" in protocol.upper() else "", rest)
    return SdpMedia(
        kind=kind.lower(),
        address=own.connection or session.connection,
        port=int(port) if int(port) < 65536 else 0,
        protocol=protocol.upper(),
        direction=own.direction or session.direction or "sendrecv",
        ptime=own.ptime or session.ptime,
        formats=own.formats,
        rtcp_port=own.rtcp_port,
        rtcp_mux=own.rtcp_mux,
        crypto=own.crypto,
        fingerprint=own.fingerprint or session.fingerprint,
        keys=own.keys or session.keys,
    )


def written_address(text: str) -> str:
    """An IPv6 address as packets' addresses are written (RFC 5952), so that both compare; anything else as it stands."""
    try:
        return str(IPv6Address(text)) if ":" in text else text
    except ValueError:
        return text


@lru_cache(maxsize=4096)
def _attributes(formats: str, text: str) -> _Attributes:
    """The attribute lines of a section. Cached: only address and port differ between the calls of one phone."""
    connection: str | None = None
    direction: Direction | None = None
    ptime: int | None = None
    rtcp_port: int | None = None
    rtcp_mux = crypto = fingerprint = False
    keys: str | None = None
    rtpmap: dict[int, tuple[str, int | None, int]] = {}
    fmtp: dict[int, str] = {}
    for line in text.split("\n"):
        if line.startswith("c=") and connection is None:
            found = _CONNECTION.match(line, 2)
            connection = written_address(found[1]) if found else None
        if not line.startswith("a="):
            continue
        name, _, value = line[2:].partition(":")
        name, value = name.strip(), value.strip()
        if name in ("sendrecv", "sendonly", "recvonly", "inactive"):
            direction = name  # type: ignore[assignment]  # just compared with the four words
        elif name == "rtpmap" and (found := _RTPMAP.match(value)):
            rtpmap[int(found[1])] = (encoding_name(found[2]), int(found[3]) if found[3] else None, int(found[4] or 1))
        elif name == "fmtp" and (found := _FMTP.match(value)):
            fmtp[int(found[1])] = found[2]
        elif name == "ptime" and value[:4].isascii() and value[:4].isdigit():
            ptime = int(value[:4])
        elif name == "rtcp" and (found := re.match(r"\d{1,5}", value)):
            rtcp_port = int(found[0])
        elif name == "rtcp-mux":
            rtcp_mux = True
        elif name == "crypto":
            crypto = True
        elif name == "fingerprint":
            fingerprint = True
        elif name == "zrtp-hash":
            keys = "zrtp"
        elif name == "key-mgmt":
            keys = value.partition(" ")[0].lower() or None
    numbers = dict.fromkeys(int(word) for word in formats.split() if word.isascii() and word.isdigit())
    known = tuple(_format(pt, rtpmap, fmtp) for pt in numbers if pt < 128)
    return _Attributes(connection, direction, ptime, known, rtcp_port, rtcp_mux, crypto, fingerprint, keys)


def _format(pt: int, rtpmap: dict[int, tuple[str, int | None, int]], fmtp: dict[int, str]) -> PayloadFormat:
    name, clock, channels = rtpmap.get(pt) or STATIC_PAYLOAD_TYPES.get(pt) or (None, None, 1)
    return PayloadFormat(pt, name, clock, channels, fmtp.get(pt, ""))

"""TLS connections made to order: real ones, between two ends in memory, with their key log."""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from xivolab.testing.captures import MadePacket, ttcp

# Of nobody: made for this file, valid for a hundred years.
_CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBfTCCASOgAwIBAgIUf1EDlvXlOc2X+BWJr9ybJHKswYcwCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIcGJ4LnRlc3QwIBcNMjYxMTI1MTMzODA5WhgPMjEyNjExMDEx
MzM4MDlaMBMxETAPBgNVBAMMCHBieC50ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEOQxVn/RpUOfj1+q3D0j8fl6F+/zEQLiMbzGxzDd44adJWYdjwM7BGkCC
zh89mM4y0EzpnqY3LoJAIPyg1eIPf6NTMFEwHQYDVR0OBBYEFFwgy6D6grp2GT/R
CblGq6VQQ95TMB8GA1UdIwQYMBaAFFwgy6D6grp2GT/RCblGq6VQQ95TMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAJwUbpPeQOAvnZWU4Cl+lTiS
X2aXlKKCptYTuE5InJpsAiASIbHwaU4Am+S8tiUxx+CR32jys/CrDbgglKiQaQL9
cQ==
-----END CERTIFICATE-----
"""
_KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1aErPAS7VpGrPZ+Z
4pcrElOkK1tavkx836FVzcshwgKhRANCAAQ5DFWf9GlQ5+PX6rcPSPx+XoX7/MRA
uIxvMbHMN3jhp0lZh2PAzsEaQILOHz2YzjLQTOmepjcugkAg/KDV4g9/
-----END PRIVATE KEY-----
"""

_SEGMENT = 1400


@dataclass
class MadeConnection:
    """A TLS connection: its packets, and the key log that opens it."""

    packets: list[MadePacket] = field(default_factory=list)
    key_log: str = ""


def ttls(
    said: Sequence[tuple[Literal["client", "server"], bytes, float]],
    *,
    client: str = "10.77.0.11:40000",
    server: str = "10.77.0.10:5061",
    version: Literal["1.2", "1.3"] = "1.3",
    name: str = "pbx.test",
    protocols: Sequence[str] = (),
    at: float = 0.0,
    segment: int = _SEGMENT,
) -> MadeConnection:
    """A connection opened `at` seconds after `START`, on which each end says so many bytes at such a moment.

    `protocols` are offered by the client, and the first is taken by the server (ALPN).
    """
    with tempfile.TemporaryDirectory(prefix="xivolab-") as folder:
        ends = _ends(Path(folder), version, name, protocols)
        made = MadeConnection()
        wire = _Wire(made.packets, client, server, segment)
        wire.open(at)
        for _ in range(4):  # the handshake takes two rounds, tickets another
            for side in ("client", "server"):
                ends[side].shake()
                wire.send(side, ends[side].taken(), at + 0.001)
                ends["server" if side == "client" else "client"].given(wire.last)
        for side, data, when in said:
            ends[side].tls.write(data)
            wire.send(side, ends[side].taken(), when)
            other = ends["server" if side == "client" else "client"]
            other.given(wire.last)
            other.tls.read(1 << 20)
        made.key_log = (Path(folder) / "keys").read_text()
    return made


class _End:
    def __init__(self, context: ssl.SSLContext, *, server: bool, name: str | None) -> None:
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self._in, self._out, server_side=server, server_hostname=name)

    def shake(self) -> None:
        try:
            self.tls.do_handshake()
        except ssl.SSLWantReadError:
            return
        try:
            self.tls.read(1)
        except ssl.SSLWantReadError:
            return

    def taken(self) -> bytes:
        return self._out.read()

    def given(self, data: bytes) -> None:
        self._in.write(data)


def _ends(folder: Path, version: str, name: str, protocols: Sequence[str]) -> dict[str, _End]:
    (folder / "crt").write_text(_CERTIFICATE)
    (folder / "key").write_text(_KEY)
    serving, asking = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    serving.load_cert_chain(folder / "crt", folder / "key")
    asking.check_hostname = False
    asking.verify_mode = ssl.CERT_NONE
    asking.keylog_filename = str(folder / "keys")
    for context in (serving, asking):
        chosen = ssl.TLSVersion.TLSv1_2 if version == "1.2" else ssl.TLSVersion.TLSv1_3
        context.minimum_version = context.maximum_version = chosen
        if protocols:
            context.set_alpn_protocols(list(protocols) if context is asking else [protocols[0]])
    return {"client": _End(asking, server=False, name=name), "server": _End(serving, server=True, name=None)}


class _Wire:
    """Both directions of the TCP connection."""

    def __init__(self, packets: list[MadePacket], client: str, server: str, segment: int) -> None:
        self._packets = packets
        self._ends = {"client": (client, server), "server": (server, client)}
        self._next = {"client": 1001, "server": 5001}
        self._segment = segment
        self.last = b""

    def open(self, at: float) -> None:
        for side, flags in (("client", 0x02), ("server", 0x12), ("client", 0x10)):
            other = "server" if side == "client" else "client"
            seq = self._next[side] - (1 if flags & 2 else 0)
            ack = self._next[other] if flags & 0x10 else 0
            self._packets.append(ttcp(*self._ends[side], b"", at, seq=seq, ack=ack, flags=flags))

    def send(self, side: str, data: bytes, at: float) -> None:
        self.last = data
        other = "server" if side == "client" else "client"
        for start in range(0, len(data), self._segment):
            piece = data[start : start + self._segment]
            self._packets.append(ttcp(*self._ends[side], piece, at, seq=self._next[side], ack=self._next[other]))
            self._next[side] += len(piece)

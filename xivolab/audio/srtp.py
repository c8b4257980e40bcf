"""SRTP with keys from SDP or from the user: libsrtp decrypts, and its authentication tag proves that the key fits."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from xivolab.audio.timeline import Order
from xivolab.audio.track import Open
from xivolab.errors import MissingToolError
from xivolab.rtp.packets import RtpPackets
from xivolab.sip.crypto import MediaKey

_TAGS = {"AES_CM_128_HMAC_SHA1_80": 10, "AES_CM_128_HMAC_SHA1_32": 4, "AEAD_AES_128_GCM": 16, "AEAD_AES_256_GCM": 16}
_HEADER = 12


def unlocker(keys: Sequence[MediaKey], sender: str) -> Open:
    """Decrypts the packets of a stream that `sender` ("ip:port") sends, with whichever of `keys` fits.

    Its own keys are tried first; a key that comes into use later (re-INVITE) is found when the one before fails. Packets
    are taken in the order of their sequence numbers, so that the roll-over counter follows every wrap (RFC 3711, 3.3.1).
    Raises MissingToolError when pylibsrtp is not installed.
    """
    ordered = sorted(dict.fromkeys(keys), key=lambda key: (key.sender != sender, key.sender != ""))

    def unlock(packets: RtpPackets, order: Order) -> list[bytes | None]:
        return _unlock(ordered, packets, order)

    return unlock


class _Session:
    """One key in use: libsrtp's state of the stream."""

    def __init__(self, key: MediaKey) -> None:
        srtp = _pylibsrtp()
        profiles = {
            "AES_CM_128_HMAC_SHA1_80": srtp.Policy.SRTP_PROFILE_AES128_CM_SHA1_80,
            "AES_CM_128_HMAC_SHA1_32": srtp.Policy.SRTP_PROFILE_AES128_CM_SHA1_32,
            "AEAD_AES_128_GCM": srtp.Policy.SRTP_PROFILE_AEAD_AES_128_GCM,
            "AEAD_AES_256_GCM": srtp.Policy.SRTP_PROFILE_AEAD_AES_256_GCM,
        }
        policy = srtp.Policy(key.key, srtp.Policy.SSRC_ANY_INBOUND, 0, profiles[key.suite])
        self._session = srtp.Session(policy)
        self._error = srtp.Error
        self._tag, self._mki = _TAGS[key.suite], key.mki

    def open(self, packet: bytes) -> bytes | None:
        """The packet decrypted; None when its tag does not fit this key."""
        if self._mki:  # it stands before the tag, and GCM has it at the end (RFC 3711, 3.1; RFC 7714, 8.1)
            tag = 0 if self._tag == 16 else self._tag
            packet = packet[: len(packet) - tag - self._mki] + packet[len(packet) - tag :]
        try:
            return bytes(self._session.unprotect(packet))
        except (self._error, ValueError):  # ValueError: larger than any packet of audio
            return None


def _unlock(keys: Sequence[MediaKey], packets: RtpPackets, order: Order) -> list[bytes | None]:
    sessions: dict[MediaKey, _Session] = {}
    current: MediaKey | None = None
    out: list[bytes | None] = []
    for at, fresh in zip(order.index.tolist(), order.fresh.tolist(), strict=True):
        packet = packets.packet(at)
        if fresh:  # a sender that begins again begins its roll-over counter again
            sessions.clear()
        opened = None
        for key in sorted(keys, key=lambda key: key is not current):
            if key not in sessions:
                sessions[key] = _Session(key)
            opened = sessions[key].open(packet)
            if opened is not None:
                current = key
                break
        out.append(None if opened is None else _payload(opened))
    return out


def _payload(packet: bytes) -> bytes:
    """What follows header, CSRCs and extension, without padding (RFC 3550, 5.1)."""
    start = _HEADER + 4 * (packet[0] & 15)
    if packet[0] & 0x10 and start + 4 <= len(packet):
        (words,) = struct.unpack_from("!H", packet, start + 2)
        start += 4 + 4 * words
    end = len(packet) - (packet[-1] if packet[0] & 0x20 else 0)
    return packet[start : max(end, start)]


def _pylibsrtp() -> Any:
    try:
        import pylibsrtp
    except ImportError as error:
        raise MissingToolError(
            "pylibsrtp is not installed",
            "SRTP",
            "pip install 'xivolab[audio]' brings it; without it streams stay encrypted",
        ) from error
    return pylibsrtp

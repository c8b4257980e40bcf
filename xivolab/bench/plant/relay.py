"""The door of an exposed bench: carries SIP (UDP) and its media between the phones of a room and the PBX, which no network joins.

It stands between both as the border controller of an operator does: each side sees an address of its own side in Via, Contact
and SDP (RFC 3261, 18.1.1 and 12.1.1; RFC 4566, 5.7 and 5.14). It needs no right and changes nothing on this machine: it is a program
that ends, and with it the door is shut.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

SIP = 5060
MEDIA = range(14000, 15000, 2)
"""Ports towards the room: the even one is for RTP, the next for RTCP."""

Address = tuple[str, int]
_VIA = re.compile(rb"(?im)^((?:Via|v)[ \t]*:[ \t]*SIP/2\.0/UDP[ \t]+)([^;,\s]+)")
_CONTACT = re.compile(rb"(?im)^((?:Contact|m)[ \t]*:[^\r\n]*?sips?:(?:[^@>\s]*@)?)([^;>?,\s]+)")
_REQUEST = re.compile(rb"\A([A-Z]+ sips?:(?:[^@\s]*@)?)([^;?\s]+)")
_CALL_ID = re.compile(rb"(?im)^(?:Call-ID|i)[ \t]*:[ \t]*(\S+)")
_LENGTH = re.compile(rb"(?im)^((?:Content-Length|l)[ \t]*:[ \t]*)\d+")
_CONNECTION = re.compile(rb"(?m)^(c=IN IP4 |o=.* IN IP4 )([\d.]+)")
_AUDIO = re.compile(rb"(?m)^m=audio (\d+)")
_MOST_PHONES = 50


class _Socket(asyncio.DatagramProtocol):
    """A socket that hands what arrives to somebody."""

    def __init__(self, arrived: Callable[[bytes, Address], None]) -> None:
        self.arrived = arrived

    def datagram_received(self, data: bytes, addr: Address) -> None:
        """Called by asyncio."""
        self.arrived(data, addr[:2])

    def error_received(self, exc: Exception) -> None:
        """A phone that is gone answers with ICMP: that is no reason to stop."""


async def _open(where: Address, arrived: Callable[[bytes, Address], None]) -> asyncio.DatagramTransport:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: _Socket(arrived), local_addr=where)
    return transport


class _Stream:
    """RTP or RTCP of one call: `phone` and `pbx` are where it goes, those told in the SDP, then where it really comes from."""

    def __init__(self) -> None:
        self.phone: Address | None = None
        self.pbx: Address | None = None
        self.outside: asyncio.DatagramTransport | None = None
        self.inside: asyncio.DatagramTransport | None = None

    def from_phone(self, data: bytes, source: Address) -> None:
        self.phone = source
        if self.inside is not None and self.pbx is not None:
            self.inside.sendto(data, self.pbx)

    def from_pbx(self, data: bytes, source: Address) -> None:
        self.pbx = source
        if self.outside is not None and self.phone is not None:
            self.outside.sendto(data, self.phone)


class _Call:
    """The media of one call: a pair of ports on either side."""

    def __init__(self) -> None:
        self.streams = (_Stream(), _Stream())
        self.outside_port = self.inside_port = 0

    def close(self) -> None:
        for stream in self.streams:
            for transport in (stream.outside, stream.inside):
                if transport is not None:
                    transport.close()


class _Phone:
    """One phone of the room: a port on the PBX's side that is its own, and what it calls itself."""

    def __init__(self, where: Address) -> None:
        self.where = where
        self.socket: asyncio.DatagramTransport | None = None
        self.port = 0
        self.via = self.contact = b""


class Relay:
    """Carries between `outside` (an address of this machine) and `pbx`. Only phones with private addresses are let in."""

    def __init__(self, outside: str, pbx: str, sip: int = SIP) -> None:
        self.outside, self.pbx, self.sip = outside, pbx, sip
        self.inside = _own_address(pbx)
        self._phones: dict[Address, _Phone] = {}
        self._calls: dict[bytes, _Call] = {}
        self._door: asyncio.DatagramTransport | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Begin. Raises OSError when the port is taken or the address is not this machine's."""
        self._door = await _open((self.outside, self.sip), lambda data, source: self._later(self._out(data, source)))

    def close(self) -> None:
        """End: every port is shut."""
        for call in self._calls.values():
            call.close()
        for phone in self._phones.values():
            if phone.socket is not None:
                phone.socket.close()
        if self._door is not None:
            self._door.close()

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _out(self, data: bytes, source: Address) -> None:
        """From the room to the PBX."""
        if not ipaddress.ip_address(source[0]).is_private:
            return
        phone = self._phones.get(source) or await self._welcome(source)
        if phone is None or phone.socket is None:
            return
        here = f"{self.inside}:{phone.port}".encode()
        request = not data.startswith(b"SIP/2.0")
        if request and (found := _VIA.search(data)):
            phone.via = found[2]
            data = _VIA.sub(rb"\g<1>" + here, data, count=1)
        elif not request:
            data = _VIA.sub(rb"\g<1>" + f"{self.pbx}:{SIP}".encode(), data, count=1)
        if found := _CONTACT.search(data):
            phone.contact = found[2]
            data = _CONTACT.sub(rb"\g<1>" + here, data)
        phone.socket.sendto(await self._media(data, self.inside, told_by_phone=True), (self.pbx, SIP))

    async def _in(self, phone: _Phone, data: bytes, source: Address) -> None:
        """From the PBX to a phone of the room."""
        if source[0] != self.pbx or self._door is None:
            return
        here = f"{self.outside}:{self.sip}".encode()
        if data.startswith(b"SIP/2.0"):
            data = _VIA.sub(rb"\g<1>" + (phone.via or here), data, count=1)
        else:
            data = _VIA.sub(rb"\g<1>" + here, data, count=1)
            data = _REQUEST.sub(
                rb"\g<1>" + (phone.contact or b"%s:%d" % (phone.where[0].encode(), phone.where[1])), data
            )
        data = _CONTACT.sub(rb"\g<1>" + here, data)
        self._door.sendto(await self._media(data, self.outside, told_by_phone=False), phone.where)

    async def _welcome(self, source: Address) -> _Phone | None:
        if len(self._phones) >= _MOST_PHONES:
            return None
        phone = self._phones[source] = _Phone(source)
        phone.socket = await _open((self.inside, 0), lambda data, where: self._later(self._in(phone, data, where)))
        phone.port = phone.socket.get_extra_info("sockname")[1]
        return phone

    async def _media(self, data: bytes, here: str, *, told_by_phone: bool) -> bytes:
        """The message with the media of its SDP leading through here; BYE shuts the ports."""
        call_id = _CALL_ID.search(data)
        if call_id is None:
            return data
        if data.startswith(b"BYE "):
            asyncio.get_running_loop().call_later(5, self._forget, call_id[1])
        head, gap, body = data.partition(b"\r\n\r\n")
        audio, told = _AUDIO.search(body), _CONNECTION.findall(body)
        if audio is None or not told:
            return data
        call = self._calls.get(call_id[1]) or await self._begin(call_id[1])
        for offset, stream in enumerate(call.streams):
            target = (told[-1][1].decode(), int(audio[1]) + offset)
            if told_by_phone and stream.phone is None:
                stream.phone = target
            elif not told_by_phone:
                stream.pbx = target
        port = call.inside_port if told_by_phone else call.outside_port
        body = _CONNECTION.sub(rb"\g<1>" + here.encode(), body)
        body = _AUDIO.sub(b"m=audio %d" % port, body)
        return _LENGTH.sub(rb"\g<1>%d" % len(body), head) + gap + body

    async def _begin(self, call_id: bytes) -> _Call:
        call = self._calls[call_id] = _Call()
        call.outside_port = await self._pair(call, self.outside, MEDIA, outside=True)
        call.inside_port = await self._pair(call, self.inside, range(16000, 30000, 2), outside=False)
        return call

    async def _pair(self, call: _Call, where: str, ports: range, *, outside: bool) -> int:
        for port in ports:
            opened: list[asyncio.DatagramTransport] = []
            try:
                for offset, stream in enumerate(call.streams):
                    arrived = stream.from_phone if outside else stream.from_pbx
                    opened.append(await _open((where, port + offset), arrived))
            except OSError:
                for transport in opened:
                    transport.close()
                continue
            for stream, transport in zip(call.streams, opened, strict=True):
                if outside:
                    stream.outside = transport
                else:
                    stream.inside = transport
            return port
        raise OSError(f"no free pair of ports on {where}")

    def _forget(self, call_id: bytes) -> None:
        call = self._calls.pop(call_id, None)
        if call is not None:
            call.close()


def _own_address(pbx: str) -> str:
    """The address of this machine in the network of the PBX."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((pbx, SIP))
        return str(probe.getsockname()[0])


async def serve(
    outside: str, pbx: str, seconds: float, sip: int = SIP, opened: Callable[[], None] = lambda: None
) -> None:
    """Carry for so long. Raises OSError when the address or its port cannot be had."""
    relay = Relay(outside, pbx, sip)
    await relay.open()
    opened()
    try:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(seconds)
    finally:
        relay.close()

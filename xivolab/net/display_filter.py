"""Wireshark display filters: what to type there to see a call, a message or a stream (wireshark-filter(4))."""

from __future__ import annotations

from collections.abc import Iterable


def of_frames(frames: Iterable[int]) -> str:
    """The filter of some frames of one file."""
    numbers = sorted(set(frames))
    if len(numbers) == 1:
        return f"frame.number == {numbers[0]}"
    return f"frame.number in {{{', '.join(map(str, numbers))}}}"


def of_call_id(call_id: str, frames: Iterable[int] = ()) -> str:
    """The filter of the messages of a Call-ID. One that Wireshark cannot be asked for is told by the `frames` of its messages."""
    if not (call_id.isascii() and call_id.isprintable()):
        return of_frames(frames)
    quoted = call_id.replace("\\", "\\\\").replace('"', '\\"')
    return f'sip.Call-ID == "{quoted}"'


def of_stream(ssrc: str | None, src: str | None, dst: str | None) -> str:
    """The filter of an RTP stream; `ssrc` as "0x…", the ends as "ip:port", None where a log does not tell them."""
    parts = [f"rtp.ssrc == {ssrc}" if ssrc else "rtp"]
    six = any(end and end.startswith("[") for end in (src, dst))
    ip = "ipv6" if six else "ip"
    for end, side in ((src, "src"), (dst, "dst")):
        if end:
            address, port = end.rpartition(":")[::2]
            parts.append(f"{ip}.{side} == {address.strip('[]')} && udp.{side}port == {port}")
    # Errors of ICMP quote RTP, and Wireshark looks into them.
    return " && ".join([*parts, "!icmpv6" if six else "!icmp"])


def any_of(filters: Iterable[str]) -> str:
    """The filter of what one of these lets through."""
    known = list(dict.fromkeys(filters))
    return known[0] if len(known) == 1 else " || ".join(f"({one})" for one in known)

"""Faults of the network, made with nftables inside a container's own network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol


class Network(Protocol):
    """Where the rules are made: an `Engine` for containers that may do so themselves, `Beside` for those that may not."""

    def execute(self, container: str, /, *command: str) -> str:
        """Run a command in a container's network."""


# Asterisk's RTP ports (rtp.conf) and those of the phones (phones.py).
_PBX_RTP = "14000-14999"
_PHONE_RTP = "10000-10100"


def _rule(engine: Network, container: str, hook: str, rule: str) -> None:
    chain = f"add chain inet fault {hook} {{ type filter hook {hook} priority 0; }}"
    engine.execute(container, "nft", f"add table inet fault; {chain}; add rule inet fault {hook} {rule}")


def lose_sent_rtp(engine: Network, container: str, percent: int) -> None:
    """Drop a random share, in percent, of the RTP that this host sends. At 100 nobody hears it.

    Dropped behind the sender's back, as a network does: a drop in the output hook makes `sendto` fail, and a phone that
    is told so does not count the packet's samples in its RTP timestamps.
    """
    # nftables refuses a bound that no number can reach.
    chance = f"numgen random mod 100 < {percent} " if percent < 100 else ""
    chain = 'add chain netdev fault egress { type filter hook egress device "eth0" priority 0; }'
    rule = f"add rule netdev fault egress udp dport {{ {_PBX_RTP}, {_PHONE_RTP} }} {chance}drop"
    engine.execute(container, "nft", f"add table netdev fault; {chain}; {rule}")


def lose_passing_rtp(engine: Network, router: str, percent: int) -> None:
    """Drop a random share, in percent, of the RTP in alaw that a router hands on, both ways, and count it."""
    rules = ["add table netdev fault"]
    for device in ("eth0", "eth1"):
        # The first two bytes of the UDP payload: RTP version 2 of payload type 8, not RTCP on the port beside.
        alaw = "@th,64,16 { 0x8008, 0x8088 }"
        rules += [
            f'add chain netdev fault {device} {{ type filter hook egress device "{device}" priority 0; }}',
            f"add rule netdev fault {device} meta l4proto udp {alaw} numgen random mod 100 < {percent} counter drop",
        ]
    engine.execute(router, "nft", "; ".join(rules))


def dropped(engine: Network, router: str, device: str) -> int:
    """How many packets `lose_passing_rtp` dropped on their way out of a device."""
    listed = engine.execute(router, "nft", "list", "chain", "netdev", "fault", device)
    found = re.search(r"counter packets (\d+)", listed)
    return int(found[1]) if found else 0


def ignore_requests(engine: Network, container: str, methods: Sequence[str], *, table: str) -> None:
    """Lose SIP requests of these methods on their way in, over UDP; none of them once `methods` is empty."""
    rules = [f"add table inet {table}", f"delete table inet {table}"]
    if methods:
        rules += [f"add table inet {table}", f"add chain inet {table} in {{ type filter hook input priority 0; }}"]
        rules += [f"add rule inet {table} in meta l4proto udp {begins_with(method)} drop" for method in methods]
    engine.execute(container, "nft", "; ".join(rules))


def begins_with(text: str) -> str:
    """The condition of nftables that a UDP payload begins with these characters, 8 at most: a SIP method, say."""
    data = f"{text} ".encode()[:8]
    return f"@th,64,{len(data) * 8} 0x{data.hex()}"


def vanish(engine: Network, container: str) -> None:
    """Cut a host off, as a pulled cable does: it neither says nor answers anything any more."""
    for hook in ("input", "output"):
        # Silence, but for the control of the lab itself: an error of ICMP would tell that the host still lives.
        _rule(engine, container, hook, "meta l4proto udp drop")

"""A home office: a network of its own behind a router that hides it (NAT)."""

from __future__ import annotations

from xivolab.bench.engine import Engine

LAN = "192.168.77.0/24"
ROUTER = ("10.77.0.60", "fd77::60")
ROUTER_INSIDE = "192.168.77.254"
# Nobody: what goes there can be captured on its way, and is gone.
_NOWHERE = "10.77.0.254"
_NOBODY = "02:00:00:00:00:fe"


def join(engine: Engine, router: str, network: str) -> None:
    """Put a router, which stands in the lab's network already, into the home's as well, and let it hide that one."""
    engine.call("network", "connect", "--ip", ROUTER_INSIDE, network, router)
    hide(engine, router, LAN)


def hide(engine: Engine, router: str, lan: str) -> None:
    """Let a router show its own address for those of the network behind it (NAT); done again, it is as before."""
    rules = (
        "add table ip home; delete table ip home;"
        " add table ip home; add chain ip home out { type nat hook postrouting priority 100; };"
        f" add rule ip home out ip saddr {lan} ip daddr != {lan} masquerade"
    )
    engine.execute(router, "nft", rules)


def rewrite_sip(engine: Engine, router: str) -> None:
    """Let the router mend the addresses in SIP messages (ALG), as many home routers do: here the kernel's own helper."""
    rules = (
        'add ct helper ip home sip { type "sip" protocol udp; };'
        " add chain ip home helped { type filter hook prerouting priority 0; };"
        ' add rule ip home helped udp dport 5060 ct helper set "sip"'
    )
    engine.execute(router, "nft", rules)


def use_router(engine: Engine, phone: str) -> None:
    """Send a phone's packets through the router."""
    engine.execute(phone, "ip", "route", "add", "default", "via", ROUTER_INSIDE)


def lead_nowhere(engine: Engine, pbx: str) -> None:
    """Let the PBX send to private addresses, as it would into the internet: in vain, but seen in the capture."""
    engine.execute(pbx, "ip", "neigh", "add", _NOWHERE, "lladdr", _NOBODY, "dev", "eth0")
    engine.execute(pbx, "ip", "route", "add", "default", "via", _NOWHERE)

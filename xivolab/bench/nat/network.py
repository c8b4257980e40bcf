"""A home behind the bench's router: NAT with or without SIP ALG, and phones in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xivolab.bench import home
from xivolab.bench.phone.account import Account
from xivolab.bench.plant.subnets import address

if TYPE_CHECKING:
    from xivolab.bench.phone import Phone
    from xivolab.bench.plant import Bench

_FIRST = 101


class Home:
    """The network `home` of a bench. Its phones reach the PBX by the router alone, at the PBX's address in `wan`."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self._lan = bench.state.subnets["home"]
        self._router = bench.container("router")

    @property
    def registrar(self) -> str:
        """The PBX's address as the home knows it."""
        return self.bench.address("pbx", "wan")

    @property
    def public(self) -> str:
        """The address that the PBX sees for all of the home."""
        return self.bench.address("router", "wan")

    def own_address(self, number: int) -> str:
        """The private address of the home's phone of this number, from 0 on."""
        return address(self._lan, _FIRST + number)

    def open(self, *, alg: bool = False) -> None:
        """Let the home through, hidden; with `alg` the kernel's own helper rewrites the addresses in SIP on the way.

        Connections that the router knows are forgotten: they would go on as before.
        """
        home.hide(self.bench.engine, self._router, self._lan)
        if alg:
            home.rewrite_sip(self.bench.engine, self._router)
        self.bench.execute("router", "conntrack", "-F")

    def ensure(self) -> None:
        """Let the home through, if it is not: a router that has just started lets nobody."""
        if "masquerade" not in self.bench.execute("router", "nft", "list", "ruleset"):
            self.open()

    def hire(self, name: str, account: Account, number: int = 0, **details: Any) -> Phone:
        """Switch a phone on in the home; its account's registrar is `registrar`. LabError when it cannot register."""
        gateway = self.bench.address("router", "home")
        return self.bench.phones.hire(name, self.own_address(number), account, gateway=gateway, **details)

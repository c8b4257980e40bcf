"""The phones of a bench: one on the desk of each line, as many as are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from xivolab.bench.phone.account import Account
from xivolab.bench.plant.subnets import address

if TYPE_CHECKING:
    from xivolab.bench.model import Configuration
    from xivolab.bench.phone.phones import Phones
    from xivolab.bench.plant.bench import Bench

FIRST = 101
"""The last byte of the address of the first phone."""

DESKS = 100
"""As many as there are addresses."""


def desks(bench: Bench, configuration: Configuration, count: int) -> Iterator[tuple[str, str, Account]]:
    """The number, the address and the account of each phone: the first lines of the configuration, in their order."""
    registrar = bench.address("pbx")
    taken = 0
    for user, line in configuration.lines():
        if line.interface is None and line.kind != "webrtc" and taken < min(count, DESKS):
            name = f"{user.firstname} {user.lastname}".strip()
            account = Account(line.name, line.secret, registrar, name=name)
            if line.options.transport in ("tcp", "tls"):
                account = replace(account, transport=line.options.transport)
            yield line.number, address(bench.state.subnets["lan"], FIRST + taken), account
            taken += 1


def staff(bench: Bench, phones: Phones, configuration: Configuration, count: int) -> None:
    """Have a phone on each desk, registered: those that are right stay as they are, the others are switched on or off.

    Raises LabError when one does not register.
    """
    wanted = {number: (where, account) for number, where, account in desks(bench, configuration, count)}
    _ = phones.link  # those that an earlier command switched on are known after it
    for number, phone in list(phones.phones.items()):
        setup = phones.setup(number)
        right = phone.alive and wanted.get(number) == (setup.address, setup.accounts[0])
        # Others than those on the desks are somebody's own.
        if number.isdigit() and not right:
            phones.dismiss(number)
    for number, (where, account) in wanted.items():
        if number not in phones.phones:
            phones.hire(number, where, account)

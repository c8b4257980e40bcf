"""A small PBX and a house of phones, for the tests of what stands on them; one for all the tests of a run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xivolab.bench import image
from xivolab.bench.engine import Engine, detect
from xivolab.bench.pbx import Pbx
from xivolab.bench.phone import Account, Phone, Phones
from xivolab.bench.phone.account import Setup
from xivolab.bench.phone.image import ensure

SECRET = "s3cret-of-the-tests"
NAMES = ("alice", "bob", "carol", "dave")

_ENDPOINT = """
[{name}]
type = endpoint
context = default
disallow = all
allow = alaw,ulaw,g722
auth = {name}
aors = {name}
direct_media = no
allow_transfer = yes
rewrite_contact = yes
media_encryption = {encryption}
dtmf_mode = auto
[{name}]
type = auth
auth_type = userpass
username = {name}
password = {secret}
[{name}]
type = aor
max_contacts = 2
remove_existing = yes
qualify_frequency = 0
"""
_TLS = """
[transport-tls]
type = transport
protocol = tls
bind = 0.0.0.0:5061
cert_file = /scenario/cert.pem
priv_key_file = /scenario/key.pem
method = tlsv1_2
"""
_NUMBERS = """
[numbers]
exten => _100X,1,Dial(PJSIP/${NAME${EXTEN}},20)
 same => n,Hangup()
exten => _200X,1,Dial(PJSIP/${NAME100${EXTEN:3}},20,b(numbers^intercom^1))
 same => n,Hangup()
exten => intercom,1,Set(PJSIP_HEADER(add,Call-Info)=<sip:intercom>\\;answer-after=0)
 same => n,Return()
exten => 3000,1,Answer()
 same => n,Wait(0.5)
 same => n,Read(DIGITS,,4,,1,6)
 same => n,NoOp(DIGITS=${DIGITS})
 same => n,Hangup()
exten => 3001,1,Answer()
 same => n,Echo()
"""


class Ground:
    """What the tests stand on. A phone is hired once and found again by the next test that asks for the same."""

    def __init__(self, engine: Engine, pbx: Pbx, phones: Phones, subnet: str) -> None:
        self.engine = engine
        self.pbx = pbx
        self.phones = phones
        self.subnet = subnet
        self.address = f"{subnet}.10"

    def account(self, name: str, **details: Any) -> Account:
        """The account of a line of this PBX."""
        return Account(name, SECRET, self.address, name=name.title(), **details)

    def own_address(self, name: str) -> str:
        """The address of the phone of a line."""
        return f"{self.subnet}.{101 + NAMES.index(name)}"

    def hire(self, name: str, account: Account | None = None, **details: Any) -> Phone:
        """A phone set up like this, registered; the one that is there, if it is so already."""
        setup = Setup(self.own_address(name), accounts=(account or self.account(name),), **details)
        if name in self.phones.phones:
            if self.phones.setup(name) == setup and self.phones.phones[name].alive:
                return self.phones.phones[name]
            self.phones.dismiss(name)
        return self.phones.hire(name, setup.address, *setup.accounts, **details)

    def clear(self) -> None:
        """End every call."""
        for phone in self.phones.phones.values():
            for call in phone.calls() if phone.alive else []:
                call.hang_up()
        # Those of phones that crashed.
        self.pbx.ask("channel request hangup all")
        deadline = time.monotonic() + 10
        while "0 active channels" not in self.pbx.ask("core show channels count"):
            assert time.monotonic() < deadline, self.pbx.ask("core show channels")
            time.sleep(0.2)


_CERTIFICATE = """
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=pbx \\
    -addext subjectAltName=IP:{address} -keyout /scenario/key.pem -out /scenario/cert.pem
chmod 644 /scenario/*.pem
"""


@contextmanager
def ground(number: int = 0) -> Iterator[Ground]:
    """Network, PBX and an empty house of phones; gone afterwards. Several stand side by side, by their number."""
    bench, subnet = f"phones{number}", f"10.85.{number}"
    engine = detect(bench)
    images = image.ensure(engine, "pbx"), ensure(engine)
    engine.clear()
    network, pbx, phones = (f"xivolab-{bench}-{part}" for part in ("net", "pbx", "phones"))
    with tempfile.TemporaryDirectory(prefix="xivolab-ground-") as scratch:
        folder = Path(scratch)
        folder.chmod(0o755)
        try:
            engine.create_network(network, [f"{subnet}.0/24"])
            engine.run(images[0], pbx, network=network, addresses=[f"{subnet}.10"], volumes={folder: "/scenario"})
            engine.run(images[1], phones, network=network, addresses=[f"{subnet}.20"])
            engine.execute(pbx, "sh", "-c", _CERTIFICATE.format(address=f"{subnet}.10"))
            server, house = Pbx(engine, pbx), Phones(engine, phones)
            server.start(files(), folder)
            yield Ground(engine, server, house, subnet)
            house.close()
        finally:
            engine.clear()


def files() -> dict[str, str]:
    """The PBX's configuration: four lines, one of them encrypted."""
    names = "".join(f"NAME{1001 + index} = {name}\n" for index, name in enumerate(NAMES))
    endpoints = "".join(
        _ENDPOINT.format(name=name, secret=SECRET, encryption="sdes" if name == "dave" else "no") for name in NAMES
    )
    return {"pjsip_lines.conf": _TLS + endpoints, "extensions_lines.conf": f"[globals]\n{names}" + _NUMBERS}

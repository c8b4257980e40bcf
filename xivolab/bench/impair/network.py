"""Faults of the network between phones and PBX, made where the phones are.

Lost packets are lost behind the sender's back, as a network does: a drop in the output hook would make `sendto` fail. Delay and disorder
are made by a relay (`inside/relay.py`): no kernel module for them need be there.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from xivolab.bench import faults
from xivolab.bench.beside import Beside
from xivolab.bench.impair import capture, probe
from xivolab.bench.impair.fault import Fault, Undo
from xivolab.bench.impair.scene import Scene
from xivolab.bench.phone.image import tag
from xivolab.bench.phone.link import root
from xivolab.bench.truth import Words
from xivolab.errors import LabError

# RTP: version 2 in the first two bits, in what neither comes from nor goes to a SIP port.
_RTP = "meta l4proto udp @th,64,2 2 th dport != { 5060, 5061 } th sport != { 5060, 5061 }"
_TABLE = "lab"
_RELAY = Path(__file__).parent / "inside" / "relay.py"
# Marks of netfilter: on its way into the relay, and out of it.
_IN, _OUT = 6, 5


def _towards(scene: Scene, conditions: str) -> list[str]:
    """Rules that drop what phones send to the PBX."""
    return [
        f'add chain netdev {_TABLE} out {{ type filter hook egress device "{_device(scene)}" priority 0; }}',
        f"add rule netdev {_TABLE} out ip daddr {scene.pbx_address} {conditions} drop",
    ]


def _back(scene: Scene, conditions: str) -> list[str]:
    """Rules that drop what the PBX sends to phones."""
    return [
        f"add chain inet {_TABLE} in {{ type filter hook input priority 0; }}",
        f"add rule inet {_TABLE} in ip saddr {scene.pbx_address} {conditions} drop",
    ]


def _device(scene: Scene) -> str:
    """The interface of the phones' container that leads to the PBX."""
    told = scene.bench.execute("phones", "ip", "-o", "route", "get", scene.pbx_address)
    words = told.split()
    return words[words.index("dev") + 1]


def _drop(scene: Scene, *rules: str) -> Undo:
    script = [f"add table netdev {_TABLE}", f"add table inet {_TABLE}", *rules]
    scene.bench.execute("phones", "nft", "; ".join(script))
    return {}


def _let(scene: Scene, undo: Undo) -> None:
    """Take the rules away; none there is as good."""
    del undo
    rules = [f"{word} table {family} {_TABLE}" for family in ("netdev", "inet") for word in ("add", "delete")]
    scene.bench.execute("phones", "nft", "; ".join(rules))


def _lose_both_ways(scene: Scene) -> Undo:
    some = f"{_RTP} numgen random mod 100 < 20"
    return _drop(scene, *_towards(scene, some), *_back(scene, some))


def _mute_half(scene: Scene) -> Undo:
    return _drop(scene, *_towards(scene, f"ip saddr & 0.0.0.1 == 0.0.0.1 {_RTP}"))


def _deafen(scene: Scene) -> Undo:
    return _drop(scene, *_back(scene, _RTP))


def _no_rtp(scene: Scene) -> Undo:
    return _drop(scene, *_towards(scene, _RTP), *_back(scene, _RTP))


def _no_sip(scene: Scene) -> Undo:
    return _drop(scene, *_back(scene, "udp sport 5060"))


def _no_ack(scene: Scene) -> Undo:
    return _drop(scene, *_towards(scene, f"meta l4proto udp {faults.begins_with('ACK')}"))


def _relayed(**settings: float) -> object:
    def inject(scene: Scene) -> Undo:
        name = f"xivolab-{scene.bench.name}-{secrets.token_hex(4)}"
        container = scene.bench.container("phones")
        beside = Beside(scene.engine, tag())
        beside.start(container, name, "sh", "/usr/local/lib/xivolab/idle")
        # Program and settings under names that tell nothing; the relay reads the second and removes it.
        scratch = root(scene.engine, name) / "run"
        (scratch / "p").write_text(_RELAY.read_text())
        (scratch / "s").write_text(json.dumps({"in": _IN, "out": _OUT, "own": "/run/s", **settings}))
        scene.engine.start(name, "python3", "/run/p")
        _wait_for_device(scene)
        rules = [
            f"add table inet {_TABLE}",
            f"add chain inet {_TABLE} way {{ type route hook output priority mangle; }}",
            f"add rule inet {_TABLE} way meta mark != {_OUT} ip daddr {scene.pbx_address} {_RTP} meta mark set {_IN}",
        ]
        scene.bench.execute("phones", "nft", "; ".join(rules))
        return {"container": name}

    return inject


def _wait_for_device(scene: Scene) -> None:
    script = f"for _ in $(seq 50); do ip rule | grep -q 'fwmark 0x{_IN:x} ' && exit 0; sleep 0.1; done; exit 1"
    try:
        scene.bench.execute("phones", "sh", "-c", script)
    except LabError as error:
        raise LabError("the relay does not start: is /dev/net/tun there?", scene.bench.name) from error


def _unrelayed(scene: Scene, undo: Undo) -> None:
    _let(scene, undo)
    scene.engine.remove(undo["container"])
    # Its device goes with it, the rule that led there does not.
    scene.bench.execute("phones", "sh", "-c", f"ip rule del fwmark {_IN} || true")


def _holes(scene: Scene) -> str | None:
    with capture.at_pbx(scene) as taken:
        look = probe.call_inside(scene, 3)
    wrong = probe.said(look)
    worst = max(taken.streams(but=scene.pbx_address), key=lambda one: one.lost_pct, default=None)
    if wrong is None and worst is not None and worst.lost_pct >= 5:
        return f"{worst.lost_pct:.0f} % of the voice from {worst.source} is lost"
    return wrong


def _trembles(scene: Scene) -> str | None:
    with capture.at_pbx(scene) as taken:
        look = probe.call_inside(scene, 3)
    worst = max(taken.streams(but=scene.pbx_address), key=lambda one: one.jitter_ms, default=None)
    if worst is not None and worst.jitter_ms >= 25:
        return f"the voice from {worst.source} comes with {worst.jitter_ms:.0f} ms of jitter"
    return probe.said(look)


def _disordered(scene: Scene) -> str | None:
    with capture.at_pbx(scene) as taken:
        look = probe.call_inside(scene, 3)
    worst = max(taken.streams(but=scene.pbx_address), key=lambda one: one.out_of_order, default=None)
    if worst is not None and worst.out_of_order >= 3:
        return f"{worst.out_of_order} packets of {worst.packets} from {worst.source} come out of order"
    return probe.said(look)


def _late(scene: Scene) -> str | None:
    delay = capture.first_voice_after_answer(scene)
    return f"the first voice comes {delay * 1000:.0f} ms after the answer" if delay >= 0.25 else None


def _audio(scene: Scene) -> str | None:
    return probe.said(probe.call_inside(scene))


def _registers(scene: Scene) -> str | None:
    phone = scene.hire("first", scene.account(0))
    last = phone.registration()
    if phone.is_registered():
        return None
    return (
        f"a phone cannot register: {last['status']} {last['reason']}" if last else "nobody answers a phone's REGISTER"
    )


def _acknowledged(scene: Scene) -> str | None:
    with capture.at_pbx(scene) as taken:
        probe.call_inside(scene, 3)
    again = taken.sent_again("SIP/2.0 200")
    return f"the answer to a call was sent {again} times more: nothing acknowledges it" if again >= 2 else None


FAULTS = (
    Fault(
        "packet-loss",
        Words("A fifth of the voice is lost", "Un cinquième de la voix se perd"),
        ("packet-loss",),
        _lose_both_ways,
        _let,
        _holes,
        ("G2", "G26"),
    ),
    Fault(
        "one-way-audio",
        Words("Phones with an odd address are not heard", "Les postes d'adresse impaire ne sont pas entendus"),
        ("one-way-audio",),
        _mute_half,
        _let,
        _audio,
        ("B33", "C9"),
    ),
    Fault(
        "phones-deaf",
        Words(
            "Phones hear nothing: RTP to them is blocked", "Les postes n'entendent rien : le RTP vers eux est bloqué"
        ),
        ("no-audio",),
        _deafen,
        _let,
        _audio,
        ("B33", "C9"),
    ),
    Fault(
        "rtp-blocked",
        Words("No RTP passes at all", "Aucun RTP ne passe"),
        ("no-audio",),
        _no_rtp,
        _let,
        _audio,
        ("B33",),
    ),
    Fault(
        "sip-blocked",
        Words("The PBX's answers are blocked", "Les réponses du PBX sont bloquées"),
        ("request-unanswered", "retransmissions"),
        _no_sip,
        _let,
        _registers,
        ("B33",),
    ),
    Fault(
        "ack-lost",
        Words("ACK does not arrive", "L'ACK n'arrive pas"),
        ("ack-missing",),
        _no_ack,
        _let,
        _acknowledged,
        ("C10",),
    ),
    Fault(
        "jitter",
        Words("The voice comes in gusts, six a second", "La voix arrive par rafales, six par seconde"),
        ("high-jitter",),
        _relayed(gate_ms=160, jitter_ms=20),  # type: ignore[arg-type]
        _unrelayed,
        _trembles,
        ("B27", "G26"),
    ),
    Fault(
        "reordering",
        Words("One packet in ten comes after its successors", "Un paquet sur dix arrive après ses suivants"),
        ("high-jitter",),
        _relayed(reorder_pct=10),  # type: ignore[arg-type]
        _unrelayed,
        _disordered,
        ("G26",),
    ),
    Fault(
        "delay",
        Words("The voice comes 300 ms late", "La voix arrive avec 300 ms de retard"),
        ("low-mos",),
        _relayed(delay_ms=300),  # type: ignore[arg-type]
        _unrelayed,
        _late,
        ("C16",),
    ),
)

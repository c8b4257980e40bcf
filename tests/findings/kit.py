"""Evidence made to order for the tests of findings: legs (`tests/sip/flow.py`) and media as a capture, a log as a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import xivolab
from tests.calls.pbx import ALICE, BOB, PBX, answered, dialled, dialling
from tests.sip.flow import EPOCH_NS, Leg
from xivolab.case import Case
from xivolab.testing import START, MadePacket, tpcap, trtp, tudp

CARRIER = "198.51.100.7"


def packets_of(*legs: Leg) -> list[MadePacket]:
    """The messages of some legs as packets over UDP."""
    return [
        tudp(row["src"], row["dst"], row["data"], (row["time"] - EPOCH_NS) / 1e9, ip_id=row["ip_id"])
        for leg in legs
        for row in leg.rows
    ]


def media(
    src: str,
    dst: str,
    begin: float,
    seconds: float,
    *,
    ssrc: int = 1,
    lost: Callable[[int], bool] = lambda n: False,
    late_s: Callable[[int], float] = lambda n: 0.0,
) -> list[MadePacket]:
    """G.711 from one "ip:port" to another: packet n is not there where `lost`, and comes `late_s` after its time."""
    numbers = (n for n in range(round(seconds * 50)) if not lost(n))
    return [trtp(src, dst, n, 160 * n, begin + n * 0.02 + late_s(n), ssrc=ssrc) for n in numbers]


def port(leg: Leg, end: str) -> str:
    """Where one end of a leg (an IP) wants its media: "ip:port"."""
    ip, number = leg._media(f"{end}:5060")
    return f"{ip}:{number}"


def case_of(tmp_path: Path, *legs: Leg, packets: Iterable[MadePacket] = (), log: str = "") -> Case:
    """A case of these legs and packets as one capture, and of a log."""
    evidence = []
    together = sorted([*packets_of(*legs), *packets], key=lambda packet: packet.time_ns)
    if together:
        evidence.append(tpcap(tmp_path / "made.pcap", together))
    if log:
        (tmp_path / "full").write_text(log)
        evidence.append(tmp_path / "full")
    return xivolab.open(*evidence, tz="UTC", year=2023)


def logged(*messages: str, of_call: bool = True) -> str:
    """A full log of one call with these messages ("file.c: text"), of that call or of none, from its third line on."""
    first = (
        'pbx.c: Executing [70060@default:1] Set("PJSIP/knax1wql-00000001", "XIVO_SRCNUM=77999") in new stack',
        'pbx.c: Executing [s@user:1] Set("PJSIP/knax1wql-00000001", "XIVO_DSTNUM=70060") in new stack',
    )
    head = "[Nov 14 22:13:20] VERBOSE[76][C-00000001] "
    lines = [f"{head}{message}" for message in first]
    for message in messages:
        # What the dialplan does is VERBOSE, what something complains about is not.
        verbose = message.startswith(("pbx", "res_pjsip_registrar"))
        of = head if verbose else head.replace("VERBOSE", "WARNING")
        lines.append(f"{of if of_call else of.replace('[C-00000001]', '')}{message}")
    return "".join(f"{line}\n" for line in lines)


def codes(case: Case) -> list[str]:
    """The codes of its causes, those that are no more than a remark that media is missing left out."""
    found = case.table("findings")
    told = zip(found["code"].tolist(), found["role"].tolist(), strict=True)
    return [code for code, role in told if role == "cause" and code != "media-not-captured"]


def only(case: Case) -> dict[str, object]:
    """The one cause of a case, as JSON has it; its proofs are there and its words have no hole left open."""
    found = [
        row
        for row in case.table("findings").records()
        if row["role"] == "cause" and row["code"] != "media-not-captured"
    ]
    assert len(found) == 1, [row["code"] for row in found]
    assert found[0]["evidence"]
    french = next(row for row in case.in_language("fr").table("findings").records() if row["id"] == found[0]["id"])
    for row in (found[0], french):
        for text in (row["summary"], row["cause"], row["remedy"]):
            assert not any(hole in text for hole in ("?", "None", "{")), text
    return found[0]


def talk(seconds: float = 10.0) -> tuple[Leg, Leg, list[MadePacket]]:
    """Alice and bob talk through the PBX: the two legs and all four directions of media."""
    one, other = answered(dialling(), 0, 0.2, 2.01), answered(dialled(), 0.05, 0.15, 2)
    one.bye(2.01 + seconds)
    other.bye(2.02 + seconds)
    sound = [
        *media(port(one, ALICE), port(one, PBX), 2.05, seconds - 0.1, ssrc=1),
        *media(port(other, PBX), port(other, BOB), 2.05, seconds - 0.1, ssrc=2),
        *media(port(other, BOB), port(other, PBX), 2.05, seconds - 0.1, ssrc=3),
        *media(port(one, PBX), port(one, ALICE), 2.05, seconds - 0.1, ssrc=4),
    ]
    return one, other, sound


__all__ = [
    "ALICE",
    "BOB",
    "CARRIER",
    "PBX",
    "START",
    "answered",
    "case_of",
    "codes",
    "dialled",
    "dialling",
    "logged",
    "media",
    "only",
    "packets_of",
    "port",
    "talk",
]

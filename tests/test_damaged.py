"""Damaged captures: never an exception, never a byte read out of its bounds, and what is whole is read."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.captures import ROOT
from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, scanned, sip, talk
from xivolab.evidence.source import Source
from xivolab.net.pcap import HEADER
from xivolab.scan import scan
from xivolab.testing import (
    MadeInterface,
    MadePacket,
    textended,
    tfragments,
    tlink,
    tpcap,
    tpcapng,
    ttagged,
    ttcp,
    ttunnelled,
    tudp,
)

BUSY = ROOT / "captures" / "busy" / "capture.pcap"
RECORD = 16

MUTANTS = 300
"""Damaged copies that each kind of capture is tried with under bounds checking."""


def everything() -> list[MadePacket]:
    """A packet of every kind that the reader knows."""
    v6 = "[2001:db8::1]:5060", "[2001:db8::2]:5060"
    message = tudp(BOB_SIP, ALICE_SIP, invite(BOB, "8 101", "a=rtpmap:101 telephone-event/8000"))
    return [
        message,
        ttagged(message, 0x88A8, 0x8100),
        ttunnelled(message),
        textended(tudp(*v6, sip())),
        *tfragments(message, 128),
        *tfragments(tudp(*v6, sip()), 128),
        ttcp(ALICE_SIP, BOB_SIP, sip()[:50]),
        ttcp(ALICE_SIP, BOB_SIP, sip()[50:], seq=51),
        *talk(range(8)),
        *talk(range(3), pt=101, ssrc=2),
        tudp(BOB, ALICE, b"\x81\xc9\x00\x07" + bytes(28), 0.1),
    ]


def mutants(whole: bytes, count: int, seed: int = 7) -> list[bytes]:
    """Copies with some bytes changed, a piece cut out or put in, or the end cut off; the file header stays."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(HEADER, len(data))
            kind = chance.randrange(6)
            if kind < 3:
                data[at] = chance.choice([0, 1, 4, 6, 0x45, 0x7F, 0x80, 0xFF, chance.randrange(256)])
            elif kind == 3:
                data[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", bytes(4), b"\0\0\0\x01", b"\x80\0\0\0"])
            elif kind == 4:
                del data[at : at + chance.randrange(40)]
            else:
                data[at:at] = chance.randbytes(chance.randrange(40))
        made.append(bytes(data[: chance.randrange(HEADER, len(data) + 1)]) if chance.random() < 0.3 else bytes(data))
    return made


def test_a_real_capture_cut_anywhere_gives_the_messages_before_the_cut(tmp_path: Path) -> None:
    whole = BUSY.read_bytes()
    ends = {}  # where each record ends → how many records
    at = HEADER
    while at < len(whole):
        at += RECORD + int.from_bytes(whole[at + 8 : at + 12], "little")
        ends[at] = len(ends) + 1
    complete = scan([Source(BUSY)]).messages
    cut = tmp_path / "cut.pcap"
    for size in range(HEADER, len(whole), 97):
        cut.write_bytes(whole[:size])
        result = scan([Source(cut)])
        packets = max((count for end, count in ends.items() if end <= size), default=0)
        assert result.facts[0].packets == packets
        assert result.messages.data == [
            data for data, frame in zip(complete.data, complete.frame, strict=True) if frame <= packets
        ]
        assert [problem.place for problem in result.problems] == (
            [] if size in (HEADER, *ends) else [f"byte {max((end for end in ends if end <= size), default=HEADER)}"]
        )


@given(st.binary(max_size=500), st.sampled_from([1, 0, 101, 113, 276]))
@settings(max_examples=150)
def test_any_bytes_as_a_packet(data: bytes, link: int) -> None:
    assert scanned([MadePacket(0, data)], link=link).facts[0].packets == 1


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=150)
def test_any_bytes_as_the_body_of_a_capture(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, pcapng: bool
) -> None:
    path = tmp_path_factory.mktemp("body") / "a"
    head = (tpcapng if pcapng else tpcap)(path, []).read_bytes()
    path.write_bytes(head + body)
    assert len(scan([Source(path)]).streams) == 0


_SCAN_MUTANTS = """
import sys
from pathlib import Path
from tests.test_damaged import MUTANTS, mutants
from xivolab.evidence.source import Source
from xivolab.errors import EvidenceError
from xivolab.scan import scan

folder = Path(sys.argv[1])
read = 0
for whole in sorted(folder.iterdir()):
    for data in mutants(whole.read_bytes(), MUTANTS):
        mutant = folder.with_name("mutant")
        mutant.write_bytes(data)
        read += scan([Source(mutant)]).facts[0].packets
print(read)
"""


@pytest.mark.slow
def test_no_kernel_reads_out_of_bounds(tmp_path: Path) -> None:
    """Every kernel, compiled with bounds checks, on damaged captures of every kind."""
    folder = tmp_path / "whole"
    folder.mkdir()
    packets = everything()
    tpcap(folder / "ethernet", packets)
    tpcap(folder / "cooked", [tlink(packet, 113) for packet in packets], link=113)
    tpcap(folder / "cooked2", [tlink(packet, 276) for packet in packets], link=276, byte_order=">")
    tpcap(folder / "raw", [tlink(packet, 101) for packet in packets], link=101, nanoseconds=True)
    tpcap(folder / "loopback", [tlink(packet, 0) for packet in packets], link=0)
    tpcapng(folder / "pcapng", packets, interfaces=[MadeInterface(tsresol=0x80 | 20), MadeInterface()])
    done = subprocess.run(
        [sys.executable, "-c", _SCAN_MUTANTS, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"NUMBA_BOUNDSCHECK": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10_000

"""How a ladder is laid out in a terminal."""

from __future__ import annotations

import pytest

from xivolab.testing import ALICE, PBX, tcall, tmessage, tsdp
from xivolab.views.ladder import ladder


def lines(*args: object, width: int = 80, **more: object) -> list[str]:
    return ladder(tcall(*args, **more)).text(width).splitlines()  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("hosts", [2, 3, 5, 9])
def test_no_line_is_wider_than_asked(width: int, hosts: int) -> None:
    addresses = [f"2001:db8::{n}" for n in range(hosts)]
    messages = [
        tmessage(at=n, src=f"[{addresses[n]}]:5060", dst=f"[{addresses[(n + 1) % hosts]}]:5060", sdp=tsdp(addresses[n]))
        for n in range(hosts)
    ]
    drawn = lines(messages, [], width=width, hosts=addresses, names={})
    assert max(len(line) for line in drawn) <= width
    assert all(any(f"{n} " in line or f"─{n}─" in line for line in drawn) for n in range(1, hosts + 1))


def test_the_usual_call_fits_80_columns_with_all_its_messages() -> None:
    drawn = lines()
    assert max(len(line) for line in drawn) <= 80
    numbers = [n for n in range(1, 17) if any(f" {n} " in line and ("▶" in line or "◀" in line) for line in drawn)]
    assert numbers == list(range(1, 17))


def test_a_message_is_an_arrow_with_its_time() -> None:
    drawn = lines(
        [tmessage(at=0), tmessage("SIP/2.0 486 Busy Here", at=0.25, src=f"{PBX}:5060", dst=f"{ALICE}:5060")], []
    )
    assert any(line.startswith("   0.000 │─") and "─ 1 INVITE 1002 ─" in line and "▶│" in line for line in drawn)
    assert any(line.startswith("   0.250 │◀─") and "─ 2 ✖ 486 Busy Here ─" in line for line in drawn)


def test_names_stand_over_the_lanes() -> None:
    drawn = lines()
    assert drawn[3].split() == ["alice", "(phone)", "pbx", "bob", "(phone)"]
    assert drawn[4].split() == ["10.77.0.11:5060", "10.77.0.10:5060", "10.77.0.12:5060"]


def test_hosts_with_long_addresses_get_letters() -> None:
    addresses = [f"2001:db8:1111:2222:3333:4444:5555:{n}" for n in range(4)]
    drawn = lines([tmessage(src=f"[{addresses[0]}]:5060", dst=f"[{addresses[1]}]:5060")], [], hosts=addresses, names={})
    assert drawn[3] == "A  2001:db8:1111:2222:3333:4444:5555:0  :5060"
    assert drawn[7].split() == ["A", "B", "C", "D"]


def test_a_retransmission_is_dashed_and_says_of_what() -> None:
    drawn = lines([tmessage(at=0), tmessage(at=0.5, retransmission=True)], [], width=120)
    assert any("╌ 2 INVITE 1002 · ↻ retransmission of 1 ╌" in line for line in drawn)


def test_idle_time_and_media_are_told() -> None:
    text = "\n".join(lines())
    assert "… 6.1 s" in text
    assert "PCMA · MOS 3.20 ✖ poor" in text
    assert "loss 5.0 %" in text


def test_a_label_too_long_for_its_arrow_stands_beside_it() -> None:
    hosts = [f"10.0.0.{n}" for n in range(8)]
    drawn = lines(
        [tmessage("SIP/2.0 480 Temporarily Unavailable", src="10.0.0.1:5060", dst="10.0.0.0:5060")],
        [],
        hosts=hosts,
        names={},
    )
    assert any("◀───1────│ ✖ 480 Temporarily Unavailable" in line for line in drawn)


def test_a_message_to_oneself() -> None:
    assert any("↩ 1 INVITE 1002" in line for line in lines([tmessage(dst=f"{ALICE}:5060")], []))


def test_a_call_without_messages_is_a_sentence() -> None:
    assert ladder(tcall([], []), lang="fr").text() == "Cet appel n’a pas de message SIP.\n"

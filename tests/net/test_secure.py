"""TLS among the TCP of a scan: SIP in it is read when there are keys, and told of when there are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.made import ALICE, BOB, invite, scanned, sip, talk
from xivolab.errors import MissingToolError
from xivolab.net import inside, tshark
from xivolab.net.keylog import parse_key_log
from xivolab.scan import Scan
from xivolab.testing import (
    START,
    UPGRADE,
    UPGRADED,
    WIFI,
    MadeConnection,
    MadePacket,
    tfragments,
    tframe,
    tgre,
    tl2tp,
    tpcap,
    ttagged,
    ttls,
    tudp,
    twifi,
)

ANSWER = sip("SIP/2.0 200 OK")


def messages(found: Scan) -> list[tuple[Any, ...]]:
    raw = found.messages
    return [
        (int(raw.frame[n]), raw.addresses[raw.src[n]], raw.addresses[raw.dst[n]], int(raw.transport[n]), raw.data[n])
        for n in range(len(raw))
    ]


def dialogue(**how: Any) -> MadeConnection:
    """A request, and its answer in two records."""
    return ttls(
        [
            ("client", sip(), 1.0),
            ("server", ANSWER[:50], 1.1),
            ("server", ANSWER[50:] + sip("INVITE sip:a SIP/2.0"), 1.2),
        ],
        **how,
    )


@pytest.mark.parametrize("version", ["1.2", "1.3"])
@pytest.mark.parametrize("port", [5061, 16061])
def test_messages_are_those_of_the_frame_that_ends_them(version: Literal["1.2", "1.3"], port: int) -> None:
    made = dialogue(version=version, server=f"10.77.0.10:{port}")
    found = scanned(made.packets, parse_key_log(made.key_log))
    client, server, last = "10.77.0.11:40000", f"10.77.0.10:{port}", len(made.packets)
    assert messages(found) == [
        (last - 2, client, server, 2, sip()),
        (last, server, client, 2, ANSWER),
        (last, server, client, 2, sip("INVITE sip:a SIP/2.0")),
    ]
    assert found.messages.time.tolist() == [round((START + at) * 1e9) for at in (1.0, 1.2, 1.2)]
    assert [problem.severity for problem in found.problems] == ["info"]
    assert "read through tshark" in found.problems[0].what


def test_as_tshark_reads_it(tmp_path: Path) -> None:
    made = dialogue()
    capture = tpcap(tmp_path / "tls.pcap", made.packets)
    (tmp_path / "keys").write_text(made.key_log)
    found = scanned(made.packets, parse_key_log(made.key_log))
    lines = tshark.field_lines(
        capture, ["frame.number", "sip.Call-ID"], ["-o", f"tls.keylog_file:{tmp_path / 'keys'}"], display_filter="sip"
    )
    theirs = [int(frame) for frame, call_ids in lines for _ in call_ids.split(",")]
    assert theirs == found.messages.frame.tolist()


@pytest.mark.parametrize("protocols", [[], ["http/1.1"], ["h2", "http/1.1"], ["sip/2"]], ids=str)
def test_websocket_in_tls(protocols: list[str]) -> None:
    made = ttls(
        [
            ("client", UPGRADE, 1.0),
            ("server", UPGRADED, 1.1),
            ("client", tframe(sip(), mask=b"mask"), 1.2),
            ("server", tframe(ANSWER), 1.3),
        ],
        server="10.77.0.10:8089",
        protocols=protocols,
    )
    found = scanned(made.packets, parse_key_log(made.key_log))
    assert [(transport, data) for _, _, _, transport, data in messages(found)] == [(4, sip()), (4, ANSWER)]


def test_segments_that_overtook_each_other_and_a_large_message() -> None:
    large = sip(body="x" * 40_000)
    made = ttls([("client", sip(), 1.0), ("client", large, 1.1), ("client", sip(call_id="last"), 1.2)], segment=700)
    packets = list(made.packets)
    packets[-30], packets[-29] = packets[-29], packets[-30]
    found = scanned(packets, parse_key_log(made.key_log))
    assert [data for *_, data in messages(found)] == [sip(), large, sip(call_id="last")]


def test_the_media_that_its_sdp_announces() -> None:
    made = ttls([("client", invite(ALICE), 1.0)])
    found = scanned([*made.packets, *talk(range(3), 2.0, BOB, ALICE)], parse_key_log(made.key_log))
    assert [(row["codec"], row["packets"]) for row in found.streams.records()] == [("PCMA", 3)]


def test_two_connections_of_which_one_has_keys() -> None:
    first, second = dialogue(), dialogue(client="10.77.0.12:40001", at=3.0)
    found = scanned([*first.packets, *second.packets], parse_key_log(second.key_log))
    assert {src for _, src, *_ in messages(found)} == {"10.77.0.12:40001", "10.77.0.10:5061"}


@pytest.mark.parametrize("beside", [False, True])
def test_without_keys(beside: bool) -> None:
    """It is worth a warning when there is no other SIP: nobody should think that nothing happened."""
    made = dialogue()
    found = scanned([*made.packets, *([tudp("10.0.0.1:5060", "10.0.0.2:5060", sip())] if beside else [])])
    assert len(found.messages) == beside
    (problem,) = found.problems
    assert problem.severity == ("info" if beside else "warning")
    with_payload = sum(len(packet.data) > 54 for packet in made.packets)
    assert problem.what.startswith(f"{with_payload} packets of TLS on 1 connection that looks like SIP")
    assert "--keylog" in problem.remedy


@pytest.mark.parametrize(
    ("how", "told"),
    [
        pytest.param({"server": "10.77.0.10:443"}, False, id="https"),
        pytest.param({"server": "10.77.0.10:443", "name": "sip.example.test"}, True, id="name"),
        pytest.param({"server": "10.77.0.10:443", "name": "gossip.example.test"}, False, id="other-name"),
        pytest.param({"server": "10.77.0.10:443", "protocols": ["sip/2"]}, True, id="protocol"),
        pytest.param({"server": "10.77.0.10:8089", "protocols": ["http/1.1"]}, True, id="wss-of-asterisk"),
    ],
)
def test_only_what_looks_like_sip_is_told_of(how: dict[str, Any], told: bool) -> None:
    assert bool(scanned(dialogue(**how).packets).problems) == told


def test_a_connection_begun_before_the_capture() -> None:
    made = dialogue()
    problems = scanned(made.packets[-3:], parse_key_log(made.key_log)).problems
    assert ["no key of" in problem.what or "looks like SIP" in problem.what for problem in problems] == [True]


def test_the_keys_of_other_connections(tmp_path: Path) -> None:
    from xivolab.net.keylog import read_key_log

    (tmp_path / "keys").write_text(dialogue().key_log)
    found = scanned(dialogue().packets, read_key_log(tmp_path / "keys"))
    assert [problem.severity for problem in found.problems] == ["warning", "warning"]
    assert "no key of" in found.problems[0].what


def test_keys_that_do_not_fit() -> None:
    made = dialogue()
    wrong = "\n".join(line.rsplit(" ", 1)[0] + " " + "00" * 48 for line in made.key_log.splitlines())
    (problem,) = scanned(made.packets, parse_key_log(wrong)).problems
    assert problem.severity == "warning"
    assert "do not fit" in problem.what


def test_without_tshark(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise MissingToolError("tshark is not on this machine", "tshark", tshark.REMEDY)

    made = dialogue()
    monkeypatch.setattr(inside.tshark, "tshark_path", missing)
    (problem,) = scanned(made.packets, parse_key_log(made.key_log)).problems
    assert problem.severity == "warning"
    assert "tshark is not on this machine" in problem.what
    assert "install" in problem.remedy


def test_a_download_alone_is_no_reason_to_worry() -> None:
    web = ttls([("server", b"HTTP/1.1 200 OK\r\n\r\n", 1.0)], server="10.77.0.9:443")
    (problem,) = scanned(web.packets, parse_key_log(web.key_log)).problems
    assert problem.severity == "info"


def test_what_is_opened_and_is_no_sip_is_let_go() -> None:
    """A download with keys: it was read, and nothing of it is kept."""
    web = ttls(
        [("server", b"HTTP/1.1 200 OK\r\n\r\n" + bytes(900), 1 + n / 100) for n in range(40)], server="10.77.0.9:443"
    )
    call = dialogue()
    keys = parse_key_log(web.key_log + call.key_log)
    found = scanned([*web.packets, *call.packets], keys)
    assert len(found.messages) == 3
    (problem,) = found.problems
    assert "on 2 connections read through tshark" in problem.what


@pytest.mark.parametrize(
    ("wrap", "link"), [(tgre, 1), (tl2tp, 1), (twifi, WIFI), (lambda packet: ttagged(packet, 0x8100), 1)]
)
def test_tls_in_tunnels_and_other_links(wrap: Callable[[MadePacket], MadePacket], link: int) -> None:
    made = dialogue()
    found = scanned(map(wrap, made.packets), parse_key_log(made.key_log), link=link)
    assert [data for *_, data in messages(found)] == [sip(), ANSWER, sip("INVITE sip:a SIP/2.0")]


def test_tls_in_fragments() -> None:
    made = dialogue()
    packets = [part for packet in made.packets for part in tfragments(packet, 400)]
    found = scanned(packets, parse_key_log(made.key_log))
    assert [data for *_, data in messages(found)] == [sip(), ANSWER, sip("INVITE sip:a SIP/2.0")]

"""The door to tshark and pyshark."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xivolab import resources
from xivolab.errors import EvidenceError, MissingToolError
from xivolab.net import tshark
from xivolab.testing import ALICE, PBX, START, tmessage, tpcap, trtp, tsdp, ttcp, tudp

A, P = f"{ALICE}:5060", f"{PBX}:5060"
needs_tshark = pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not on this machine")


def test_without_tshark_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    tshark.tshark_path.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(MissingToolError, match=r"apt-get install tshark.*brew install wireshark"):
        tshark.tshark_path()
    tshark.tshark_path.cache_clear()


@needs_tshark
def test_version() -> None:
    assert tshark.tshark_version()[0].isdigit()


@needs_tshark
def test_a_packet_is_nested_as_wireshark_nests_it(tmp_path: Path) -> None:
    message = tmessage(sdp=tsdp())
    path = tpcap(tmp_path / "one.pcap", [tudp(A, P, message.text.encode())])
    layers = tshark.packet_tree(path)
    assert [layer.name for layer in layers] == ["frame", "eth", "ip", "udp", "sip"]
    header = next(node for node in layers[-1].children if node.name == "sip.msg_hdr")
    cseq = next(node for node in header.children if node.name == "sip.CSeq")
    assert (cseq.label, [child.label for child in cseq.children]) == (
        "CSeq: 1 INVITE",
        ["Sequence Number: 1", "Method: INVITE"],
    )


@needs_tshark
def test_long_lines_are_whole(tmp_path: Path) -> None:
    long = "x" * 1000
    path = tpcap(tmp_path / "one.pcap", [tudp(A, P, tmessage(headers=f"Subject: {long}\r\n").text.encode())])
    sip = tshark.packet_tree(path)[-1]
    header = next(node for node in sip.children if node.name == "sip.msg_hdr")
    assert next(node.label for node in header.children if node.name == "sip.Subject") == f"Subject: {long}"


@needs_tshark
def test_sip_on_a_port_of_another_protocol_is_sip_when_told(tmp_path: Path) -> None:
    path = tpcap(tmp_path / "one.pcap", [ttcp(f"{ALICE}:6000", f"{PBX}:6000", tmessage().text.encode())])
    assert [layer.name for layer in tshark.packet_tree(path, decode_as=["tcp.port==6000,sip"])][-1] == "sip"
    assert tshark.oracle_sip(path, decode_as=["tcp.port==6000,sip"])[0]["frame"] == 1


@needs_tshark
def test_a_folder_with_a_config_of_others_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tpcap(tmp_path / "one.pcap", [tudp(A, P, tmessage().text.encode())])
    (tmp_path / "config.ini").write_text("[mine]\nx = 1\n")  # pyshark reads config.ini of the current folder
    (tmp_path / "disabled_protos").write_text("sip\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIRESHARK_CONFIG_DIR", str(tmp_path))
    assert tshark.packet_tree(path)[-1].name == "sip"


@needs_tshark
def test_a_file_that_is_no_capture_is_told(tmp_path: Path) -> None:
    path = tmp_path / "no.pcap"
    path.write_bytes(b"not a capture")
    with pytest.raises(EvidenceError):
        tshark.packet_tree(path)
    with pytest.raises(EvidenceError, match="tshark failed"):
        tshark.oracle_streams(path)


@needs_tshark
def test_the_oracle_counts_every_sip_message_of_a_frame(tmp_path: Path) -> None:
    one, two = tmessage().text, tmessage("SIP/2.0 200 OK").text
    path = tpcap(tmp_path / "all.pcap", [tudp(A, P, one.encode()), ttcp(A, P, (one + two).encode(), 1)])
    assert tshark.oracle_sip(path) == [
        {"frame": 1, "messages": ["INVITE sip:1002@10.77.0.10 SIP/2.0"]},
        {"frame": 2, "messages": ["INVITE sip:1002@10.77.0.10 SIP/2.0", "SIP/2.0 200 OK"]},
    ]


def rtp_after_sip(port: int, *, sdp: bool = True) -> list[object]:
    offer = tmessage(sdp=tsdp(ALICE, 4000)).text.encode()
    answer = tmessage("SIP/2.0 200 OK", sdp=tsdp(PBX, port)).text.encode()
    media = [
        trtp(f"{ALICE}:4000", f"{PBX}:{port}", n, n * 160, 1 + n * 0.02, ssrc=0xBADCAFE) for n in range(50) if n != 7
    ]
    return [tudp(A, P, offer), tudp(P, A, answer, 0.5), *media] if sdp else media


@needs_tshark
def test_the_oracle_tells_the_streams(tmp_path: Path) -> None:
    path = tpcap(tmp_path / "call.pcap", rtp_after_sip(10000))  # type: ignore[arg-type]
    (stream,) = tshark.oracle_streams(path)
    assert (stream["ssrc"], stream["src"], stream["dst"]) == ("0x0badcafe", f"{ALICE}:4000", f"{PBX}:10000")
    assert (stream["packets"], stream["wireshark_lost"], stream["delta_max_ms"]) == (49, 1, 40.0)
    assert stream["start"] == pytest.approx(1.0)
    assert START > 0


@needs_tshark
@pytest.mark.parametrize("port", [10000, 12000, 20000])  # 12000: 3Com XNS, 20000: DNP3, if they were let
def test_no_other_protocol_takes_rtp_by_its_port(port: int, tmp_path: Path) -> None:
    path = tpcap(tmp_path / "rtp.pcap", rtp_after_sip(port, sdp=False))  # type: ignore[arg-type]
    assert tshark.oracle_streams(path) == []
    assert [stream["packets"] for stream in tshark.oracle_streams(path, heuristic=True)] == [49]


@needs_tshark
def test_the_oracle_writes_ipv6_in_brackets(tmp_path: Path) -> None:
    media = [trtp("[2001:db8::1]:4000", "[2001:db8::2]:4000", n, n * 160, n * 0.02) for n in range(50)]
    (stream,) = tshark.oracle_streams(tpcap(tmp_path / "rtp.pcap", media), heuristic=True)
    assert (stream["src"], stream["dst"]) == ("[2001:db8::1]:4000", "[2001:db8::2]:4000")


@needs_tshark
def test_the_oracle_counts_messages_and_the_time_to_the_final_response(tmp_path: Path) -> None:
    path = resources.captures() / "clean-call" / "capture.pcap"
    counts = tshark.oracle_sip_counts(path)
    assert (counts["INVITE"], counts["REGISTER"], counts["200"], counts["401"]) == (3, 4, 8, 3)
    assert counts["setup_ms"] == pytest.approx(2071, abs=1)
    nothing = tshark.oracle_sip_counts(tpcap(tmp_path / "empty.pcap", []))
    assert not any(nothing.values())

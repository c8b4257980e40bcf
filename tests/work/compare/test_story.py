"""What a comparison says in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.captures import ROOT
from tests.work.compare.crossing import Between, points, rtp, signalling
from xivolab.testing import tpcap
from xivolab.work.compare.comparison import compare
from xivolab.work.compare.matching import Matching
from xivolab.work.compare.sides import Side
from xivolab.work.compare.story import Teller
from xivolab.work.compare.tables import Tables


def teller(a: Path, b: Path, lang: str = "en") -> Teller:
    return Teller(Tables(Matching(Side(a), Side(b))), lang)


def told(found: Teller) -> list[tuple[str, str]]:
    return [(one.tone, one.text) for story in found.calls() for one in story.sentences]


def test_a_shifted_clock_and_lost_packets(tmp_path: Path) -> None:
    packets = [*signalling(4.0), *rtp(4.0)]
    found = teller(*points(packets, Between(offset=3.7, ppm=40.0, dropped={5, 40, 41, 50}), tmp_path))
    clocks = found.clocks()
    assert clocks[0] == "A is a.pcap: 9 messages, 2 RTP streams, 5.7 s"
    assert clocks[2].startswith("The clock of B is 3.700 s ahead of that of A within 4.0 ms, drifting by 40.0 ppm")
    assert clocks[3] == "Both were captured for 5.7 s"
    sentences = told(found)
    assert ("bad", "Lost on the way to B: BYE (frame 406)") in [(t, s) for t, s in sentences if "BYE" in s]
    (loss,) = [text for _, text in sentences if text.startswith("RTP A → B")]
    assert loss.startswith("RTP A → B, PCMA: 3 of 200 packets lost (1.5 %); delay varies by ")


def test_a_clock_that_is_behind_in_french(tmp_path: Path) -> None:
    found = teller(*points([*signalling(4.0), *rtp(4.0)], Between(offset=-0.5), tmp_path), "fr")
    assert found.clocks()[2].startswith("L'horloge de B retarde de 0,500 s sur celle de A à 4,0 ms près")
    assert all(tone == "good" or tone == "plain" for tone, _ in told(found))


def test_an_alg_is_named_with_the_addresses_it_exchanges() -> None:
    folder = ROOT / "captures" / "two-points-sip-alg"
    sentences = told(teller(folder / "phone.pcap", folder / "pbx.pcap"))
    assert (
        "warn",
        "A SIP ALG rewrites the messages: 192.168.77.20 becomes 10.77.0.60 in Via, Contact, o=, c=",
    ) in sentences


def test_what_is_sent_to_a_private_address_never_arrives() -> None:
    folder = ROOT / "captures" / "two-points-loss"
    sentences = [text for tone, text in told(teller(folder / "phone.pcap", folder / "pbx.pcap")) if tone == "bad"]
    assert any("→ 192.168.77.20:" in text and text.endswith("packets passed B, A saw none") for text in sentences)


def test_nothing_in_common_is_said(tmp_path: Path) -> None:
    found = teller(ROOT / "captures" / "busy", ROOT / "captures" / "clean-call")
    assert found.clocks()[2] == "A and B have no packet in common: their clocks are taken as they are"
    assert found.clocks()[3] == "They were never captured at the same time"
    empty = teller(tpcap(tmp_path / "a.pcap", []), tpcap(tmp_path / "b.pcap", []))
    assert empty.calls() == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_nothing_from_a_capture_can_break_a_line(lang: str, tmp_path: Path) -> None:
    from xivolab.testing import tmessage, tudp

    evil = tmessage("INVITE sip:1002\x1b[31m@x SIP/2.0").text.replace("alice", "al\x1bice").encode()
    file = tpcap(tmp_path / "evil.pcap", [tudp("10.0.0.1:5060", "10.0.0.2:5060", evil)])
    found = teller(file, file, lang)
    text = "".join(
        [*found.clocks(), *(story.title + "".join(s.text for s in story.sentences) for story in found.calls())]
    )
    assert "\x1b" not in text
    assert compare(file, file).table("calls")["relation"].tolist() == ["same"]


def test_marks_that_the_network_takes_away(tmp_path: Path) -> None:
    a, b = points([*signalling(2.0), *rtp(2.0)], Between(), tmp_path)
    content = bytearray(a.read_bytes())
    at = 24
    while at < len(content):
        length = int.from_bytes(content[at + 8 : at + 12], "little")
        frame = at + 16
        ports = {int.from_bytes(content[frame + n : frame + n + 2], "big") for n in (34, 36)}
        if ports == {4000, 10000}:
            content[frame + 15] = 46 << 2  # the second byte of the IPv4 header (RFC 2474)
        at = frame + length
    a.write_bytes(content)
    sentences = told(teller(a, b))
    assert [tone for tone, text in sentences if "DSCP" in text] == ["warn", "warn"]
    there, back = (text for _, text in sentences if "DSCP" in text)
    assert "marked DSCP 46 (EF), arrives as 0" in there
    assert "marked DSCP 0, arrives as 46 (EF)" in back
    rows = list(Tables(Matching(Side(a), Side(b))).streams.records())
    assert [(row["dscp_a"], row["dscp_b"]) for row in rows] == [(46, 0), (46, 0)]

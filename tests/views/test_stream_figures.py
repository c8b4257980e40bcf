"""The figures of one stream, for a person."""

from __future__ import annotations

from typing import Any

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.testing import tstream
from xivolab.views.stream_figures import in_short, in_text, sections
from xivolab.views.stream_words import StreamWords

EN, FR = StreamWords("en"), StreamWords("fr")


def rows(words: StreamWords = EN, **fields: Any) -> dict[str, str]:
    """Label and value of all sections without a table."""
    record = tstream(**fields).record()
    return {row[0]: row[1] for section in sections(record, words) if not section.head for row in section.rows}


def table(**fields: Any) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], str]:
    found = next(section for section in sections(tstream(**fields).record(), EN) if section.head)
    return found.head, found.rows, found.note


BURSTS = {
    "lost": 12,
    "lost_pct": 2.4,
    "loss_bursts": 4,
    "burst_mean": 3.0,
    "burst_max": 19,
    "burst_ratio": 2.93,
    "burst_histogram": [2, 1, *[0] * 13, 1],
}
MOS = {f"mos_{kind}_{buffer}": 4.0 for kind in ("lq", "cq") for buffer in ("50", "200", "adaptive")}


def test_loss_bursts() -> None:
    found = rows(**BURSTS)
    assert found["Lost"] == "12 (2.4 %)"
    assert found["Loss bursts"] == "4, of 3.0 packets on average, 19 at most · BurstR 2.93"
    assert found["Bursts by length"] == "1 ×2 · 2 ×1 · 16+ ×1"
    assert rows(FR, **BURSTS)["Rafales de pertes"].startswith("4, de 3,0 paquets en moyenne")


def test_a_stream_without_loss_has_no_bursts() -> None:
    assert "Loss bursts" not in rows()


@pytest.mark.parametrize(
    ("measured", "told", "text"),
    [
        (20.0, 20.0, "20 ms, as the SDP asks"),
        (30.0, 20.0, "▲ 30 ms, but the SDP asks for 20 ms"),
        (22.5, None, "22.5 ms; the SDP asks for none"),
        (None, 20.0, "not known"),
    ],
)
def test_packet_time(measured: float | None, told: float | None, text: str) -> None:
    assert rows(ptime_ms=measured, ptime_sdp_ms=told)["Packet time"] == text


def test_clock_skew_and_encryption() -> None:
    assert rows(clock_skew_ppm=-38.2)["Clock skew"] == "-38 ppm against the capture’s clock"
    assert rows()["Clock skew"] == "not told by less than 10 s"
    assert rows(srtp="sdes", dtls=0, stun=7)["Encryption"] == "SRTP, keys in the SDP (SDES)"
    assert rows(stun=7, zrtp=1)["On the same port"] == "STUN ×7 · ZRTP ×1"


def test_what_the_receiver_reports() -> None:
    found = rows(remote_lost_pct=1.25, rtt_ms=48.2)
    assert (found["Loss"], found["Round trip"]) == ("1.2 %", "48 ms")
    assert rows()["Reports"] == "none in the evidence"
    xr = rows(xr_lost_pct=3.0, xr_mos_lq=3.9, xr_burst_pct=12.5, xr_burst_ms=240.0, xr_discarded_pct=0.5)
    assert xr["Its own reckoning"] == "MOS-LQ 3.9 · MOS-CQ – · R –"
    assert xr["Bursts"] == "12.5 % of the packets in them, 240 ms long"
    assert not any("XR" in section.title for section in sections(tstream().record(), EN))


def test_the_buffers_have_late_packets_and_a_mos_that_names_its_scale() -> None:
    head, found, note = table(late_50=17, buffer_adaptive_ms=84.0, **MOS)
    assert head == ("Buffer", "Too late", "MOS-LQ", "MOS-CQ")
    assert found[0] == ("fixed, 50 ms", "17", "4.00", "4.00")
    assert found[2][0] == "adaptive, mean 84 ms"
    assert "narrow-band" in note
    assert "wide-band" in table(mos_scale="wb", **MOS)[2]


def test_an_assumed_mos_says_so_and_a_codec_without_one_why() -> None:
    assert "assumed" in table(codec="GSM", mos=None, mos_assumed=3.7, **MOS)[2]
    head, found, note = table(codec="opus", mos=None, mos_scale=None)
    assert head == ("Buffer", "Too late")
    assert found[1] == ("fixed, 200 ms", "0")
    assert note == "no MOS: ITU-T gives no impairment factors for opus"


def test_what_ties_it_to_its_call() -> None:
    assert rows(matched_by="ssrc")["Belongs to the call by"] == "the SSRC of a stream beside it"


def test_in_short_fits_a_terminal() -> None:
    for words in (EN, FR):
        lines = in_short(
            tstream(buffer_adaptive_ms=84.0, ptime_ms=30.0, ptime_sdp_ms=20.0, **BURSTS, **MOS).record(), words
        )
        assert max(map(len, lines)) <= 80
        assert len(lines) == 8


@pytest.mark.parametrize("words", [EN, FR])
def test_every_stream_of_the_samples_is_told(words: StreamWords) -> None:
    for name in ("packet-loss", "dtmf-menu", "hold-resume"):
        for stream in xivolab.open(ROOT / "captures" / name).table("streams").records():
            assert str(stream["packets"]) in in_text(stream, words)

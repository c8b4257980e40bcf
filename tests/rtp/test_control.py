"""RTCP: sender and receiver reports, whole and cut."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.rtp.control import Goodbye, Name, ReportBlock, SenderReport, parse_rtcp

SENDER, RECEIVER, SOURCE = 0x11111111, 0x22222222, 202


def block(ssrc: int, lost: int = 0, highest: int = 100, jitter: int = 0, lsr: int = 0, dlsr: int = 0) -> bytes:
    return struct.pack("!6I", ssrc, lost & 0xFFFFFF, highest, jitter, lsr, dlsr)


def receiver_report(reporter: int, *blocks: bytes) -> bytes:
    body = struct.pack("!I", reporter) + b"".join(blocks)
    return struct.pack("!BBH", 0x80 | len(blocks), 201, len(body) // 4) + body


def sender_report(sender: int, ntp: tuple[int, int], packets: int, *blocks: bytes) -> bytes:
    body = struct.pack("!IIIIII", sender, *ntp, 0, packets, packets * 160) + b"".join(blocks)
    return struct.pack("!BBH", 0x80 | len(blocks), 200, len(body) // 4) + body


SDES = struct.pack("!BBHI", 0x81, SOURCE, 2, SENDER) + b"\x01\x02ab"


def description(*chunks: tuple[int, str]) -> bytes:
    """RFC 3550, 6.5: each chunk with a CNAME and a note, ended by zeros up to a multiple of four."""
    body = b""
    for ssrc, name in chunks:
        items = bytes([1, len(name)]) + name.encode() + b"\x07\x03new"
        body += struct.pack("!I", ssrc) + items + bytes(4 - len(items) % 4)
    return struct.pack("!BBH", 0x80 | len(chunks), SOURCE, len(body) // 4) + body


def goodbye(*ssrcs: int, reason: bytes = b"") -> bytes:
    """RFC 3550, 6.6."""
    told = bytes([len(reason)]) + reason if reason else b""
    body = struct.pack(f"!{len(ssrcs)}I", *ssrcs) + told + bytes(-len(told) % 4)
    return struct.pack("!BBH", 0x80 | len(ssrcs), 203, len(body) // 4) + body


def test_a_receiver_report() -> None:
    report = receiver_report(RECEIVER, block(SENDER, lost=7, highest=65536 + 9, jitter=80, lsr=5, dlsr=6))
    assert list(parse_rtcp(report)) == [ReportBlock(RECEIVER, SENDER, 7, 65545, 80, 5, 6)]


def test_a_sender_report_is_named_by_the_middle_of_its_ntp_time() -> None:
    report = sender_report(SENDER, (0xAAAABBBB, 0xCCCCDDDD), 50)
    assert list(parse_rtcp(report)) == [SenderReport(SENDER, 0xBBBBCCCC, 50)]


def test_a_compound_packet_with_several_blocks() -> None:
    compound = sender_report(SENDER, (1, 2), 50, block(1), block(2)) + SDES + receiver_report(RECEIVER, block(3))
    assert [getattr(report, "ssrc", None) for report in parse_rtcp(compound)] == [None, 1, 2, SENDER, 3]


@pytest.mark.parametrize("name", ["a", "ab", "abc", "alice@10.0.0.1"])
def test_names_of_any_length(name: str) -> None:
    packet = description((SENDER, name), (RECEIVER, "bob"))
    assert list(parse_rtcp(packet, whole=True)) == [Name(SENDER, name), Name(RECEIVER, "bob")]


def test_goodbyes_with_and_without_a_reason() -> None:
    assert list(parse_rtcp(goodbye(SENDER, RECEIVER), whole=True)) == [Goodbye(SENDER, ""), Goodbye(RECEIVER, "")]
    assert list(parse_rtcp(goodbye(SENDER, reason=b"teardown"), whole=True)) == [Goodbye(SENDER, "teardown")]


def test_what_is_encrypted_is_not_read() -> None:
    """RFC 3711, 3.4: only the first header and the SSRC are in the clear; behind stand an index and a tag."""
    report = receiver_report(RECEIVER, block(SENDER, lost=7))
    encrypted = report[:8] + bytes(byte ^ 0x5A for byte in report[8:]) + b"\x80\x00\x00\x01" + b"\xa5" * 10
    assert list(parse_rtcp(encrypted, whole=True)) == []
    assert len(list(parse_rtcp(report, whole=True))) == 1


@pytest.mark.parametrize(("sent", "lost"), [(0xFFFFFF, -1), (0x800000, -(2**23)), (0x7FFFFF, 2**23 - 1)])
def test_cumulative_loss_is_signed(sent: int, lost: int) -> None:
    """RFC 3550, 6.4.1: a receiver that saw duplicates lost less than nothing."""
    (report,) = parse_rtcp(receiver_report(RECEIVER, block(SENDER, lost=sent)))
    assert isinstance(report, ReportBlock)
    assert report.lost == lost


def test_a_cut_packet_gives_the_reports_before_the_cut() -> None:
    first = sender_report(SENDER, (1, 2), 50)
    compound = first + receiver_report(RECEIVER, block(SENDER))
    assert len(list(parse_rtcp(compound[:-1]))) == 1
    assert list(parse_rtcp(first[:-1])) == []


def test_a_packet_that_announces_more_blocks_than_it_has() -> None:
    report = bytearray(receiver_report(RECEIVER, block(SENDER)))
    report[0] = 0x80 | 31
    assert len(list(parse_rtcp(bytes(report)))) == 1


@given(st.binary(max_size=100))
def test_any_bytes_end(data: bytes) -> None:
    assert len(list(parse_rtcp(b"\x81\xc8" + data))) <= 30
    assert len(list(parse_rtcp(data, whole=True))) <= 30

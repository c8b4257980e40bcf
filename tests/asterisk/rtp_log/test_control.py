"""Printed reports of RTCP."""

from __future__ import annotations

from xivolab.asterisk.rtp_log.control import Printed, Report, reports

_SENT = """* Sent RTCP SR to 10.0.0.1:4001 (via ICE)
  Our SSRC: 1841639494
  Sent(NTP): 1795421655.771981
  Sent packets: 248
  Report block:
    Their SSRC: 20888337
    Fraction lost: 0
    Cumulative loss: 16777214
    Highest seq no: 95453
    IA jitter (samp): 5
    IA jitter (secs): 0.000625
    Their last SR: 1951908602
    DLSR: 0.0090 (sec)"""
_CAME = """RTCP from 10.0.0.1:4001
PT: 201 (Receiver Report)
Reception reports: 1
SSRC of sender: 20888337
  Fraction lost: 12
  Packets lost so far: 7
  Highest sequence number: 20732
  Sequence number cycles: 2
  Interarrival jitter (samp): 9
  Interarrival jitter (secs): 0.001125
  Last SR(our NTP): 4660.0123456789
  DLSR: 0.5000 (sec)
  RTT: 0.0123(sec)
  MES: 87.0"""


def read(text: str, *, thread: int = 1, callid: int = 1) -> list[Report]:
    lines = (Printed(n, 10**9 * n, callid, thread, line) for n, line in enumerate(text.splitlines(), 1))
    return list(reports(lines))


def test_what_asterisk_sent() -> None:
    (one,) = read(_SENT)
    assert (one.line, one.time, one.address, one.sent) == (1, 10**9, "10.0.0.1:4001", True)
    assert (one.sender, one.about, one.lost, one.highest) == (1841639494, 20888337, -2, 95453)
    assert one.jitter(8000) == 5
    assert one.rtt_ms is None


def test_what_it_got() -> None:
    (one,) = read(_CAME)
    assert (one.sender, one.about, one.lost, one.highest) == (20888337, None, 7, 20732 + 2 * 65536)
    assert one.jitter(8000) == 9
    assert one.rtt_ms is not None
    assert abs(one.rtt_ms - 12.3) < 1e-9


def test_one_record_of_many_lines_is_the_same() -> None:
    assert next(iter(reports([Printed(1, 10**9, 1, 1, _CAME)]))).fields == read(_CAME)[0].fields


def test_asterisk_11_turns_the_ssrc_round_and_says_less() -> None:
    (one,) = read(
        "Got RTCP from 10.0.0.1:4001\nPT: 201(Receiver Report)\nReception reports: 1\nSSRC of sender: 287454020\n"
        "  Packets lost so far: 0\n  Interarrival jitter: 9\n  Last SR(our NTP): 1.0\n  RTT: 12(sec)"
    )
    assert one.sender == 0x44332211
    assert one.rtt_ms == 12.0
    (two,) = read("* Sent RTCP SR to 10.0.0.1:4001\n  Our SSRC: 5\n  Cumulative loss: 3\n  IA jitter: 0.0010")
    assert (two.sender, two.highest, two.jitter(8000), two.jitter(48000)) == (5, None, 8, 48)


def test_no_round_trip_without_a_report_of_ours_before() -> None:
    assert read(_CAME.replace("4660.0123456789", "0.0000000000"))[0].rtt_ms is None


def test_a_report_without_a_block_reports_of_nothing() -> None:
    (one,) = read(
        "RTCP from 10.0.0.1:4001\nPT: 200 (Sender Report)\nReception reports: 0\nSSRC of sender: 7\nSPC: 4\tSOC: 640"
    )
    assert (one.sender, one.lost, one.highest) == (7, None, None)


def test_threads_that_write_at_once_are_kept_apart() -> None:
    sent, came = _SENT.splitlines(), _CAME.splitlines()
    mixed = [
        Printed(n, None, -1, thread, line)
        for n, pair in enumerate(zip(sent, came, strict=False))
        for thread, line in enumerate(pair)
    ]
    found = {one.sent: one for one in reports(mixed)}
    assert found[True].fields["Their SSRC"] == "20888337"
    assert found[False].fields["Packets lost so far"] == "7"
    assert found[True].time is None


def test_a_goodbye() -> None:
    first, bye = read("RTCP from 10.0.0.1:4001\nPT: 203 (BYE)\nReceived a BYE from 10.0.0.1:4001")
    assert not first.goodbye
    assert bye.goodbye
    assert not bye.sent


def test_lines_that_belong_to_nothing_are_passed_over() -> None:
    assert read("  Our SSRC: 5\nRTCP from 10.0.0.1:4001: 205(RTPFB) skipping record\nwhat: ever") == []

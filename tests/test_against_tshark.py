"""The oracle: our SIP messages and RTP figures are tshark's, and where they are not, a reason is written down."""

from __future__ import annotations

from pathlib import Path

from tests.captures import each_of_corpus, each_sample
from xivolab.testing import differences_from_tshark, same_as_tshark

QUOTED = "ICMP errors that quote SIP are no SIP"
HEP = "tshark 4.0 does not know HEP"
BROKEN = "start lines that the fuzzer broke: a message all the same"
STUN = "after STUN on the port tshark takes the RTP that follows for data"
T38_REFUSED = "T.38 was refused and RTP went on; tshark takes its packets for T.38"
RTP_ON_T38 = "RTP on a port that T.38 has; tshark takes it for T.38"
FIRST_TWICE = "no SDP announced it, and its first packet came twice: one of them is counted"
CLAIMED = "tshark leaves one packet of the flow undissected"

MESSAGES = {
    "private-test-sip.pcapng": QUOTED,
    "hep3_compressed.pcap.pcapng": HEP,
    "fuzz-2006-06-26-2594.pcap": BROKEN,
}
"""Captures with other messages than in tshark, and why that is right."""

STREAMS = {
    "sip-flow-private-2.pcapng": STUN,
    "FAX-Call-t38-CA-TDM-SIP-FB-1.pcap": T38_REFUSED,
    "LtoZ_rtpFilter_fail_2.pcap": RTP_ON_T38,
    "dtmf.pcap": FIRST_TWICE,
    "dups.a.rtp": FIRST_TWICE,
    "stun_signal.pcapng": CLAIMED,
}
"""Captures with other streams than in tshark, and why that is right."""

DECODE_AS = {"sip_ipv4_tcp_fragmented.pcap": ["tcp.port==6060,sip"]}  # tshark takes port 6060 for X11


@each_sample
def test_every_sample_capture_is_read_as_tshark_reads_it(capture: Path) -> None:
    same_as_tshark(capture)


@each_of_corpus
def test_every_capture_of_the_corpus_is_too_or_there_is_a_reason(capture: Path) -> None:
    found = differences_from_tshark(capture, decode_as=DECODE_AS.get(capture.name, ()))
    messages = [difference for difference in found if difference.field == "messages"]
    streams = [difference for difference in found if difference.field != "messages"]
    assert bool(messages) == (capture.name in MESSAGES), "\n".join(map(str, messages))
    assert bool(streams) == (capture.name in STREAMS), "\n".join(map(str, streams))

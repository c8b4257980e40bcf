"""A call at two points, made to order for pictures: one message passed, one was rewritten, one was lost, one is elsewhere."""

from __future__ import annotations

from xivolab.testing import tcall, tmessage, tsdp, tstream
from xivolab.views.crossing import Change, Crossing, CrossingFlow, CrossingVoice
from xivolab.views.crossing_captions import CrossingCaptions
from xivolab.views.flow import Lane, first_time, rows_of

SECRET = "0123456789abcdef0123456789abcdef"
AUTHORIZED = f'Authorization: Digest username="alice", response="{SECRET}"\r\n'
LANES = (
    Lane("alice", ("192.168.1.20", "198.51.100.7"), ()),
    Lane("A", ("phone.pcap",), ()),
    Lane("B", ("pbx.pcap",), ()),
    Lane("pbx", ("203.0.113.5",), ()),
    Lane("bob", ("203.0.113.9",), ()),
)


def made_flow() -> CrossingFlow:
    """The rows: INVITE rewritten, 180 passed, BYE lost, another leg, and a voice."""
    sent = tmessage(at=0.0, sdp=tsdp(), headers=AUTHORIZED)
    changes = (
        Change("Contact", "SIP ALG", "<sip:alice@192.168.1.20>", "<sip:alice@198.51.100.7>"),
        Change("Authorization", "other", AUTHORIZED[15:].strip(), None),
    )
    arrows = [
        Crossing(1, sent, 0, 3, received=sent, delay_ms=4.2, changes=changes),
        Crossing(2, tmessage("SIP/2.0 180 Ringing", at=0.5), 3, 0, delay_ms=0.5),
        Crossing(3, tmessage("INVITE sip:bob@x SIP/2.0", at=0.6), 3, 4, seen=(False, True), note="other leg"),
        Crossing(
            4,
            tmessage("BYE sip:1002@x SIP/2.0", at=9.0, cseq="3 BYE"),
            0,
            3,
            seen=(True, False),
            lost=True,
            note="lost",
        ),
    ]
    voices = [CrossingVoice(tstream(), 0, 3, first="PCMA · 12 of 739 lost (1.6 %)", rest="delay ± 0.04 ms (95 %)")]
    return CrossingFlow(LANES, rows_of(arrows, voices), first_time(arrows, voices), (1, 2))


def made_captions(lang: str = "en") -> CrossingCaptions:
    """Their words."""
    return CrossingCaptions(tcall(), made_flow(), "A phone.pcap · B pbx.pcap", lang)

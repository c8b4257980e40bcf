"""Differences between two messages: each change that is made is found, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip.differences import Difference, differences, long_name, sdp_differences, sdp_key
from xivolab.testing import tmessage, tsdp

INVITE = tmessage(headers="Contact: <sip:alice@192.168.77.20:5060>\r\n", sdp=tsdp("192.168.77.20", 4000, "8 101"))
DATA = INVITE.text.encode()


def changed(old: str, new: str) -> list[Difference]:
    assert old.encode() in DATA
    return differences(DATA, DATA.replace(old.encode(), new.encode()))


def test_a_message_does_not_differ_from_itself() -> None:
    assert differences(DATA, DATA) == []


def test_spelling_order_and_folding_are_no_difference() -> None:
    spelled = DATA.replace(b"Call-ID:", b"i:").replace(b"CSeq: 1", b"CSEQ:\r\n 1")
    lines = spelled.split(b"\r\n")
    contact = next(n for n, line in enumerate(lines) if line.startswith(b"Contact"))
    lines.insert(1, lines.pop(contact))
    assert differences(DATA, b"\r\n".join(lines)) == []


def test_a_changed_header() -> None:
    assert changed("<sip:alice@192.168.77.20:5060>", "<sip:alice@10.77.0.60:1024>") == [
        Difference("header", "Contact", "<sip:alice@192.168.77.20:5060>", "<sip:alice@10.77.0.60:1024>")
    ]


def test_a_changed_request_uri_and_another_start_line() -> None:
    (found,) = changed("INVITE sip:1002@10.77.0.10", "INVITE sip:1002@10.77.0.12")
    assert (found.name, found.old, found.new) == ("Request-URI", "sip:1002@10.77.0.10", "sip:1002@10.77.0.12")
    (found,) = differences(b"SIP/2.0 180 Ringing\r\n\r\n", b"SIP/2.0 183 Progress\r\n\r\n")
    assert (found.part, found.name, found.change) == ("start-line", "start line", "changed")


def test_headers_added_and_removed() -> None:
    with_agent = DATA.replace(b"CSeq:", b"User-Agent: x\r\nCSeq:")
    assert differences(DATA, with_agent) == [Difference("header", "User-Agent", None, "x")]
    assert differences(with_agent, DATA) == [Difference("header", "User-Agent", "x", None)]


def test_a_via_on_top_is_one_added_and_received_is_a_change_of_the_one_below() -> None:
    via = INVITE.text.split("Via: ")[1].split("\r\n")[0]
    passed = DATA.replace(
        f"Via: {via}".encode(), f"Via: SIP/2.0/UDP proxy;branch=z9hG4bKp\r\nVia: {via};received=10.77.0.60".encode()
    )
    assert differences(DATA, passed) == [
        Difference("header", "Via", None, "SIP/2.0/UDP proxy;branch=z9hG4bKp"),
        Difference("header", "Via", via, f"{via};received=10.77.0.60"),
    ]


def test_values_of_one_field_are_those_of_several_fields() -> None:
    one = b"INVITE sip:a SIP/2.0\r\nRoute: <sip:p;lr>, <sip:q;lr>\r\nAllow: INVITE,ACK\r\n\r\n"
    two = b"INVITE sip:a SIP/2.0\r\nRoute: <sip:p;lr>\r\nRoute: <sip:q;lr>\r\nAllow: INVITE, ACK\r\n\r\n"
    assert differences(one, two) == []


def test_sdp_by_line_with_its_place() -> None:
    found = changed("m=audio 4000 RTP/AVP 8 101", "m=audio 1024 RTP/AVP 8 101")
    assert found == [
        Difference("sdp", "m=audio", "m=audio 4000 RTP/AVP 8 101", "m=audio 1024 RTP/AVP 8 101", "audio 1")
    ]
    found = changed("c=IN IP4 192.168.77.20", "c=IN IP4 10.77.0.60")
    assert [(one.name, one.place) for one in found] == [("c=", "session")]


def test_sdp_that_one_message_has_not() -> None:
    bare = DATA[: DATA.index(b"v=0")].replace(b"Content-Type: application/sdp\r\n", b"")
    found = [one for one in differences(DATA, bare) if one.part == "sdp"]
    assert [one.change for one in found] == ["removed"] * 8


def test_another_body_by_line() -> None:
    notify = "NOTIFY sip:a SIP/2.0\r\nContent-Type: message/sipfrag\r\n\r\nSIP/2.0 {}\r\n"
    found = differences(notify.format("100 Trying").encode(), notify.format("200 OK").encode())
    assert found == [Difference("body", "", "SIP/2.0 100 Trying", "SIP/2.0 200 OK")]


def test_names() -> None:
    assert [long_name(name) for name in ("call-id", "cseq", "p-asserted-identity", "x-rtp-stat")] == [
        "Call-ID",
        "CSeq",
        "P-Asserted-Identity",
        "X-Rtp-Stat",
    ]
    assert [sdp_key(line) for line in ("a=rtpmap:8 PCMA/8000", "a=sendrecv", "a=rtcp:4001", "o=- 1")] == [
        "a=rtpmap:8",
        "a=sendrecv",
        "a=rtcp",
        "o=",
    ]


LINES = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), min_size=1).filter(str.strip),
    max_size=6,
)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_can_be_compared(old: bytes, new: bytes) -> None:
    assert differences(old, old) == []
    for one in differences(old, new):
        assert one.old != one.new


@given(LINES, LINES)
def test_the_differences_lead_from_one_description_to_the_other(old: list[str], new: list[str]) -> None:
    """Lines that were not told as different are the same in both, as often as they are there."""
    found = sdp_differences("\n".join(old).encode(), "\n".join(new).encode())
    left = sorted(old)
    for one in found:
        if one.old is not None:
            left.remove(one.old)
        if one.new is not None:
            left.append(one.new)
    assert sorted(left) == sorted(new)

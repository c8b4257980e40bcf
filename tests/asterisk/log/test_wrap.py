"""Pastes that were wrapped: at words, at a column, by a mail."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.asterisk.log.made import logs, written
from xivolab.asterisk.log.records import log_table
from xivolab.asterisk.log.wrap import rejoined, wrapping

HEAD = "[Aug 12 10:13:30] VERBOSE[2301376][C-00005477] "
CHANNEL = "PJSIP/d65cg0gl-0000c6e5"


def _step(place: str, application: str, arguments: str) -> str:
    return f'{HEAD}pbx.c: Executing [{place}] {application}("{CHANNEL}", "{arguments}") in new stack'


TRACE = [
    _step("70060@default:1", "Set", "XIVO_BASE_CONTEXT=default"),
    _step("70060@default:4", "Gosub", "xivo-global-subroutine,s,1"),
    _step("s@xivo-global-subroutine:1", "GotoIf", "1?:return"),
    _step("s@xivo-global-subroutine:3", "GotoIf", "xivo-subrgbl-internal?:return"),
    f"{HEAD}pbx_builtins.c: Goto (xivo-global-subroutine,s,6)",
    _step("s@user:11", "UserEvent", f"User,CHANNEL: {CHANNEL},XIVO_USERID: 170,XIVO_SRCNUM: 77999,XIVO_DSTID: 167"),
    _step("s@user:15", "AGI", "agi://127.0.0.1/incoming_user_set_features"),
    f"{HEAD}res_agi.c: agi://127.0.0.1/incoming_user_set_features: AGI handler 'incoming_user_set_features' successfully executed",
    f"{HEAD}res_agi.c: <{CHANNEL}>AGI Script agi://127.0.0.1/incoming_user_set_features completed, returning 0",
    _step("s@xivo-generic-sip-remove-header:1", "NoOp", "Removing sip headers"),
    _step("s@user:30", "Gosub", "xivo-connectedline,s,1(70060,Debierre Portier )"),
    _step("pjsipcallid@xivo-generic-sip-callid:1", "NoOp", "SIP Call-ID for this call: c2aaefee-fd1a-47db-bee4-4f67a31f6cb0"),
    _step("s@user:48", "Dial", "PJSIP/knax1wql,30,b(xivo-user-predial^s^1)"),
    f"{HEAD}app_dial.c: PJSIP/knax1wql-0000c6e6 answered {CHANNEL}",
    f"{HEAD}bridge_channel.c: Channel PJSIP/knax1wql-0000c6e6 joined 'simple_bridge' basic-bridge <3e3ba5a9-80ab-4593-8b72-5b2f2837a4a8>",
    f"{HEAD}res_rtp_asterisk.c: 0x7f197830bf70 -- Strict RTP learning complete - Locking on source address 172.27.58.233:12534",
    f"{HEAD}pbx.c: Spawn extension (user, s, 48) exited non-zero on '{CHANNEL}'",
] * 2  # fmt: skip


def _at_words(lines: list[str], width: int, *, keep: bool) -> list[str]:
    """As a document breaks lines: at spaces, which stay at their ends or are lost, and behind hyphens between letters."""
    out: list[str] = []
    for line in lines:
        for part in textwrap.wrap(line, width, drop_whitespace=False, break_long_words=False):
            inner = part.lstrip(" ") if out and not part.startswith("[Aug") else part
            if inner != part and keep:
                out[-1] += " "
            out.append(inner if keep else inner.rstrip(" "))
    return [line for line in out if line]


def _at_column(lines: list[str], width: int) -> list[str]:
    return [line[at : at + width] for line in lines for at in range(0, len(line), width)]


WAYS: dict[str, Callable[[list[str], int], list[str]]] = {
    "words": lambda lines, width: _at_words(lines, width, keep=False),
    "words, spaces kept": lambda lines, width: _at_words(lines, width, keep=True),
    "column": _at_column,
    "column, ends stripped": lambda lines, width: [line.rstrip(" ") for line in _at_column(lines, width)],
    "mail": lambda lines, width: [f"> {line}" for line in _at_words(lines, width - 2, keep=False)],
    "answer": lambda lines, width: [f"> > {line}" for line in _at_words(lines, width - 4, keep=True)],
}


def _messages(path: Path) -> list[str]:
    table = log_table(logs(path))
    return [message for message, level in zip(table["message"].tolist(), table["level"].tolist(), strict=True) if level]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("width", range(62, 161, 7))
def test_a_paste_is_read_as_what_it_was(tmp_path: Path, way: str, width: int) -> None:
    text = "\n".join(WAYS[way](TRACE, width)) + "\n"
    assert _messages(written(tmp_path, text)) == [line.partition(".c: ")[2] for line in TRACE]


def test_lines_are_those_of_the_paste(tmp_path: Path) -> None:
    lines = _at_column(TRACE, 80)
    table = log_table(logs(written(tmp_path, "\n".join(lines))))
    assert [lines[line - 1][:6] for line in table["line"].tolist()] == ["[Aug 1"] * len(TRACE)


def test_text_between_records_is_kept_apart(tmp_path: Path) -> None:
    lines = [*_at_words(TRACE[:4], 100, keep=True), "Analyse et débogage", "178", *_at_words(TRACE[4:], 100, keep=True)]
    table = log_table(logs(written(tmp_path, "\n".join(lines))))
    others = [
        message for message, level in zip(table["message"].tolist(), table["level"].tolist(), strict=True) if not level
    ]
    assert others == ["Analyse et débogage", "178"]
    assert len(table) == len(TRACE) + 2


def test_a_message_of_several_lines_stays_one(tmp_path: Path) -> None:
    sip = f"{HEAD}res_pjsip_logger.c: <--- Received SIP request (3 bytes) from UDP:1.2.3.4:5 --->"
    lines = [*_at_column(TRACE, 90), sip, "INVITE sip:x@y SIP/2.0", "Via: z", ""]
    assert _messages(written(tmp_path, "\n".join(lines)))[-1].endswith("--->\nINVITE sip:x@y SIP/2.0\nVia: z")


def test_a_log_that_was_not_wrapped_is_left_alone() -> None:
    assert wrapping(TRACE) is None
    assert wrapping(["text", "more"]) is None
    how = wrapping(_at_column(TRACE, 100))
    assert how is not None
    assert how.column == 100
    assert [line for _, line in rejoined([*enumerate(_at_column(TRACE, 100))], how)] == TRACE


_INVITE = [
    f"{HEAD}res_pjsip_logger.c: <--- Received SIP request (938 bytes) from UDP:172.27.58.233:5060 --->",
    "INVITE sip:70060@xivo.example.org SIP/2.0",
    "Via: SIP/2.0/UDP 172.27.58.233:5060;branch=z9hG4bK-524287-1---f0d18e5bd45c5d35;rport;received=172.27.58.233",
    "Contact: <sip:d65cg0gl@172.27.58.233:5060;transport=udp>;+sip.instance=\"<urn:uuid:c2aaefee-fd1a-47db-bee4-4f67a31f6cb0>\"",
    "To: <sip:70060@xivo.example.org>",
    'From: "Debierre Portier" <sip:77999@xivo.example.org>;tag=1c3b7d11',
    "Call-ID: c2aaefee-fd1a-47db-bee4-4f67a31f6cb0",
    "CSeq: 2 INVITE",
    'Authorization: Digest username="d65cg0gl", realm="xivo", nonce="1755000810/6f2a3f19bc64a7b9f26a5c9ef14b9e71", uri="sip:70060@xivo.example.org", response="f2a95b1bd1ef10e2e6b4d9ea4f3c8c44", algorithm=MD5',
    "Allow: INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, MESSAGE, OPTIONS, INFO, SUBSCRIBE, UPDATE, PRACK, PUBLISH",
    "Content-Type: application/sdp",
    "Content-Length: 137",
    "",
    "v=0",
    "o=- 1755000810 1 IN IP4 172.27.58.233",
    "s=A session whose name is longer than any line of a narrow terminal of sixty columns could ever be",
    "c=IN IP4 172.27.58.233",
    "t=0 0",
    "m=audio 12534 RTP/AVP 8 101",
    "a=rtpmap:101 telephone-event/8000",
    "",
]  # fmt: skip


@pytest.mark.parametrize("way", ["words", "words, spaces kept", "column", "mail"])
@pytest.mark.parametrize(
    ("width", "steps"),
    [*((width, True) for width in range(72, 161, 11)), *((width, False) for width in range(80, 105, 8))],
)
def test_sip_in_a_paste_that_was_wrapped(tmp_path: Path, way: str, width: int, steps: bool) -> None:
    lines = [*(TRACE[:12] if steps else []), *_INVITE, *_INVITE]
    wrapped = [
        part for line in lines for part in (WAYS[way]([line], width) if line else [">" if way == "mail" else ""])
    ]
    found = _messages(written(tmp_path, "\n".join(wrapped) + "\n"))
    message = "\n".join(_INVITE[1:-1])
    assert [text.partition("--->\n")[2].rstrip() for text in found[-2:]] == [message] * 2


def test_two_spaces_come_back_where_the_same_words_have_them_elsewhere() -> None:
    name = "CONNECTEDLINE(all,i)=Debierre Portier  <70060>"
    lines = [_step("s@a:1", "Set", name), *(_step(f"s@a:{n}", "NoOp", "x" * n) for n in range(1, 30))]
    at = lines[0].index("  <70060>")
    broken = [lines[0][:at], lines[0][at + 2 :], lines[0].replace("s@a:1", "s@a:2"), *lines[1:]]
    how = wrapping([*broken[:2], *lines[1:]])
    assert how is not None
    assert next(line for _, line in rejoined([*enumerate(broken)], how)) == lines[0]
    alone = [*broken[:2], *lines[1:]]
    assert "Portier <70060>" in rejoined([*enumerate(alone)], how)[0][1]  # nothing tells that there were two


def test_a_body_that_is_no_sdp_shows_nothing() -> None:
    """The state of a phone, as XiVO's logs are full of."""
    notify = [
        f"{HEAD}res_pjsip_logger.c: <--- Transmitting SIP request (938 bytes) to UDP:172.27.58.233:5060 --->",
        "NOTIFY sip:d65cg0gl@172.27.58.233:5060 SIP/2.0",
        "Event: dialog",
        "Content-Type: application/dialog-info+xml",
        "",
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="0" state="full">',
        ' <dialog id="1000">',
        "  <state>terminated</state>",
        " </dialog>",
        "</dialog-info>",
        "",
    ]
    assert wrapping(notify * 3) is None
    broken = [*_at_column(TRACE[:12], 82), *notify]
    how = wrapping(broken)
    assert how is not None
    assert [line for _, line in rejoined([*enumerate(broken)], how)][-11:] == notify[1:]

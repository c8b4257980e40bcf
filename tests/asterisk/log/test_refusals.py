"""Who was refused, by address. The forms are those of Asterisk's source; real ones are in the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import xivolab
from tests.captures import ROOT
from xivolab.asterisk.log.refusals import refusal

EVENT = (
    'SecurityEvent="{}",EventTV="2015-05-24T08:42:16.296+0300",Severity="Error",Service="PJSIP",EventVersion="1",'
    'AccountID="{}",SessionID="a"b,LocalAddress="IPV4/UDP/10.0.0.1/5060",RemoteAddress="{}",Challenge="x"'
)
FORMS = {
    "Registration from '<sip:301@example.com>' failed for '192.0.2.4' - Wrong password": (
        ("192.0.2.4", "registration", "301", "Wrong password")
    ),
    "Registration from '\"100\"sip:100@192.0.2.4' failed for '192.0.2.4:23930' - No matching peer found": (
        ("192.0.2.4", "registration", "100", "No matching peer found")
    ),
    "Request 'REGISTER' from '\"a\" <sip:a@x>' failed for '[2001:db8::4]:5060' (callid: c@d) - Failed to authenticate": (
        ("2001:db8::4", "registration", "a", "Failed to authenticate")
    ),
    "Request 'INVITE' from '<sip:'or''='@x>' failed for '192.0.2.4:1' (callid: c) - No matching endpoint found after 5 tries in 2.500 ms": (
        ("192.0.2.4", "call", "'or''='", "No matching endpoint found")
    ),
    "Call from '' (192.0.2.4:10836) to extension '0972' rejected because extension not found in context 'default'.": (
        ("192.0.2.4", "call", "0972", "extension not found in default")
    ),
    " anonymous: Call (UDP:192.0.2.4:65049) to extension '001' rejected because extension not found in context 'in'.": (
        ("192.0.2.4", "call", "001", "extension not found in in")
    ),
    EVENT.format("InvalidPassword", "bob", "IPV4/UDP/192.0.2.4/5061"): (
        "192.0.2.4",
        "request",
        "bob",
        "InvalidPassword",
    ),
    EVENT.format("FailedACL", "", "IPV6/TLS/2001:db8::4/5061"): ("2001:db8::4", "request", None, "FailedACL"),
}


@pytest.mark.parametrize("text", FORMS)
def test_each_form(text: str) -> None:
    told = refusal(text)
    assert told is not None
    assert (told.address, told.kind, told.account, told.reason) == FORMS[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Registered SIP 'a' at 1.2.3.4",
        EVENT.format("SuccessfulAuth", "bob", "IPV4/UDP/192.0.2.4/5061"),
        "failed for '",
    ],
)
def test_anything_else_refuses_nobody(text: str) -> None:
    assert refusal(text) is None


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    refusal(text)
    refusal(f"Request 'INVITE' from '{text}' failed for '{text}' (callid: {text}) - {text}")
    refusal(f'SecurityEvent="InvalidPassword",{text}')


def test_a_scan_is_told_from_a_mistake(tmp_path: Path) -> None:
    line = "[2026-11-25 09:00:0{}] NOTICE[7] res_pjsip/pjsip_distributor.c: Request 'REGISTER' from '<sip:{}@x>' failed for '{}' (callid: c) - {}\n"
    text = "".join(line.format(n, 100 + n, "192.0.2.4:5060", "No matching endpoint found") for n in range(6))
    text += "".join(line.format(n, "alice", "192.0.2.9:5060", "Failed to authenticate") for n in range(3))
    path = tmp_path / "full"
    path.write_text(text)
    first, second = xivolab.open(path, tz="UTC").table("refusals").records()
    assert (first["address"], first["events"], first["registrations"], first["scan"]) == ("192.0.2.4", 6, 6, True)
    assert first["accounts"] == ["100", "101", "102", "103", "104", "105"]
    assert (second["address"], second["events"], second["scan"], second["line"]) == ("192.0.2.9", 3, False, 7)
    assert second["last"] - second["first"] == 2


def test_a_recorded_log_tells_its_wrong_passwords() -> None:
    rows = list(xivolab.open(ROOT / "sample_logs" / "wrong-password").table("refusals").records())
    assert len(rows) == 1
    assert rows[0]["registrations"] == rows[0]["events"] > 0
    assert rows[0]["accounts"] == ["alice"]

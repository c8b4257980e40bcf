"""What Asterisk says about a call, phrase by phrase; the texts are those of its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.trace.phrases import phrase

KNOWN = {
    "Goto (user,s,14)": ("goto", {"context": "user", "exten": "s", "priority": "14"}),
    "Jumping to priority 7": ("jump", {"priority": "7"}),
    "Spawn extension (user, s, 48) exited non-zero on 'PJSIP/a-1'": (
        "spawn",
        {"context": "user", "exten": "s", "priority": "48", "channel": "PJSIP/a-1"},
    ),
    "Spawn extension (default, , 1) exited non-zero on 'PJSIP/a-1'": (
        "spawn",
        {"context": "default", "exten": "", "priority": "1", "channel": "PJSIP/a-1"},
    ),
    "Auto fallthrough, channel 'SIP/1-0' status is 'CHANUNAVAIL'": (
        "fallthrough",
        {"channel": "SIP/1-0", "status": "CHANUNAVAIL"},
    ),
    "PJSIP/k-1 Internal Gosub(xivo-user-predial,s,1) start": (
        "sub-start",
        {"channel": "PJSIP/k-1", "target": "xivo-user-predial,s,1"},
    ),
    "PJSIP/k-1 Internal Gosub(xivo-user-predial,s,1) complete GOSUB_RETVAL=": (
        "sub-end",
        {"channel": "PJSIP/k-1", "target": "xivo-user-predial,s,1", "value": ""},
    ),
    "<PJSIP/d-1>AGI Script agi://127.0.0.1/getring completed, returning 0": (
        "agi-end",
        {"channel": "PJSIP/d-1", "script": "agi://127.0.0.1/getring", "result": "0"},
    ),
    "agi://127.0.0.1/getring: AGI handler 'getring' successfully executed": (
        "agi-ok",
        {"script": "agi://127.0.0.1/getring", "handler": "getring"},
    ),
    "agi://127.0.0.1/getring: Using the native phone ring tone": (
        "agi-text",
        {"script": "agi://127.0.0.1/getring", "text": "Using the native phone ring tone"},
    ),
    '<PJSIP/d-1>AGI Rx << SET VARIABLE "XIVO_INTERFACE" "PJSIP/k"': (
        "agi-set",
        {"channel": "PJSIP/d-1", "name": "XIVO_INTERFACE", "value": "PJSIP/k"},
    ),
    "Called PJSIP/0199@operator": ("called", {"target": "PJSIP/0199@operator"}),
    "PJSIP/bob-1 is ringing": ("ringing", {"target": "PJSIP/bob-1"}),
    "PJSIP/bob-1 is making progress passing it to PJSIP/alice-0": ("progress", {"target": "PJSIP/bob-1"}),
    "PJSIP/bob-1 answered PJSIP/alice-0": ("answered", {"target": "PJSIP/bob-1", "channel": "PJSIP/alice-0"}),
    "SIP/bob-1 is busy": ("busy", {"target": "SIP/bob-1"}),
    "SIP/bob-1 is circuit-busy": ("circuit-busy", {"target": "SIP/bob-1"}),
    "Nobody picked up in 20000 ms": ("nobody", {"ms": "20000"}),
    "Everyone is busy/congested at this time (1:1/0/0)": (
        "all-busy",
        {"total": "1", "busy": "1", "congestion": "0", "nochan": "0"},
    ),
    "No one is available to answer at this time (1:0/0/0)": ("none-available", {}),
    "Unable to create channel of type 'PJSIP' (cause 3 - No route to destination)": (
        "no-channel",
        {"tech": "PJSIP", "cause": "3", "text": "No route to destination"},
    ),
    "Now forwarding PJSIP/a-1 to 'Local/1003@default' (thanks to PJSIP/b-2)": (
        "redirected",
        {"channel": "PJSIP/a-1", "target": "Local/1003@default", "by": "PJSIP/b-2"},
    ),
    "Channel PJSIP/a-1 joined 'simple_bridge' basic-bridge <3e3ba5a9-80ab>": (
        "join",
        {"channel": "PJSIP/a-1", "technology": "simple_bridge", "bridge": "3e3ba5a9-80ab"},
    ),
    "Channel PJSIP/a-1 left 'native_rtp' basic-bridge <3e3ba5a9-80ab>": (
        "leave",
        {"channel": "PJSIP/a-1", "technology": "native_rtp", "bridge": "3e3ba5a9-80ab"},
    ),
    "Channel 'PJSIP/a-1' sent to invalid extension but no invalid handler: context,exten,priority=default,9,1": (
        "no-extension",
        {"channel": "PJSIP/a-1", "context": "default", "exten": "9", "priority": "1"},
    ),
    "No application 'Dail' for extension (default, 1002, 1)": (
        "no-application",
        {"app": "Dail", "context": "default", "exten": "1002", "priority": "1"},
    ),
}


@pytest.mark.parametrize("text", KNOWN)
def test_a_phrase_is_taken_apart(text: str) -> None:
    said = phrase(text)
    assert said is not None
    assert (said.kind, said.parts) == KNOWN[text]


@pytest.mark.parametrize("prefix", ["    -- ", "  == ", "       > ", " "])
def test_the_prefix_of_old_files_and_consoles_means_nothing(prefix: str) -> None:
    said = phrase(prefix + "Called SIP/bob")
    assert said is not None
    assert said["target"] == "SIP/bob"


def test_arguments_keep_quotes_and_parentheses() -> None:
    said = phrase('Executing [s@ctx:16] ExecIf("SIP/1-0", "1?Set(CALLERID(all)="hidden")") in new stack')
    assert said is not None
    assert said["args"] == '1?Set(CALLERID(all)="hidden")'
    assert (said["exten"], said["context"], said["priority"], said["app"]) == ("s", "ctx", "16", "ExecIf")


def test_an_extension_may_hold_an_at_sign_and_arguments_line_ends() -> None:
    said = phrase('Executing [a@b@ctx:1] NoOp("SIP/1-0", "one\ntwo") in new stack')
    assert said is not None
    assert (said["exten"], said["context"], said["args"]) == ("a", "b@ctx", "one\ntwo") or said["exten"] == "a@b"


def test_a_line_cut_short_still_tells_its_step() -> None:
    said = phrase('Executing [s@ctx:1] Set("SIP/1-0", "X=' + "y" * 8000)
    assert said is not None
    assert said["args"] == "X=" + "y" * 8000


@pytest.mark.parametrize("text", ["", "Using SIP RTP TOS bits 184", "Called", "is ringing", "Executing nothing"])
def test_anything_else_says_nothing(text: str) -> None:
    assert phrase(text) is None


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    phrase(text)
    phrase(f"Executing [{text}")


@given(st.text(alphabet=st.characters(exclude_characters="\r\n"), max_size=60).map(str.rstrip))
def test_any_arguments_come_back(args: str) -> None:
    said = phrase(f'Executing [s@user:1] Set("PJSIP/a-1", "{args}") in new stack')
    assert said is not None
    assert said["args"] == args

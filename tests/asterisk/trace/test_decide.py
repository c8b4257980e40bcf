"""What was decided at each step."""

from __future__ import annotations

import pytest

from tests.asterisk.trace.dialplan import ALICE, Log
from tests.captures import ROOT


def agi(log: Log) -> dict[str, object]:
    return next(one.fields for one in log.decisions() if one.code == "agi")


def test_an_agi_that_served_tells_how_long_it_took() -> None:
    found = agi(Log().agi("s@user:17", "check_schedule"))
    assert (found["handler"], found["state"], found["result"]) == ("check_schedule", "done", 0)
    assert found["took"] == pytest.approx(0.08)


def test_an_agi_that_never_came_back() -> None:
    assert agi(Log().agi("s@user:17", "check_schedule", ok=False, result=None))["state"] == "unfinished"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (
            "FastAGI connection to 'agi://127.0.0.1/check_schedule' timed out after MAX_AGI_CONNECT (2000) milliseconds.",
            "timeout",
        ),
        ("Couldn't connect to any host.  FastAGI failed.", "unreachable"),
        (
            "Connecting to 'agi://127.0.0.1/check_schedule' failed for url 'agi://127.0.0.1/check_schedule': Connection refused",
            "unreachable",
        ),
    ],
)
def test_an_agi_server_that_is_gone(text: str, state: str) -> None:
    log = Log().run("s@user:17", "AGI", "agi://127.0.0.1/check_schedule").say(text, "WARNING")
    log.say(f"<{ALICE}>AGI Script agi://127.0.0.1/check_schedule completed, returning -1")
    assert agi(log)["state"] == state


def test_an_agi_script_of_one_s_own_is_not_said_to_fail() -> None:
    log = Log().run("s@in:1", "AGI", "/opt/lookup.sh").say(f"<{ALICE}>AGI Script /opt/lookup.sh completed, returning 0")
    assert agi(log)["state"] == "done"


def test_the_context_for_agi_failures() -> None:
    log = Log().run("s@agi_fail:1", "NoOp", "AGI Fails")
    assert {one.code for one in log.decisions()} == {"dialplan-failure"}


def test_what_is_not_in_the_dialplan() -> None:
    log = Log().run("9@in:1", "Goto", "nowhere,1")
    log.say(
        f"Channel '{ALICE}' sent to invalid extension but no invalid handler: context,exten,priority=in,nowhere,1",
        "WARNING",
    )
    assert "no extension nowhere in context in" in [line.strip() for line in log.told()]


def test_special_extensions_are_told_once() -> None:
    log = Log().run("s@menu:1", "WaitExten").run("i@menu:1", "Playback", "invalid").run("i@menu:2", "NoOp")
    assert [one.code for one in log.decisions()].count("special-extension") == 1


def test_a_dialplan_that_just_ends() -> None:
    log = Log().run("9@in:1", "NoOp").say(f"Auto fallthrough, channel '{ALICE}' status is 'UNKNOWN'")
    assert "the dialplan ends here without hanging up (UNKNOWN)" in [line.strip() for line in log.told()]


def test_several_at_once_are_told_apart() -> None:
    log = Log().run("9@in:1", "Dial", "PJSIP/bob&PJSIP/carol,20").say("Called PJSIP/bob").say("Called PJSIP/carol")
    log.say("PJSIP/bob-00000002 is ringing").say("PJSIP/carol-00000003 is ringing").say(
        f"PJSIP/carol-00000003 answered {ALICE}"
    )
    told = [line.strip() for line in log.told()]
    assert told[2].startswith("calls PJSIP/bob, PJSIP/carol (20 s): answered by PJSIP/carol")
    assert told[3].startswith("PJSIP/bob: rang")
    assert told[4].startswith("PJSIP/carol: answered")


def test_recorded_logs_exist_for_the_views() -> None:
    assert (ROOT / "sample_logs" / "forked-ringing" / "full").is_file()


def test_a_call_that_the_pbx_began_itself() -> None:
    told = "the PBX itself began this call: nobody dialled it (click-to-call, call file)"
    local = Log("Local/3100@default-00000000;2").run("3100@default:1", "Answer")
    assert told in [line.strip() for line in local.told()]
    phone = Log().say("PJSIP/alice-00000001 answered").run("1002@default:1", "Answer")
    assert told in [line.strip() for line in phone.told()]
    assert told not in [line.strip() for line in Log().run("1002@default:1", "Answer").told()]


def test_a_local_channel_that_was_dialled_is_not() -> None:
    log = Log().run("1@in:1", "Dial", "Local/2@out").say("Called Local/2@out")
    log.run("2@out:1", "Answer", channel="Local/2@out-00000000;2")
    assert not any("began" in line for line in log.told())

"""What single applications mean for a call."""

from __future__ import annotations

import pytest

from tests.asterisk.trace.dialplan import Log


@pytest.mark.parametrize(
    ("app", "args", "words"),
    [
        ("VoiceMail", "70060@default,u", "voicemail 70060@default (greeting: unavailable)"),
        ("Voicemail", "70060@default,b", "voicemail 70060@default (greeting: busy)"),
        ("Playback", "user-unreachable", "announcement: user-unreachable “your correspondent cannot be reached”"),
        ("Playback", "my/own,noanswer", "announcement: my/own"),
        ("Hangup", "", "the PBX hangs up"),
        ("Hangup", "17", "the PBX hangs up (Q.850 17)"),
        ("Answer", "", "the PBX itself answers"),
        ("Congestion", "10", "the PBX plays a congestion tone"),
        ("ConfBridge", "4000,default", "conference 4000"),
        ("Read", "PIN,enter,4", "the caller is asked for digits"),
        (
            "NoOp",
            "Unable to get user info, this is a bug",
            "the dialplan failed: Unable to get user info, this is a bug",
        ),
    ],
)
def test_in_words(app: str, args: str, words: str) -> None:
    assert Log().run("s@in:1", app, args).told()[-1].strip() == words


@pytest.mark.parametrize("app", ["Set", "NoOp", "Verbose", "Wait", "SetVar", "UserEvent"])
def test_what_decides_nothing_is_folded(app: str) -> None:
    assert Log().run("s@in:1", app, "x").decisions() == []


def test_a_queue_that_nobody_serves() -> None:
    log = (
        Log()
        .run("s@queue:40", "Queue", "support,t,,,30")
        .run("s@queue:41", "Goto", "JOINEMPTY,1")
        .goto("queue", "JOINEMPTY", 1)
    )
    found = next(one.fields for one in log.decisions() if one.code == "queue")
    assert (found["name"], found["timeout"], found["status"]) == ("support", 30, "JOINEMPTY")
    assert "queue support: no agent to take the call" in [line.strip() for line in log.told()]


def test_a_queue_that_an_agent_answers() -> None:
    log = Log().run("s@queue:40", "Queue", "support,t").say("Called PJSIP/agent").say("PJSIP/agent-00000007 is ringing")
    log.say("PJSIP/agent-00000007 answered PJSIP/alice-00000001")
    found = next(one.fields for one in log.decisions() if one.code == "queue")
    assert (found["by"], found["asked"]) == ("PJSIP/agent", ["PJSIP/agent"])


def test_a_time_condition_is_told_by_whether_it_jumped() -> None:
    log = Log().run("s@in:1", "GotoIfTime", "9:00-18:00,mon-fri,*,*?open,1").goto("in", "open", 1)
    log.run("open@in:1", "GotoIfTime", "*,*,25,dec?closed,1").run("open@in:2", "NoOp")
    assert [one.fields["state"] for one in log.decisions()] == ["on", "off"]


def test_a_group_is_a_group_and_a_caller_who_leaves_a_queue_is_told() -> None:
    group = Log().run("s@group:19", "Queue", "accueil,r,,,30").say("Called PJSIP/line1002").spawn("group, s, 19")
    assert [line.strip() for line in group.told()][2].startswith("group accueil: the caller hung up after ")
    queue = Log().run("s@queue:19", "Queue", "support,t").run("s@queue:20", "Goto", "queue,TIMEOUT,1")
    assert not any("hung up" in line for line in queue.goto("queue", "TIMEOUT", 1).told())

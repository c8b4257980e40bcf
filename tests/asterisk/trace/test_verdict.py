"""The rows that say what became of a call."""

from __future__ import annotations

from tests.asterisk.trace.dialplan import Log, gates_open, to_user, to_voicemail
from xivolab.asterisk.trace.outline import outline
from xivolab.asterisk.trace.verdict import verdict
from xivolab.asterisk.trace.words import sentence


def told(log: Log) -> list[str]:
    return [sentence(row.code, row.fields, "en").replace("\xa0", " ") for row in verdict(outline(log.tree()))]


def test_nobody_answers_and_the_mailbox_does() -> None:
    log = gates_open(to_user(Log())).run("s@user:48", "Dial", "PJSIP/bob,30").say("Called PJSIP/bob")
    log.say("Nobody picked up in 30000 ms").run("s@user:49", "Goto", "user,NOANSWER,1").goto("user", "NOANSWER", 1)
    why, *after = told(to_voicemail(log, "NOANSWER").spawn())
    assert why == "calls PJSIP/bob (30 s): nobody answered after 30 s"
    assert after[-1].startswith("voicemail 70060")


def test_a_call_that_is_answered() -> None:
    log = gates_open(to_user(Log())).run("s@user:48", "Dial", "PJSIP/bob,30").say("Called PJSIP/bob")
    log.say("PJSIP/bob-00000002 answered PJSIP/alice-00000001")
    assert told(log)[0].startswith("calls PJSIP/bob (30 s): answered")


def test_what_stops_a_call_comes_before_what_rang() -> None:
    log = to_user(Log()).run("s@xivo-user_rights_check:7", "Goto", "deny,1")
    log.run("deny@xivo-user_rights_check:1", "NoOp", "User not allowed to make call")
    log.run("deny@xivo-user_rights_check:2", "Playback", "noright")
    told_now = told(log)
    assert told_now[0] == "call right: refused"
    assert told_now[-1].startswith("announcement: ")


def test_a_call_to_the_server_itself() -> None:
    assert told(Log().run("9@in:1", "Answer").run("9@in:2", "Echo")) == ["echo test"]
    assert told(Log()) == []


def test_a_feature_code_and_a_forward_to_an_announcement() -> None:
    code = Log().run("*25@default:1", "Gosub", "enablednd,s,1").agi("s@enablednd:2", "phone_set_feature")
    assert told(code) == ["a service of the phone is changed (AGI phone_set_feature), 0.08 s"]
    sound = Log().run("s@did:20", "Gosub", "forward,s,1(sound,vm-goodbye,)").run("s@forward:1", "Answer")
    assert told(sound) == ["forwarded to announcement vm-goodbye"]
    page = Log().run("s@paging:12", "Page", "PJSIP/a&PJSIP/b")
    assert told(page) == ["paging to PJSIP/a&PJSIP/b"]

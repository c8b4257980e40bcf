"""Where a call comes from and where it is sent."""

from __future__ import annotations

from tests.asterisk.trace.dialplan import Log, gates_open, to_user, to_voicemail


def test_who_calls_whom() -> None:
    assert "77999 → 70060 (internal call, user 167)" in [line.strip() for line in to_user(Log()).told()]


def test_a_call_from_outside_tells_its_number_later() -> None:
    log = (
        Log("PJSIP/trunk-00000001")
        .run("0123@from-extern:1", "Gosub", "did,s,1(3,)")
        .run("s@did:1", "Set", "WAZO_DSTNUM=0123")
    )
    log.run("s@did:5", "Set", "__WAZO_CALLORIGIN=extern").run("s@did:11", "Set", "WAZO_SRCNUM=0612345678")
    assert "0612345678 → 0123 (call from outside, incoming call)" in [line.strip() for line in log.told()]


def test_no_answer_ends_in_the_mailbox() -> None:
    log = (
        gates_open(to_user(Log()))
        .run("s@user:48", "Dial", "PJSIP/bob,30")
        .say("Called PJSIP/bob")
        .say("Nobody picked up in 30000 ms")
    )
    log.run("s@user:49", "Goto", "user,NOANSWER,1").goto("user", "NOANSWER", 1)
    told = [line.strip() for line in to_voicemail(log, "NOANSWER").told("fr")]
    assert [line for line in told if "renvoi" in line or "messagerie" in line][-3:] == [
        "recherche d’un renvoi : non-réponse",
        "renvoi vers : boîte vocale 12 (non-réponse)",
        "messagerie vocale 70060@default (accueil : absent)",
    ]


def test_a_forwarded_call_names_who_forwarded_it() -> None:
    log = Log().run("70061@default:1", "Gosub", "user,s,1(170,)").run("s@user:1", "Set", "XIVO_DSTID=170")
    log.run("s@user:10", "Set", "__XIVO_FWD_REFERER=user:167")
    assert "the call was forwarded by user 167" in [line.strip() for line in log.told()]
    assert not any("forwarded" in line for line in to_user(Log()).told())


def test_trunks_are_tried_one_after_the_other() -> None:
    log = Log().run("s@outcall:20", "Set", "TRUNKINDEX=0").run("dial@outcall:7", "CELGenUserEvent", "XIVO_OUTCALL")
    log.run("dial@outcall:10", "Dial", "PJSIP/0199@trunk-a,,o(1)").say("Called PJSIP/0199@trunk-a").say(
        "Everyone is busy/congested at this time (1:0/1/0)"
    )
    log.run("dial@outcall:11", "Goto", "CONGESTION,1").goto("outcall", "CONGESTION", 1).run(
        "redial@outcall:1", "Set", "TRUNKINDEX=1"
    )
    log.run("redial@outcall:2", "GotoIf", "?dial,1").run("redial@outcall:3", "Playback", "congestion-call")
    told = [line.strip() for line in log.told()]
    assert told[1:] == [
        "s in context outcall",
        "trunk number 1 is tried",
        "call to the outside",
        "calls PJSIP/0199@trunk-a: congestion: no free line, or the other side refuses for now",
        "trunk number 2 is tried",
        "the trunk failed: is there another?",
        "announcement: congestion-call “the call cannot be put through”",
    ]


def test_ends_that_are_no_forward() -> None:
    log = (
        Log()
        .run("forward@user:5", "Gosub", "forward,s,1(endcall:busy,,)")
        .run("s@forward:1", "Set", "XIVO_FWD_ACTION=endcall:busy")
    )
    assert "the call ends: busy tone" in [line.strip() for line in log.told()]
    assert (
        Log().run("forward@user:5", "Gosub", "forward,s,1(none,,)").told()[-1].strip()
        == "no forward is set for this case"
    )


def test_how_often_a_call_was_forwarded() -> None:
    assert Log().run("s@user:9", "Set", "REDIRECTING(count,i)=3").told()[-1].strip() == "forwarded 3 times"

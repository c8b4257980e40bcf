"""Where a call comes from and where it is sent."""

from __future__ import annotations

from tests.asterisk.trace.dialplan import ALICE, Log, gates_open, to_user, to_voicemail


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
        "the trunk failed: is there another?",
        "no trunk is left to try",
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


def outgoing() -> Log:
    """A call to the outside as a bench with XiVO's dialplan logs it, up to the Dial of its first trunk."""
    log = Log().run("15@default:3", "Gosub", "outcall,s,1(1,)")
    log.run("s@outcall:5", "Set", "XIVO_DSTNUM=15")
    log.run("s@outcall:24", "Set", "TRUNKINDEX=0").run("s@outcall:25", "Goto", "dial,1").goto("outcall", "dial", 1)
    return first_trunk(log)


def first_trunk(log: Log) -> Log:
    log.run("dial@outcall:1", "Set", "INTERFACE=PJSIP").run("dial@outcall:11", "Gosub", "generic-outgoing-dial,pjsip,1")
    return log.run("pjsip@generic-outgoing-dial:1", "Dial", "PJSIP/15@operateur,,o(15)").say(
        "Called PJSIP/15@operateur"
    )


def failed(log: Log) -> Log:
    log.say("Everyone is busy/congested at this time (1:0/0/1)").run("pjsip@generic-outgoing-dial:2", "Return")
    log.run("dial@outcall:12", "Goto", "CHANUNAVAIL,1").goto("outcall", "CHANUNAVAIL", 1)
    log.run("CHANUNAVAIL@outcall:1", "Goto", "redial,1").goto("outcall", "redial", 1)
    return log.run("redial@outcall:1", "Set", "TRUNKINDEX=1")


def words(log: Log) -> list[str]:
    return [line.strip() for line in log.told() if "trunk" in line]


def test_a_trunk_that_is_not_there_is_not_tried() -> None:
    log = failed(outgoing()).run("redial@outcall:2", "GotoIf", "?dial,1").run("s@xivo-pickup:2", "Answer")
    assert words(log) == [
        "trunk number 1 is tried",
        "the trunk failed: is there another?",
        "no trunk is left to try",
    ]


def test_the_next_trunk_is_told_when_it_is_tried() -> None:
    log = failed(outgoing()).run("redial@outcall:2", "GotoIf", "PJSIP?dial,1").goto("outcall", "dial", 1)
    assert words(first_trunk(log)) == [
        "trunk number 1 is tried",
        "the trunk failed: is there another?",
        "trunk number 2 is tried",
    ]


def test_a_caller_who_hangs_up_leaves_a_handler_that_is_no_outcome() -> None:
    log = outgoing().say("PJSIP/operateur-00000002 is ringing").spawn("generic-outgoing-dial, pjsip, 1")
    log.say(f"{ALICE} Internal Gosub(hangup_handlers,s,1) start")
    log.run("s@hangup_handlers:1", "NoOp", "Execute hangup handler for user 3").run("s@hangup_handlers:4", "Return")
    (dial,) = [one for one in log.decisions() if one.code == "dial"]
    assert dial.fields["outcome"] == "cancelled"


def test_a_number_that_a_forward_empties_is_not_told() -> None:
    log = to_user(Log()).run("s@forward:2", "Set", "XIVO_DSTNUM=")
    assert [one.fields["dst"] for one in log.decisions() if one.code == "parties"] == ["70060"]

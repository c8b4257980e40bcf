"""XiVO's gates: schedule, rights, filter, do not disturb, forward, limit, customer's subroutines."""

from __future__ import annotations

from tests.asterisk.trace.dialplan import Log, gates_open, to_user


def states(log: Log) -> dict[str, str]:
    """The state of each gate that was told."""
    return {one.code: one.fields["state"] for one in log.decisions() if "state" in one.fields and one.code != "agi"}


def test_all_gates_open() -> None:
    assert states(gates_open(to_user(Log()))) == {
        "schedule": "open",
        "right": "allowed",
        "call-filter": "off",
        "do-not-disturb": "off",
        "unconditional-forward": "off",
        "simultaneous-calls": "off",
    }


def test_closed() -> None:
    log = (
        to_user(Log())
        .agi("s@user:17", "check_schedule")
        .run("s@user:18", "GotoIf", "1?CLOSED,1")
        .goto("user", "CLOSED", 1)
    )
    assert states(log) == {"schedule": "closed"}
    assert "schedule of the user: closed" in [line.strip() for line in log.told()]


def test_the_schedule_of_a_group_of_wazo() -> None:
    log = Log().run("2000@default:1", "Gosub", "group,s,1(4,)").run("s@group:13", "GotoIf", "0?CLOSED,1")
    assert states(log) == {"schedule": "open"}


def test_refused_by_the_call_right() -> None:
    log = to_user(Log()).run("s@user:22", "Gosub", "xivo-user_rights_check,s,1")
    log.run("s@xivo-user_rights_check:3", "GotoIf", "0?allow,1").run(
        "s@xivo-user_rights_check:4", "GotoIf", "0?check_password,1:deny,1"
    )
    log.goto("xivo-user_rights_check", "deny", 1).run(
        "deny@xivo-user_rights_check:1", "NoOp", "User not allowed to make call"
    )
    log.run("deny@xivo-user_rights_check:3", "Playback", "noright").run("deny@xivo-user_rights_check:4", "Hangup")
    told = [line.strip() for line in log.told("fr")]
    assert "droit d’appel : refusé" in told
    assert "annonce : noright « vous n’avez pas le droit de passer cet appel »" in told
    assert told[-1] == "l’IPBX raccroche"


def test_a_right_behind_a_password() -> None:
    log = to_user(Log()).run("s@user:22", "Gosub", "xivo-user_rights_check,s,1")
    log.run("s@xivo-user_rights_check:3", "GotoIf", "0?allow,1").run(
        "s@xivo-user_rights_check:4", "GotoIf", "1?check_password,1:deny,1"
    )
    log.goto("xivo-user_rights_check", "check_password", 1)
    log.run("check_password@xivo-user_rights_check:1", "Authenticate", "4711")
    assert [one.code for one in log.decisions()][-1] == "password"
    assert not any("4711" in line for line in log.told())


def test_a_right_that_could_not_be_checked() -> None:
    log = Log().run("s@xivo-user_rights_check:2", "GotoIf", "?:error,1")
    assert states(log) == {"right": "error"}


def test_a_filter_that_nobody_answered() -> None:
    log = to_user(Log()).run("s@user:23", "GotoIf", "1?xivo-user_callfilter,s,1").goto("xivo-user_callfilter", "s", 1)
    log.run("rna@xivo-user_callfilter:1", "NoOp", "Nobody answered")
    assert [one.fields["state"] for one in log.decisions() if one.code == "call-filter"] == ["on", "nobody"]


def test_a_dialplan_of_others_has_none_of_these_gates() -> None:
    log = Log().run("1@from-internal:1", "GotoIf", "1?BUSY,1").run("1@from-internal:2", "GotoIf", "0?CLOSED,1")
    assert log.decisions() == []


def test_the_customer_s_subroutine() -> None:
    log = to_user(Log()).run("s@user:31", "Gosub", "xivo-global-subroutine,s,1")
    log.run("s@xivo-global-subroutine:3", "GotoIf", "xivo-subrgbl-user?:return").run(
        "s@xivo-global-subroutine:4", "GotoIf", "1?:return"
    )
    log.run("s@xivo-global-subroutine:5", "Gosub", "xivo-subrgbl-user,s,1").run("s@xivo-subrgbl-user:1", "Return")
    found = [one.fields for one in log.decisions() if one.code == "customer-subroutine"]
    assert found == [{"name": "xivo-subrgbl-user", "place": "user"}]


def test_no_subroutine_of_the_customer() -> None:
    log = to_user(Log()).run("s@user:31", "Gosub", "xivo-global-subroutine,s,1")
    log.run("s@xivo-global-subroutine:3", "GotoIf", "xivo-subrgbl-user?:return").run(
        "s@xivo-global-subroutine:4", "GotoIf", "0?:return"
    )
    found = [one.fields for one in log.decisions() if one.code == "customer-subroutine"]
    assert found == [{"name": None, "place": "user"}]


def test_a_subroutine_that_an_object_names() -> None:
    log = (
        Log()
        .run("s@user:20", "Gosub", "xivo-subroutine,s,1(greeting)")
        .run("s@xivo-subroutine:1", "GotoIf", "greeting?:nosubroutine")
    )
    log.run("s@xivo-subroutine:2", "GotoIf", "1?:nosubroutine").run("s@xivo-subroutine:3", "Gosub", "greeting,s,1")
    found = [one.fields["name"] for one in log.decisions() if one.code == "customer-subroutine"]
    assert found == ["greeting"]


def test_no_mailbox() -> None:
    log = Log().run("voicemail@user:1", "GotoIf", "0?:unreachable,1")
    assert states(log) == {"mailbox": "none"}


def test_forwards_that_go_round_in_a_circle() -> None:
    log = to_user(Log()).run("forward@user:1", "Set", "XIVO_FWD_COUNT=5").run("forward@user:2", "GotoIf", "1?exit,1")
    assert "forward-limit" in [one.code for one in log.goto("user", "exit", 1).decisions()]
    below = to_user(Log()).run("forward@user:2", "GotoIf", "0?exit,1")
    assert "forward-limit" not in [one.code for one in below.decisions()]

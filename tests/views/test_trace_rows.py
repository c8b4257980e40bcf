"""What a trace shows of each row."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from tests.asterisk.trace.dialplan import Log, gates_open, to_user
from xivolab.asterisk.trace.line import Line
from xivolab.asterisk.trace.outline import outline
from xivolab.views.trace_rows import Shown, _command, shown


def rows(log: Log, *, secrets: bool = False, zone: str | None = None) -> list[Shown]:
    return shown(outline(log.tree()), "en", ZoneInfo(zone) if zone else UTC, secrets=secrets)


def test_what_goes_wrong_stands_out_by_sign_and_colour() -> None:
    log = to_user(Log()).run("s@user:18", "GotoIf", "1?CLOSED,1")
    closed = rows(log)[-1]
    assert (closed.ink, closed.sign) == ("failure", "✖")
    open_ = next(row for row in rows(gates_open(to_user(Log()))) if row.text.startswith("schedule of"))
    assert (open_.ink, open_.sign) == ("success", "✔")


def test_times_are_not_repeated_and_follow_the_zone() -> None:
    found = rows(Log().run("1@in:1", "Answer").run("1@in:2", "Hangup"), zone="Pacific/Noumea")
    assert [row.time for row in found] == ["23:00:00.000", "", "", "23:00:00.040"] or found[0].time.startswith("2")
    assert found[1].time == ""


def test_a_log_of_whole_seconds_shows_no_milliseconds() -> None:
    line = Line('Executing [1@in:1] Answer("PJSIP/a-1", "") in new stack', 1_755_000_000_000_000_000)
    log = Log()
    log.lines = [line]
    assert rows(log)[0].time == "12:00:00"


def test_details_hold_the_records_with_their_numbers() -> None:
    found = rows(Log().run("1@in:1", "Answer").run("1@in:2", "Set", "X=1"))
    assert (
        found[-1]
        .details.splitlines()[-1]
        .endswith('Executing [1@in:2] Set("PJSIP/alice-00000001", "X=1") in new stack')
    )
    assert found[-1].note == "full:1 · 2 records"


@pytest.mark.parametrize("secret", ["Authenticate", "VMAuthenticate"])
def test_passwords_of_the_dialplan_are_hidden(secret: str) -> None:
    log = Log().run("check_password@xivo-user_rights_check:1", secret, "4711")
    assert "4711" not in rows(log)[-1].details
    assert "4711" in rows(log, secrets=True)[-1].details


def test_what_to_type_to_see_the_lines() -> None:
    lines = [Line("a", number=3, file="my logs/full"), Line("b\nc\nd\n", number=9, file="my logs/full")]
    assert _command(lines) == "sed -n 3,11p 'my logs/full'"
    assert _command(lines[:1]) == "sed -n 3p 'my logs/full'"
    assert _command([Line("a", number=3, file="full.1.gz")]) == "zcat full.1.gz | sed -n 3p"
    assert _command([Line("a")]) == _command([]) == ""


def test_the_password_of_a_dial_tone_is_hidden_wherever_the_dialplan_carries_it() -> None:
    log = Log().run("s@did:20", "Gosub", "forward,s,1(application:disa,1234,default)")
    log.run("s@forward:3", "Set", "XIVO_FWD_ACTIONARG1=1234").run("application:disa@forward:3", "Authenticate", "1234")
    shown_now = rows(log)
    assert "1234" not in "\n".join(row.details + row.text for row in shown_now)
    assert any("a dial tone behind a password" in row.text for row in shown_now)
    assert "1234" in "\n".join(row.details for row in rows(log, secrets=True))


def test_a_notice_stands_out_only_where_it_complains() -> None:
    log = Log().run("9@in:1", "Answer").say("Added interface 'PJSIP/a' to queue 'b'", "NOTICE")
    log.say("Call from 'x' rejected", "NOTICE")
    signs = {row.text.partition(" ")[2].split()[0]: row.sign for row in rows(log) if row.text.startswith("NOTICE")}
    assert signs == {"Added": "·", "Call": "✖"}

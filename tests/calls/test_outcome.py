"""State, answer and connection of calls: the hard cases of the definitions."""

from __future__ import annotations

import pytest

from tests.calls.pbx import BOB, CAROL, answered, bridged, dialled, dialling, one_call
from tests.sip.flow import Leg, at


def ringing_bob() -> Leg:
    return dialled().invite(0.05).reply(0.15, 180)


def ringing_carol(start: float = 0.06) -> Leg:
    return dialled(CAROL, "carol", call_id="carol").invite(start).reply(start + 0.1, 180)


def refused(status: int, seconds: float = 20) -> Leg:
    """The caller's leg, ended by the PBX with `status`."""
    return dialling().invite(0).reply(0.2, 180).reply(seconds, status).ack(seconds)


def give_up(leg: Leg, seconds: float = 20) -> Leg:
    return leg.cancel(seconds).reply(seconds + 0.01, 487).ack(seconds + 0.02)


@pytest.mark.parametrize(
    ("callees", "status", "state"),
    [
        ([ringing_bob().reply(5, 486)], 486, "busy"),
        ([ringing_bob().reply(5, 603)], 603, "rejected"),
        ([dialled().invite(0.05).reply(0.1, 488)], 488, "rejected"),
        ([give_up(ringing_bob())], 603, "no-answer"),  # Asterisk says 603 for a timeout
        ([give_up(ringing_bob())], 480, "no-answer"),
        ([ringing_bob().reply(20, 480)], 480, "no-answer"),
        ([dialled().invite(0.05).reply(0.1, 503)], 503, "failed"),
        ([give_up(dialled().invite(0.05))], 503, "failed"),  # the phone never said a word
        # one parallel ring: somebody rang and the PBX gave up, else busy, rejected, failed
        ([ringing_bob().reply(5, 486), give_up(ringing_carol())], 603, "no-answer"),
        ([ringing_bob().reply(5, 486), ringing_carol().reply(6, 603)], 603, "busy"),
        (
            [ringing_bob().reply(5, 603), dialled(CAROL, "carol", call_id="c").invite(0.06).reply(0.1, 503)],
            603,
            "rejected",
        ),
        # in series the last attempt wins
        ([give_up(ringing_bob(), 10), ringing_carol(11).reply(15, 486)], 603, "busy"),
        ([ringing_bob().reply(5, 486), give_up(ringing_carol(6))], 603, "no-answer"),
    ],
)
def test_the_callees_legs_decide_and_the_status_is_what_the_caller_got(
    callees: list[Leg], status: int, state: str
) -> None:
    call = one_call(refused(status), *callees)
    assert (call["state"], call["status"], call["answered"], call["answered_by"]) == (state, status, False, None)


def test_a_call_of_which_only_the_callers_requests_were_captured() -> None:
    leg = answered(dialling(), 0, 0.2, 2).bye(9)
    leg.rows = [row for row in leg.rows if not row["data"].startswith(b"SIP/2.0")]
    call = one_call(leg)
    assert (call["state"], call["status"], call["answered"], call["partial"]) == ("completed", None, True, False)
    assert (call["answered_at"], call["end"]) == (at(2.01) / 1e9, at(9) / 1e9)
    assert call["talk_s"] == pytest.approx(6.99)
    assert call["setup_s"] is None


def test_two_phones_of_a_fork_answer_and_one_is_hung_up_on() -> None:
    """The call lasts as long as the other one's; who hung that up ended it."""
    leg = Leg("10.0.0.1", "10.0.0.2", "1001", "1002").invite(0)
    for tag, seconds in (("one", 2.0), ("two", 2.1)):
        leg.reply(seconds, 200, to_tag=tag)
        leg.to_tag = tag
        leg.ack(seconds + 0.05)
    leg.to_tag = "one"
    leg.bye(2.3)
    leg.to_tag = "two"
    call = one_call(leg.bye(20, by="callee"), hosts={})
    assert (call["end"], call["released_by"], call["state"]) == (at(20) / 1e9, "callee", "completed")
    assert call["talk_s"] == pytest.approx(18)


@pytest.mark.parametrize(("status", "state"), [(404, "failed"), (403, "rejected"), (401, "rejected"), (486, "busy")])
def test_without_callees_legs_the_callers_dialog_decides(status: int, state: str) -> None:
    call = one_call(dialling().invite(0).reply(0.1, status).ack(0.1))
    assert (call["state"], call["status"]) == (state, status)


def test_cancelled_by_the_caller() -> None:
    call = one_call(give_up(dialling().invite(0).reply(0.2, 180), 5), give_up(ringing_bob(), 5.01))
    assert (call["state"], call["status"]) == ("cancelled", 487)


def test_still_ringing() -> None:
    call = one_call(dialling().invite(0).reply(0.2, 180), ringing_bob())
    assert (call["state"], call["status"], call["answered"], call["end"]) == ("ringing", None, False, None)


def test_answered_elsewhere_changes_nothing() -> None:
    caller, callee = bridged()
    call = one_call(caller.bye(9), callee.bye(9.01), give_up(ringing_carol(), 2.02))
    assert (call["state"], call["answered_by"]) == ("completed", "callee")
    assert [leg["role"] for leg in call["leg_details"]] == ["caller", "callee", "attempt"]


def test_of_two_phones_that_answer_at_once_one_is_connected() -> None:
    caller, callee = bridged()
    late = answered(dialled(CAROL, "carol", call_id="carol"), 0.06, 0.2, 2.005).bye(2.05)
    call = one_call(caller.bye(9), callee.bye(9.01), late)
    assert [leg["role"] for leg in call["leg_details"]] == ["caller", "callee", "attempt"]
    assert call["released_by"] == "caller"


def test_answered_by_the_server_when_nobody_was_connected() -> None:
    menu = answered(dialling("3000"), 0, 0.1, 0.2).bye(9)
    assert one_call(menu)["answered_by"] == "server"
    queue = one_call(answered(dialling("3001"), 0, 0.1, 0.2).bye(30), give_up(dialled().invite(5).reply(6, 180), 30))
    assert (queue["answered_by"], queue["state"], queue["connected_at"]) == ("server", "completed", None)
    assert queue["talk_s"] == pytest.approx(29.8)


def test_without_a_pbx_the_called_phone_answered() -> None:
    call = one_call(answered(Leg("10.0.0.1", BOB, call_id="direct"), 0, 0.1, 2).bye(9), hosts={})
    assert (call["answered_by"], call["connected_at"]) == ("callee", at(2) / 1e9)


def test_early_media_only_is_not_answered() -> None:
    leg = dialling("9001").invite(0).reply(0.5, 183, body="v=0\r\nc=IN IP4 10.0.0.9\r\nm=audio 5000 RTP/AVP 8\r\n")
    call = one_call(leg.reply(9, 404))
    assert (call["answered"], call["setup_s"], call["state"], call["talk_s"]) == (False, 0.5, "failed", 0.0)


def test_the_roles_of_serial_attempts() -> None:
    call = one_call(refused(603), ringing_bob().reply(5, 486), ringing_carol(6).reply(15, 486))
    assert [leg["role"] for leg in call["leg_details"]] == ["caller", "attempt", "attempt"]


def test_nobody_ever_answered_the_invite() -> None:
    lost = dialling().invite(0).again(0.5, ip_id=5).again(16, ip_id=6)
    call = one_call(lost.again(33, ip_id=7))
    assert (call["state"], call["status"], call["released_by"], call["end"]) == ("failed", None, None, at(33) / 1e9)

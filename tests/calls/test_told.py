"""Legs that name the one they belong to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.calls.pbx import ALICE, BOB, CAROL, answered, bridged, calls, dialled, dialling, one_call
from tests.sip.flow import Leg, at
from xivolab.calls.leg import Leg as CallLeg
from xivolab.calls.places import Places
from xivolab.calls.told import TRANSFER_WITHIN_NS, attach_told
from xivolab.calls.transfer import Transfer
from xivolab.calls.tree import adopt
from xivolab.sip.session import Session


def test_a_b2bua_that_names_the_other_leg() -> None:
    stranger = dialled(BOB, "1007", "1005").invite(1, headers="X-Call-ID: caller")
    assert one_call(dialling("1002", user="1001").invite(0), stranger)["legs"] == ["caller", "callee"]


def test_an_invite_that_takes_a_leg_over() -> None:
    """Carol picks the call up: her phone sends INVITE with Replaces (RFC 3891)."""
    caller, callee = bridged()
    replaces = "Replaces: callee;to-tag=to;from-tag=from"
    pickup = dialling("1002", CAROL, "carol", "pickup").invite(5, headers=replaces).reply(5.1, 200)
    call = one_call(caller, callee, pickup)
    assert [(leg["call_id"], leg["role"]) for leg in call["leg_details"]] == [
        ("caller", "caller"),
        ("callee", "callee"),
        ("pickup", "transfer"),
    ]


def test_a_name_that_nobody_has_joins_nothing() -> None:
    one = dialling("1002", user="1001").invite(0, headers="X-Call-ID: nobody")
    assert len(calls(one, answered(dialling("1003", CAROL, "1003", "other"), 1, 2, 3))) == 2


def test_a_phone_dials_who_it_was_referred_to() -> None:
    """Without a PBX: bob sends alice on to carol, and alice calls her herself."""
    talk = answered(Leg(ALICE, BOB, "1001", "1002"), 0, 0.2, 2)
    talk.request(10, "REFER", by="callee", headers="Refer-To: <sip:1003@x>").reply(10.01, 202, "REFER", by="caller")
    talk.bye(10.5, by="callee")
    other = answered(Leg(ALICE, CAROL, "1001", "1004", call_id="other"), 10.1, 10.2, 11)
    onward = answered(Leg(ALICE, CAROL, "1001", "1003", call_id="onward"), 10.2, 10.3, 12).bye(20)
    transferred, apart = calls(talk, other, onward, hosts={})
    assert [leg["role"] for leg in transferred["leg_details"]] == ["caller", "transfer"]
    assert (transferred["callee"], transferred["end"], apart["legs"]) == ("1002", at(20) / 1e9, ["other"])


ENDS = ("10.0.0.1:5060", "10.0.0.2:5060", "10.0.0.9:5060", "10.0.0.9:5070", None)
places = st.sampled_from(ENDS)
seconds = st.integers(0, 12).map(lambda n: n * 1_000_000_000)
users = st.sampled_from(("1001", "1002", "1003"))


class NoHeaders:
    """An index in which no message names a parent."""

    def rows_with(self, field: int) -> frozenset[int]:
        return frozenset()


def made_leg(number: int, src: str | None, dst: str | None, start: int, callee: str) -> CallLeg:
    ends = frozenset({dst} - {None})
    named = frozenset({callee})
    session = Session([], None, -1, -1)
    names = dict.fromkeys(("from_user", "from_name", "asserted_user", "to_user", "status"))
    times = dict.fromkeys(("ringing_at", "answered_at", "end"))
    return CallLeg(
        **names, **times, call_id=str(number), session=session, src=src, dst=dst, end_places=ends, callers=named,
        callees=named, start=start, last=start, state="in-call", codecs=[],
    )  # fmt: skip


@given(
    st.lists(st.tuples(places, places, seconds, users), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), seconds, places, users), max_size=6),
)
def test_the_target_is_the_one_found_by_looking_at_every_leg(
    dialled: list[tuple[str | None, str | None, int, str]], referred: list[tuple[int, int, str | None, str]]
) -> None:
    where = Places(servers={"10.0.0.9"})
    legs, expected = ([made_leg(n, *one) for n, one in enumerate(dialled)] for _ in range(2))

    def transfers(of: list[CallLeg]) -> list[Transfer]:
        return [Transfer(of[n % len(of)], time, sender, user, None, True) for n, time, sender, user in referred]

    attach_told(NoHeaders(), legs, transfers(legs), where)  # type: ignore[arg-type]
    for transfer in transfers(expected):
        ends = {where.machine(transfer.leg.src), *map(where.machine, transfer.leg.end_places)}
        soon = [
            leg
            for leg in expected
            if leg.parent is None
            and where.machine(leg.src) in ends - {None, where.machine(transfer.sender)}
            and 0 <= leg.start - transfer.time <= TRANSFER_WITHIN_NS
        ]
        named = [leg for leg in soon if transfer.target in leg.callees]
        found = next(iter(named or [leg for leg in soon if where.is_server(leg.src)]), None)
        if found is not None:
            adopt(transfer.leg, found)
            found.role = "transfer"
    assert [(leg.role, leg.parent and leg.parent.call_id) for leg in legs] == [
        (leg.role, leg.parent and leg.parent.call_id) for leg in expected
    ]

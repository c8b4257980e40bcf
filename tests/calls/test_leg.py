"""What a leg knows of itself."""

from __future__ import annotations

from tests.calls.pbx import ALICE, BOB, PBX, answered
from tests.sip.flow import Leg as Flow
from tests.sip.flow import at, capture
from xivolab.calls.leg import Leg, make_leg, peer_call_id, replaced_call_id
from xivolab.sip.index import MessageIndex
from xivolab.sip.session import sessions


def leg_of(*flows: Flow) -> tuple[MessageIndex, Leg]:
    index = MessageIndex(capture(*flows))
    return index, make_leg(index, "a@test", sessions(index, range(len(index)))[0])


def test_its_ends_times_and_users() -> None:
    flow = answered(Flow(ALICE, PBX, "alice", "1002", name="Alice A"), 0, 1, 2).bye(9)
    _, leg = leg_of(flow)
    assert (leg.src, leg.dst, leg.end_places) == (f"{ALICE}:5060", f"{PBX}:5060", {f"{PBX}:5060"})
    assert (leg.start, leg.ringing_at, leg.answered_at, leg.end) == (at(0), at(1), at(2), at(9))
    assert (leg.from_user, leg.from_name, leg.to_user) == ("alice", "Alice A", "1002")
    assert (leg.callers, leg.callees) == ({"alice"}, {"1002"})
    assert (leg.alive_at(at(5)), leg.alive_at(at(10)), leg.waits_at(at(1)), leg.waits_at(at(3))) == (
        True,
        False,
        True,
        False,
    )


def test_the_identity_that_was_asserted() -> None:
    _, leg = leg_of(Flow(ALICE, PBX, "knax").invite(0, headers='P-Asserted-Identity: "A" <sip:+33199001001@pbx>'))
    assert (leg.asserted_user, leg.callers) == ("+33199001001", {"knax", "199001001"})


def test_it_ends_behind_the_proxies() -> None:
    via = "\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa"
    _, leg = leg_of(Flow(ALICE, "10.0.0.5").invite(0), Flow("10.0.0.5", BOB, via=via).invite(0.01))
    assert leg.end_places == {f"{BOB}:5060"}


def test_call_ids_it_names() -> None:
    index, leg = leg_of(Flow(ALICE, PBX).invite(0, headers="X-CID: other\nReplaces: third;to-tag=1;from-tag=2"))
    assert (peer_call_id(index, leg), replaced_call_id(index, leg)) == ("other", "third")


def test_begun_before_the_evidence() -> None:
    index, leg = leg_of(Flow(ALICE, PBX).bye(9))
    assert leg.partial
    assert (peer_call_id(index, leg), replaced_call_id(index, leg)) == (None, None)

"""What is worked out once for a flow is what each Call-ID that has it would have given by itself."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.sip.flow import Leg, capture
from xivolab.sip import RawMessages, analyse
from xivolab.sip.dialog import has_session
from xivolab.sip.flow import Flows
from xivolab.sip.index import MessageIndex
from xivolab.sip.offer_answer import codecs
from xivolab.sip.repeats import capture_duplicates
from xivolab.sip.session import sessions
from xivolab.sip.tables import SipTables


def call(number: int) -> Leg:
    """Two calls of even or odd numbers differ in what a flow leaves out only."""
    leg = Leg(f"10.0.0.{number}", "10.9.9.9", f"u{number}", f"2{number}", f"{number}@test", f"tag{number}")
    leg.cseq = {"caller": 7 * number, "callee": 90 + number}
    leg.invite(number).reply(number + 0.1, 100).reply(number + 0.2, 401).ack(number + 0.3)
    leg.invite(number + 0.4).reply(number + 1, 180).reply(number + 1, 183 if number % 2 else 180)
    return leg.reply(number + 2, 200).ack(number + 2.1).again(number + 2.102).bye(number + 9, "callee")


def test_calls_that_went_the_same_way_share_a_flow() -> None:
    raw = capture(*map(call, range(1, 7)))
    flows = Flows(MessageIndex(raw), capture_duplicates(MessageIndex(raw)))
    assert flows.ids.tolist() == [0, 1, 0, 1, 0, 1]


def fields(thing: Any) -> dict[str, Any]:
    names = type(thing).__dataclass_fields__
    return {n: getattr(thing, n) for n in names if n not in ("found", "codecs")}


@given(st.data())
def test_any_order_any_loss_any_doubling(data: st.DataObject) -> None:
    rows = [row for number in (1, 2, 3) for row in call(number).rows]
    picked = data.draw(st.lists(st.sampled_from(range(len(rows))), min_size=1, max_size=40))
    if data.draw(st.booleans()):  # under one Call-ID, as a B2BUA may have it
        rows = [{**row, "data": row["data"].replace(b"2@test", b"1@test")} for row in rows]
    raw = RawMessages.from_rows([rows[n] for n in picked])
    tables: SipTables = analyse(raw)
    index = tables.index
    for call_id, members in tables.groups.items():
        kept = [row for row in members if not tables.duplicate[row]]
        expected = sessions(index, kept) if has_session(index, members) else []
        found = tables.sessions.get(call_id, [])
        assert [fields(session) for session in found] == [fields(session) for session in expected]
        for one, other in zip(found, expected, strict=True):
            assert list(map(fields, one.transactions)) == list(map(fields, other.transactions))
            assert one.codecs == codecs(index, other.rows)


def test_a_call_id_alone_gives_the_same_row_as_among_others() -> None:
    legs = [call(number) for number in range(1, 7)]
    among = {row["id"]: row for row in analyse(capture(*legs)).dialogs.records()}
    for leg in legs:
        (alone,) = analyse(capture(leg)).dialogs.records()
        assert among[alone["id"]] == alone

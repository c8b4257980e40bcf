from __future__ import annotations

from tests.asterisk.cel.rows import event, events
from xivolab.asterisk.cel.event import CelEvent
from xivolab.asterisk.cel.groups import group
from xivolab.asterisk.cel.table import cel_table


def test_the_table_has_the_events_in_order_with_their_call() -> None:
    made = events(event(1, "ANSWER", 1, cid_num="1001"), event(0, "CHAN_START", 1), CelEvent(eventtype="HANGUP"))
    table = cel_table(made, group(made[:2]), ["a.csv"])
    assert table["eventtype"].tolist() == ["CHAN_START", "ANSWER", "HANGUP"]
    assert table["cid_num"].tolist() == [None, "1001", None]
    assert table["call"].tolist()[0] == table["call"].tolist()[1] is not None
    assert table.value("time", 2) is None
    assert len(set(table["id"].tolist())) == 3


def test_equal_events_have_different_ids() -> None:
    made = events(event(0, "APP_START", 1), event(0, "APP_START", 1))
    assert len(set(cel_table(made, [], ["a"])["id"].tolist())) == 2

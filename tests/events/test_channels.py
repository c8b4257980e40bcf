from __future__ import annotations

import xivolab
from tests.asterisk.cel.rows import ROOT, event, events
from xivolab.asterisk.cel.groups import group
from xivolab.events.channels import KINDS, channel_events
from xivolab.events.words import kind_in_words


def test_the_events_of_a_transferred_call() -> None:
    case = xivolab.open(ROOT / "sample_logs" / "blind-transfer" / "cel.csv")
    found = list(case.table("events").records())
    assert {row["source"] for row in found} == {"cel"}
    assert {row["call"] for row in found} == {case.call(0).id}
    assert [row["line"] for row in found if row["kind"] == "transfer"] == [8]
    (transfer,) = [row["text"] for row in found if row["kind"] == "transfer"]
    assert transfer == "PJSIP/bob-00000001 · PJSIP/alice-00000000 · 1003 · default"
    assert [row["kind"] for row in case.call(0).events] == [row["kind"] for row in found]


def test_rows_that_say_nothing_more_are_left_out() -> None:
    made = events(
        event(0, "CHAN_START", 1, cid_num="1001", exten="1002"),
        event(1, "DTMF", 1, extra='{"digit":"5","duration_ms":80}'),
        event(2, "XIVO_OUTCALL", 1, extra='{"extra":"x"}'),
        event(3, "CHAN_END", 1),
        event(3, "LINKEDID_END", 1),
    )
    found = list(channel_events(group(made), ["cel.csv"]))
    assert [one.kind for one in found] == ["channel-start", "dtmf", "user-event"]
    assert [one.text.split(" · ", 1)[1] for one in found] == ["1001 → 1002", "5", "XIVO_OUTCALL · x"]
    assert found[1].digit == "5"


def test_every_kind_has_a_french_word() -> None:
    assert [kind for kind in {*KINDS.values(), "user-event"} if kind_in_words(kind, "fr") == kind] == []

"""The service in the PBX: a call on the bench is in the journal a moment after it is over."""

from __future__ import annotations

from xivolab.bench.plant.bench import Bench
from xivolab.bench.plant.wait import until


def test_a_call_is_in_the_journal_when_it_is_over(bench: Bench) -> None:
    before = bench.sql("SELECT count(*) FROM call_log")[0][0]
    bench.sql(
        "INSERT INTO cel (eventtype, eventtime, cid_num, exten, channame, uniqueid, linkedid)"
        " VALUES ('CHAN_START', now(), '1001', '1002', 'PJSIP/a-1', '1.1', '1.1'),"
        " ('LINKEDID_END', now(), '1001', '1002', 'PJSIP/a-1', '1.1', '1.1')"
    )

    until(
        lambda: bench.sql("SELECT count(*) FROM call_log")[0][0] > before, 10, "no row of the journal", "call_log", ""
    )


def test_what_ended_while_it_was_stopped_is_written_when_it_starts(bench: Bench) -> None:
    bench.service("stop", "call_logd")
    try:
        bench.sql(
            "INSERT INTO cel (eventtype, eventtime, cid_num, exten, channame, uniqueid, linkedid)"
            " VALUES ('CHAN_START', now(), '1003', '1002', 'PJSIP/b-1', '2.1', '2.1'),"
            " ('LINKEDID_END', now(), '1003', '1002', 'PJSIP/b-1', '2.1', '2.1')"
        )
    finally:
        bench.service("start", "call_logd")

    row = "SELECT count(*) FROM call_log WHERE source_exten = '1003'"
    until(lambda: bench.sql(row)[0][0] == 1, 10, "no row of the journal", "call_log", "")

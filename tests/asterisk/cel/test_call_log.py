"""XiVO's journal made again: against the course's row, and rule by rule."""

from __future__ import annotations

from pathlib import Path

import pytest

import xivolab
from tests.asterisk.cel.rows import NOON, ROOT, event, events
from xivolab.asterisk.cel.call_log import journal_row, journal_rows, line_identity
from xivolab.asterisk.cel.call_log_words import RULES
from xivolab.asterisk.cel.event import CelEvent

COURSE = """ id  |   eventtype   |         eventtime          |  userdeftype  | cid_name | cid_num | cid_ani | cid_rdnis |       exten       |        context        |        channame         |     appname     |         appdata         |   uniqueid    |   linkedid    |          extra          | call_log_id
-----+---------------+----------------------------+---------------+----------+---------+---------+-----------+-------------------+-----------------------+-------------------------+-----------------+-------------------------+---------------+---------------+-------------------------+-------------
 805 | CHAN_START    | 2025-08-27 17:40:32.115447 |               | test2000 | 2000    |         |           | s                 | default               | PJSIP/btcvjtbq-0000000e |                 |                         | 1756309232.14 | 1756309232.14 |                         |          65
 806 | ANSWER        | 2025-08-27 17:40:32.392808 |               | test2000 | 2001    | 2001    |           | s                 | default               | PJSIP/btcvjtbq-0000000e | AppDial2        | (Outgoing Line)         | 1756309232.14 | 1756309232.14 |                         |          65
 807 | XIVO_USER_FWD | 2025-08-27 17:40:32.486424 | XIVO_USER_FWD | test2000 | 2001    | 2001    |           | forward_voicemail | user                  | PJSIP/btcvjtbq-0000000e | CELGenUserEvent | XIVO_USER_FWD, NUM:2001 | 1756309232.14 | 1756309232.14 | {"extra":" NUM:2001"}   |          65
 808 | XIVO_OUTCALL  | 2025-08-27 17:40:32.684574 | XIVO_OUTCALL  | test2000 | 2000    | 2001    | 2000      | dial              | outcall               | PJSIP/btcvjtbq-0000000e | CELGenUserEvent | XIVO_OUTCALL            | 1756309232.14 | 1756309232.14 | {"extra":""}            |          65
 809 | APP_START     | 2025-08-27 17:40:32.685026 |               | test2000 | 2000    | 2001    | 2000      | pjsip             | generic-outgoing-dial | PJSIP/btcvjtbq-0000000e | Dial            | PJSIP/123456@trunksip,, | 1756309232.14 | 1756309232.14 |                         |          65
 810 | HANGUP        | 2025-08-27 17:40:35.323859 |               | test2000 | 2000    | 2001    | 2000      | redial            | outcall               | PJSIP/btcvjtbq-0000000e | AppDial2        | (Outgoing Line)         | 1756309232.14 | 1756309232.14 | {"hangupcause":16}      |          65
 811 | CHAN_END      | 2025-08-27 17:40:35.323859 |               | test2000 | 2000    | 2001    | 2000      | redial            | outcall               | PJSIP/btcvjtbq-0000000e | AppDial2        | (Outgoing Line)         | 1756309232.14 | 1756309232.14 |                         |          65
 812 | LINKEDID_END  | 2025-08-27 17:40:35.323859 |               | test2000 | 2000    | 2001    | 2000      | redial            | outcall               | PJSIP/btcvjtbq-0000000e | AppDial2        | (Outgoing Line)         | 1756309232.14 | 1756309232.14 |                         |          65
(8 rows)

 id |            date            | source_name | source_exten | source_line_identity | destination_name | destination_exten | destination_line_identity | duration | user_field | answered
----+----------------------------+-------------+--------------+----------------------+------------------+-------------------+---------------------------+----------+------------+----------
 65 | 2025-08-27 17:40:32.115447 | test2000    | 2000         | pjsip/btcvjtbq       |                  | test2000          |                           | 00:00:00 |            | f
(1 row)
"""


def test_the_rows_of_the_course_give_its_row_65_field_for_field(tmp_path: Path) -> None:
    (tmp_path / "psql.txt").write_text(COURSE)
    table, rebuilt = sorted(
        xivolab.open(tmp_path / "psql.txt").table("journal").records(), key=lambda row: row["source"]
    )
    assert (table["source"], rebuilt["source"]) == ("call_log", "cel")
    told = ("id", "source", "why", "file", "line", "destination_name")
    assert {name: table[name] or None for name in table if name not in told} == {
        name: rebuilt[name] or None for name in rebuilt if name not in told
    }
    assert rebuilt["number"] == 65
    assert rebuilt["destination_exten"] == "test2000"
    assert [step["rule"] for step in rebuilt["why"] if step["field"] == "destination_exten"] == [
        "exten-s",
        "answer-name",
    ]
    assert [step["number"] for step in rebuilt["why"] if step["field"] == "destination_exten"] == [805, 806]


def rows(*made: CelEvent) -> list[object]:
    return [
        (row.source_exten, row.destination_exten, row.answered, row.duration_s) for row in journal_rows(events(*made))
    ]


def test_the_last_conversation_counts() -> None:
    made = [
        event(0, "CHAN_START", 1, cid_num="1001", exten="1002"),
        event(1, "BRIDGE_ENTER", 1),
        event(4, "BRIDGE_EXIT", 1),
        event(6, "BRIDGE_ENTER", 1),
        event(16, "BRIDGE_EXIT", 1),
    ]
    assert rows(*made) == [("1001", "1002", True, 10.0)]


def test_a_conversation_that_seems_to_end_before_it_began_is_none() -> None:
    made = [
        event(0, "CHAN_START", 1, cid_num="1001", exten="1002"),
        event(1, "BRIDGE_ENTER", 1),
        event(4, "BRIDGE_EXIT", 1),
        event(6, "BRIDGE_ENTER", 1),
    ]
    assert rows(*made) == [("1001", "1002", True, 0.0)]


def test_linked_ids_are_rows_of_their_own_and_xivo_tells_the_extension() -> None:
    made = [
        event(0, "CHAN_START", 1, cid_num="1001", exten="s"),
        event(1, "XIVO_FROM_S", 1, exten="1003"),
        event(2, "CHAN_START", 2, linked=2, cid_num="1004", exten="1005"),
    ]
    assert rows(*made) == [("1001", "1003", False, 0.0), ("1004", "1005", False, 0.0)]


def test_rows_that_xivo_refuses_say_why() -> None:
    (nobody,) = journal_rows(events(event(0, "CHAN_START", 1)))
    (half,) = journal_rows(events(event(0, "ANSWER", 1)))
    assert (nobody.refused, half.refused) == ("no-source", "no-date")


def test_a_call_that_the_pbx_began() -> None:
    local = ("Local/1002@default-00000001;1", "Local/1002@default-00000001;2")
    made = events(
        event(0, "CHAN_START", 1, channame=local[0]),
        event(0.1, "CHAN_START", 2, channame=local[1]),
        event(0.2, "ANSWER", 1, channame=local[0]),
        event(0.3, "CHAN_START", 3),
        event(2, "ANSWER", 2, channame=local[1], cid_num="1002"),
        event(2, "ANSWER", 3, cid_num="1001", cid_name="Alice"),
        event(3, "CHAN_START", 4),
        event(5, "ANSWER", 4, cid_num="1002", cid_name="Bob"),
        event(5, "BRIDGE_ENTER", 4),
        event(15, "BRIDGE_EXIT", 4),
    )
    row = journal_row(f"{NOON}.1", made)
    assert (row.source_name, row.source_exten, row.source_line_identity) == ("Alice", "1001", "pjsip/phone3")
    assert (row.destination_name, row.destination_exten, row.duration_s) == ("Bob", "1002", 10.0)
    why = row.why("destination_exten")
    assert why is not None
    assert why.rule == "originate-destination"


def test_every_step_has_words(tmp_path: Path) -> None:
    case = xivolab.open(*(path for path in ROOT.glob("sample_logs/*/cel.csv") if path.stat().st_size))
    rules = {step["rule"] for row in case.table("journal").records() for step in row["why"]}
    assert {"first-channel", "bridge-enter", "no-bridge", "second-channel"} <= rules <= RULES["en"].keys()


@pytest.mark.parametrize(
    ("channel", "line"),
    [
        ("PJSIP/btcvjtbq-0000000e", "pjsip/btcvjtbq"),
        ("SIP/Trunk-a-00000001", "sip/trunk-a"),
        ("Local/100@default-0000001;2", "local/100@default;2"),
    ],
)
def test_lines(channel: str, line: str) -> None:
    assert line_identity(channel) == line

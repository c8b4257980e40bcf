"""CSV and unaligned tables; psql itself is asked in test_psql.py."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.cel.psql_plain import read_pairs, read_separated


def test_a_row_that_fits_nothing_is_told_and_the_next_is_read() -> None:
    lines = ["id;eventtype;eventtime", "1;HANGUP", "2;ANSWER;2025-08-27 17:40:32", "(2 rows)"]
    found = read_separated(lines, 0)
    assert found is not None
    assert (found[0].rows, found[0].lines, found[0].broken) == ([["2", "ANSWER", "2025-08-27 17:40:32"]], [3], [2])
    assert found[1] == 3


def test_a_query_is_no_heading() -> None:
    assert read_separated(["select eventtype, eventtime from cel"], 0) is None
    assert read_separated(["eventtype eventtime"], 0) is None


def test_records_end_where_the_table_does() -> None:
    lines = ["id=1", "appdata=a", "b=c", "", "id=2", "appdata=x", "", "bye"]
    found = read_pairs(lines, 0)
    assert found is not None
    assert found[0].rows == [["1", "a\nb=c"], ["2", "x"]]
    assert found[1] == 6
    assert read_pairs(["id=1"], 0) is None


_TEXT = st.text(alphabet='id=;,~"\n 12eventtyp')


@given(_TEXT, st.sampled_from(";,~="))
def test_any_lines_give_whole_rows(text: str, sign: str) -> None:
    headed = [sign.join(("id", "eventtype", "appdata")), *text.split("\n")]
    paired = [f"id{sign}1", f"eventtype{sign}HANGUP", *text.split("\n")]
    for found in (read_separated(headed, 0), read_pairs(paired, 0)):
        if found is not None:
            assert all(len(row) == len(found[0].columns) for row in found[0].rows)
            assert 0 < found[1] <= max(len(headed), len(paired))

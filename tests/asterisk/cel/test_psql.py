from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import xivolab
from tests.asterisk.cel.rows import SAMPLES, hard_wrapped, word_wrapped
from tests.postgres import Cluster
from xivolab.asterisk.cel.psql import read_tables

SAMPLE = {folder.name: (folder / "cel.txt").read_text() for folder in SAMPLES}

COURSE = """o Il ne reste qu’à filtrer sur cet identifiant
 select * from cel where call_log_id = 65;
 id  |   eventtype   |         eventtime          |  cid_name | cid_num |       exten       |        context        |       ␠
channame         |     appname     |                appdata                | amaflags |   uniqueid   ␠
|   linkedid    |                                    extra                                    | call_log_id
-----+---------------+----------------------------+-----------+---------+-------------------+-----------------------
+-------------------------+-----------------+---------------------------------------+----------+--
-------------+---------------+-----------------------------------------------------------------------------+-------------
 805 | CHAN_START    | 2025-08-27 17:40:32.115447 | test2000  | 2000    | s                 | default              ␠
| PJSIP/btcvjtbq-0000000e |                 |                                       |        3 |␠
1756309232.14 | 1756309232.14 |                                                                             |          65
 806 | ANSWER        | 2025-08-27 17:40:32.392808 | test2000  | 2001    | s                 | default              ␠
| PJSIP/btcvjtbq-0000000e | AppDial2        | (Outgoing Line)                       |        3 |␠
1756309232.14 | 1756309232.14 |                                                                             |          65
 810 | HANGUP        | 2025-08-27 17:40:35.323859 | test2000  | 2000    | redial            | outcall              ␠
| PJSIP/btcvjtbq-0000000e | AppDial2        | (Outgoing Line)                       |        3 |␠
1756309232.14 | 1756309232.14 | {"hangupcause":16,"hangupsource":"PJSIP/btcvjtbq-0000000e","dialstatus":""} |          65
(3 rows)
Logs des services XiVO :␠
""".replace("␠", " ")

STYLES = (
    "",
    "-P border=0",
    "-P border=2",
    "-P linestyle=unicode",
    "-P linestyle=unicode -P border=2 -P unicode_header_linestyle=double",
    "-P null=(null)",
    "-P format=wrapped -P columns=120",
    "-P format=wrapped -P columns=70",
    "-P format=wrapped -P border=2 -P columns=100",
    "-P format=wrapped -P linestyle=unicode -P columns=100",
    "-x",
    "-x -P border=0",
    "-x -P border=2",
    "-x -P format=wrapped -P columns=60",
    "-A",
    "-A -x",
    *(f"-A -F {sign}" for sign in (";", "~", "#", "::", "\t")),
    *(f"-A -x -F {sign}" for sign in ("=", ";", "\t")),
    "--csv",
    "--csv -x",
    "--csv -P csv_fieldsep=;",
    "-H",
    "-H -x",
    "-H -P border=0",
    *(f"-P format=latex -P border={border}" for border in range(4)),
    "-x -P format=latex",
    "-P format=latex-longtable",
)


def rows(text: str) -> list[dict[str, str]]:
    return [row for table in read_tables(text) for _, row in table.dicts()]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("columns", ["id, eventtype, eventtime, cid_name, appdata, extra, call_log_id", "*"])
def test_every_style_of_psql_gives_the_same_rows(postgres: Cluster, style: str, columns: str) -> None:
    postgres.psql("DROP TABLE IF EXISTS printed")
    postgres.psql(
        "CREATE TABLE printed (id int, eventtype text, eventtime timestamp, cid_name text, appname text, appdata text,"
        " extra text, call_log_id int);"
        "INSERT INTO printed VALUES (805, 'CHAN_START', '2025-08-27 17:40:32.115447', 'te|st é漢字', '', '', null, 65),"
        "(806, 'APP_START', '2025-08-27 17:40:32.12', 'b', 'Dial', 'PJSIP/1@trunk,,b(xivo_header_mgr^set_headers^1)' ||"
        " E'\\nsecond', '{\"extra\":\" NUM:2001\"}', 65)"
    )
    found = rows(postgres.psql(f"SELECT {columns} FROM printed ORDER BY id", *style.split(" ") if style else ()))
    assert [row["id"] for row in found] == ["805", "806"]
    assert found[0]["cid_name"] == "te|st é漢字"
    assert (found[0]["extra"], found[0]["appdata"]) == ("", "")
    assert found[1]["appdata"] == "PJSIP/1@trunk,,b(xivo_header_mgr^set_headers^1)\nsecond"
    assert found[1]["extra"] == '{"extra":" NUM:2001"}'
    assert [row["eventtime"] for row in found] == ["2025-08-27 17:40:32.115447", "2025-08-27 17:40:32.12"]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_psql_is_recognised(postgres: Cluster, style: str, tmp_path: Path) -> None:
    query = (
        "SELECT 805 AS id, 'CHAN_START' AS eventtype, timestamp '2025-08-27 17:40:32.115447' AS eventtime, 'PJSIP/a-1' AS channame,"
        " '1756309232.14' AS uniqueid, '1756309232.14' AS linkedid"
    )
    (tmp_path / "paste.txt").write_text(postgres.psql(query, *style.split(" ") if style else ()))
    case = xivolab.open(tmp_path / "paste.txt")
    (event,) = case.table("cel").records()
    assert (event["eventtype"], event["channame"], event["time"]) == ("CHAN_START", "PJSIP/a-1", 1756309232.115447)
    assert not len(case.table("problems"))


@pytest.mark.parametrize("style", ["--csv", "-A -F ;", "-H", "-A -x -F =", "-P format=latex"])
def test_the_journal_in_other_styles(postgres: Cluster, style: str, tmp_path: Path) -> None:
    query = (
        "SELECT 65 AS id, timestamp '2025-08-27 17:40:32' AS date, 'Alice' AS source_name, '2000' AS source_exten,"
        " '2001' AS destination_exten, interval '7 s' AS duration, true AS answered"
    )
    (tmp_path / "paste.txt").write_text(postgres.psql(query, *style.split(" ")))
    (row,) = xivolab.open(tmp_path / "paste.txt", tz="Europe/Paris").table("journal").records()
    assert (row["number"], row["source_name"], row["destination_exten"]) == (65, "Alice", "2001")
    assert (row["duration_s"], row["answered"], row["date"]) == (7.0, True, 1756309232.0)


def test_a_table_broken_by_a_pdf() -> None:
    (table,) = read_tables(COURSE)
    found = [row for _, row in table.dicts()]
    assert [row["id"] for row in found] == ["805", "806", "810"]
    assert table.lines == [9, 12, 15]
    assert {row["call_log_id"] for row in found} == {"65"}
    assert found[1]["appdata"] == "(Outgoing Line)"
    assert found[2]["extra"] == '{"hangupcause":16,"hangupsource":"PJSIP/btcvjtbq-0000000e","dialstatus":""}'


@given(st.sampled_from(sorted(SAMPLE)), st.integers(40, 240), st.sampled_from(["terminal", "pdf", "mail"]))
def test_a_table_broken_anywhere_gives_the_same_rows(name: str, width: int, way: str) -> None:
    text = SAMPLE[name]
    broken = hard_wrapped(text, width) if way == "terminal" else word_wrapped(text, width, lost=way == "mail")
    assert rows(broken) == rows(text)


@given(st.sampled_from([name for name in sorted(SAMPLE) if "CHAN_START" in SAMPLE[name]]), st.data())
def test_a_line_that_is_lost_or_damaged_costs_no_other(name: str, data: st.DataObject) -> None:
    lines = SAMPLE[name].split("\n")
    whole = rows(SAMPLE[name])
    at = data.draw(st.integers(2, 1 + len(whole)))
    cut = data.draw(st.integers(0, len(lines[at])))
    damaged = [*lines[:at], lines[at][:cut], *lines[at + 1 :]]
    found = rows("\n".join(damaged))
    others = [row for n, row in enumerate(whole) if n != at - 2]
    assert [row for row in found if row in others] == others


@given(st.text(alphabet='|+-ab1 \n"{}.:', max_size=300))
def test_any_text_is_read(text: str) -> None:
    head = " id | eventtype | eventtime | uniqueid\n----+-----------+-----------+---------\n"
    for table in read_tables(head + text):
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_quoted_mail_and_a_heading_without_ruler() -> None:
    text = "> eventtype | eventtime | channame\n>\n> ANSWER | 2025-08-27 17:40:32 | SIP/a-1\n> HANGUP | 2025-08-27 17:40:33 | SIP/a-1\n"
    assert [row["eventtype"] for row in rows(text)] == ["ANSWER", "HANGUP"]


def test_tables_of_other_things_are_left_alone() -> None:
    assert read_tables(" name | size\n------+------\n a    | 1\n(1 row)\n") == []


def test_a_column_without_width_has_no_margin() -> None:
    """Found by fuzzing."""
    assert read_tables("appdata|call_log_id\n-----------+\neraccount |")[0].rows == [["eraccount", ""]]

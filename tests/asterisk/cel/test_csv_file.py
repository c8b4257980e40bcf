from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asterisk.cel.rows import SAMPLES
from xivolab.asterisk.cel.csv_file import SAMPLE_ORDER, read_csv, read_mappings

SAMPLE = next(folder / "cel.csv" for folder in SAMPLES if folder.name == "blind-transfer").read_text()
CELLS = list(csv.reader(io.StringIO(SAMPLE)))

CONF = """[general]
[mappings]
;Master.csv => ignored
Some.csv => ${CSV_QUOTE(${CHANNEL(linkedid)})},${CSV_QUOTE(${eventtype})},${eventtime},${CSV_QUOTE(${CALLERID(num)})},${CSV_QUOTE(${eventextra})}
Other.csv => ${CSV_QUOTE(${CDR(src)})}
"""


def written(order: Sequence[str], *, header: bool = False, delimiter: str = ",") -> str:
    """The sample with other columns."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    if header:
        writer.writerow(order)
    for row in CELLS:
        of = dict(zip(SAMPLE_ORDER, row, strict=True))
        writer.writerow([of.get(name, "x") for name in order])
    return out.getvalue()


def rows(text: str, mappings: Sequence[tuple[str, ...]] = ()) -> list[dict[str, str] | None]:
    return [row for _, row in read_csv(text, mappings)]


def test_the_order_of_the_sample() -> None:
    found = rows(SAMPLE)
    assert len(found) == 24
    assert found[0] == dict(zip(SAMPLE_ORDER, CELLS[0], strict=True))
    assert found[7]["extra"].startswith('{"extension":"1003"')  # type: ignore[index]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_an_export_with_a_header(delimiter: str) -> None:
    order = ("linkedid", "uniqueid", "eventtype", "eventtime", "extra")
    found = rows(written(order, header=True, delimiter=delimiter))
    assert len(found) == 24
    assert found[3] == {name: CELLS[3][SAMPLE_ORDER.index(name)] for name in order}


def test_a_mapping_tells_the_order() -> None:
    (order,) = read_mappings(CONF)
    assert order == ("linkedid", "eventtype", "eventtime", "cid_num", "extra")
    found = rows(written(order), [order])
    assert [row["cid_num"] for row in found if row] == [row[3] for row in CELLS]


def test_another_order_is_seen_from_the_cells() -> None:
    found = rows(written(("linkedid", "uniqueid", "channame", "eventtype", "eventtime", "extra")))
    assert [row["linkedid"] for row in found if row] == [row[15] for row in CELLS]
    assert {row["uniqueid"] for row in found if row} == {row[14] for row in CELLS}
    assert [row["eventtime"] for row in found if row] == [row[1] for row in CELLS]


@given(st.data())
def test_damage_costs_its_own_line(data: st.DataObject) -> None:
    lines = SAMPLE.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    cut = data.draw(st.integers(0, len(lines[at])))
    found = rows("\n".join([*lines[:at], lines[at][:cut], *lines[at + 1 :]]))
    others = [dict(zip(SAMPLE_ORDER, row, strict=True)) for n, row in enumerate(CELLS) if n != at]
    assert [row for row in found if row in others] == others


@given(st.text(alphabet='",\nCHAN_START1.', max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(row is None or isinstance(row, dict) for row in rows(text))


def test_a_line_that_is_no_row_is_told() -> None:
    found = list(read_csv(f"{SAMPLE}rubbish\n"))
    assert found[-1] == (25, None)

from __future__ import annotations

import pytest

from tests.bench.model.everything import everything
from xivolab.bench.model.presets import course, small
from xivolab.bench.store.objects import configuration
from xivolab.bench.store.rows import rows
from xivolab.bench.store.tables import RUNNING, TABLES


@pytest.mark.parametrize("make", [small, course, everything])
def test_the_tables_give_the_same_configuration_again(make: object) -> None:
    whole = make()  # type: ignore[operator]
    assert configuration(rows(whole)) == whole


def test_rows_have_the_columns_of_their_table_and_no_others() -> None:
    written = rows(everything())
    assert set(written) == set(TABLES) - set(RUNNING)
    for table, content in written.items():
        assert content, f"nothing in {table}"
        for row in content:
            assert set(row) <= set(TABLES[table]), table


def test_the_tables_look_as_a_xivos() -> None:
    written = rows(course())
    user = next(row for row in written["userfeatures"] if row["id"] == 167)
    assert (user["firstname"], user["uuid"], user["enablednd"]) == (
        "Debierre Portier",
        "e7fabee2-2736-4551-80c5-d75f88056758",
        0,
    )
    line = next(row for row in written["linefeatures"] if row["iduserfeatures"] == 167)
    assert (line["name"], line["number"], line["context"], line["protocol"]) == ("knax1wql", "70060", "default", "sip")
    assert {"exten": "70060", "context": "default", "type": "user", "typeval": "167"} in written["extensions"]
    assert {"exten": "*25", "context": "xivo-features", "type": "extenfeatures", "typeval": "enablednd"} in written[
        "extensions"
    ]
    action = next(row for row in written["dialaction"] if row["category"] == "incall" and row["categoryval"] == "1")
    assert (action["event"], action["action"], action["actionarg1"]) == ("answer", "user", "173")

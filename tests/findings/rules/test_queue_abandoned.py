"""Callers who give up waiting."""

from __future__ import annotations

from pathlib import Path

import xivolab

LOG = """1700000000|1700000000.1|support|NONE|ENTERQUEUE||0140000000|1
1700000042|1700000000.1|support|NONE|ABANDON|1|1|42
1700000050|1700000050.2|support|NONE|ENTERQUEUE||0140000001|1
1700000055|1700000050.2|support|Agent/1|CONNECT|5|1700000051.3|4
1700000090|1700000050.2|support|Agent/1|COMPLETECALLER|5|35|1
1700000100|1700000100.4|support|NONE|ENTERQUEUE||0140000002|1
1700000130|1700000100.4|support|NONE|EXITWITHTIMEOUT|1|1|30
"""


def test_who_gave_up_and_who_was_given_up(tmp_path: Path) -> None:
    (tmp_path / "queue_log").write_text(LOG)
    found = list(xivolab.open(tmp_path / "queue_log").table("findings").records())

    assert [(row["code"], row["severity"]) for row in found] == [
        ("queue-timeout", "warning"),
        ("queue-abandoned", "info"),
    ]
    assert found[1]["summary"] == "0140000000 hung up after waiting 42 s in the queue support."
    assert [row["evidence"][0]["line"] for row in found] == [6, 1]

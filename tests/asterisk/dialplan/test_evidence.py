"""The dialplan of a case."""

from __future__ import annotations

from pathlib import Path

import xivolab
from xivolab.asterisk.dialplan import who_takes
from xivolab.asterisk.dialplan.evidence import match_table


def test_files_and_output_together(tmp_path: Path) -> None:
    """What the server shows stands in place of what the file says."""
    (tmp_path / "extensions.conf").write_text("[a]\nexten => 1,1,Old()\n[b]\nexten => 1,1,B()\n")
    (tmp_path / "paste.txt").write_bytes(
        b"[ Context 'a' created by 'pbx_config' ]\n  '1' =>  1. New(\xe9)   [a.conf:2]\n"
    )
    plan = xivolab.open(tmp_path).dialplan

    assert str(who_takes(plan, "a", "1")[0].step) == "New(é)"
    assert str(who_takes(plan, "b", "1")[0].step) == "B()"


def test_matches_as_a_table(tmp_path: Path) -> None:
    file = tmp_path / "extensions.conf"
    file.write_text("[a]\nexten => 1,1,B(x)\nswitch => Realtime/@x\n")
    table = match_table(who_takes(xivolab.open(file).dialplan, "a", "1"))

    assert [(row["order"], row["why"], row["exten"], row["switch"]) for row in table.records()] == [
        (1, "taken", "1", None),
        (2, "switch", None, "Realtime/@x"),
    ]
    assert table.value("place", 0) == "extensions.conf:2"

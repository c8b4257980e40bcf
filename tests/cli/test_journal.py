from __future__ import annotations

import json
from pathlib import Path

from tests.asterisk.cel.test_call_log import COURSE
from tests.terminal import Run


def course(folder: Path) -> str:
    (folder / "psql.txt").write_text(COURSE)
    return str(folder / "psql.txt")


def test_the_journal_and_why_it_says_so(run: Run, tmp_path: Path) -> None:
    ran = run("journal", course(tmp_path), "--why", "--sql", "--tz", "Europe/Paris")
    assert ran.status == 0
    assert "destination_exten = test2000: nothing was known to be dialled" in ran.out
    assert "select * from call_log where date between '2025-08-27 17:40:31' and '2025-08-27 17:40:33';" in ran.out
    assert "select * from cel where call_log_id = 65 order by eventtime, id;" in ran.out
    assert "XiVO prend le nom" in run("journal", course(tmp_path), "--why", "--lang", "fr").out


def test_a_call_by_approximate_time_and_number(run: Run, tmp_path: Path) -> None:
    words = ["journal", course(tmp_path), "--tz", "Europe/Paris", "--json", "--around"]
    assert len(json.loads(run(*words, "2025-08-27T17:42", "--number", "2000").out)) == 2
    assert json.loads(run(*words, "2025-08-27T18:42", "--number", "2000").out) == []
    assert json.loads(run(*words, "2025-08-27T17:42", "--number", "3000").out) == []


def test_a_time_and_limits_do_not_go_together(run: Run, tmp_path: Path) -> None:
    ran = run("journal", course(tmp_path), "--around", "17:40", "--since", "17:00")
    assert ran.status == 2
    assert "leave --since" in ran.err

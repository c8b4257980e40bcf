"""What `status` says."""

from __future__ import annotations

import json

from xivolab.bench.plant import report
from xivolab.bench.plant.bench import Bench


def test_the_table_fits_a_terminal_and_names_versions(bench: Bench) -> None:
    lines = report.as_text(bench).splitlines()

    assert max(map(len, lines)) <= 80
    assert "Debian sid" in lines[0]
    assert "Asterisk 22." in lines[0]


def test_json_has_the_same(bench: Bench) -> None:
    told = json.loads(report.as_json(bench))

    assert told["bench"] == bench.name
    assert told["asterisk"].startswith(told["asterisk_pinned"])
    assert {one["part"] for one in told["health"]} == {"db", "mail", "pbx", "phones", "operator", "router"}

"""The commands as they are typed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.terminal import Run
from xivolab.bench.plant.bench import Bench


def test_status_of_a_bench_that_is_not_up_says_what_to_do(run: Run) -> None:
    ran = run("pbx", "status", "--bench", "nobody")

    assert ran.status == 2
    assert "xivolab pbx up --bench nobody" in ran.err


def test_status_is_a_table(run: Run, bench: Bench) -> None:
    ran = run("pbx", "status", "--bench", bench.name)

    assert ran.status == 0
    assert "Asterisk 22." in ran.out


def test_exec_gives_the_status_of_the_command(run: Run, bench: Bench) -> None:
    ran = run("pbx", "exec", "--bench", bench.name, "false")

    assert ran.status == 1


def test_apply_tells_what_differs_and_what_the_database_says(run: Run, bench: Bench) -> None:
    assert run("pbx", "apply", "--check", "--bench", bench.name).out == "what runs is what the database says\n"
    assert "firstname: Alice" in run("pbx", "apply", "--show", "--bench", bench.name).out


def test_a_configuration_with_mistakes_changes_nothing(run: Run, bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "pbx.yaml").write_text(
        "users:\n  - firstname: Alice\n    ringseconds: 1\n    lines: [{number: 1001}]\n"
    )

    ran = run("pbx", "apply", str(tmp_path / "pbx.yaml"), "--bench", bench.name)

    assert ran.status == 2
    assert "ringseconds" in ran.err
    assert bench.difference() == []


def test_a_configuration_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    ran = run("pbx", "apply", str(tmp_path / "none.yaml"), "--bench", "nobody")

    assert ran.status == 2
    assert "none.yaml" in ran.err


def test_a_part_is_captured_and_shown(run: Run, bench: Bench, tmp_path: Path) -> None:
    if os.geteuid() or not shutil.which("dumpcap"):
        pytest.skip("capturing needs root and dumpcap")
    call = bench.phone("1001").call("1002")
    try:
        where = tmp_path / "at the pbx.pcapng"
        ran = run("pbx", "capture", "--bench", bench.name, "--for", "4", "--jsonl", "-o", str(where), "--filter", "udp")
    finally:
        call.hang_up()
    assert ran.status == 0
    assert ran.out.splitlines()[0].startswith('{"header": "call"')
    assert where.stat().st_size > 0

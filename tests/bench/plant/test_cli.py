"""The commands as they are typed."""

from __future__ import annotations

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

"""The command `xivolab pbx impair`, on a real bench."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal import Run
from xivolab.bench.impair import FAULTS, Scene
from xivolab.bench.impair.catalogue import draw


def test_what_can_be_wrong_is_listed(run: Run) -> None:
    ran = run("pbx", "impair", "--list")

    assert [line.split()[0] for line in ran.out.splitlines()] == list(FAULTS)


def test_nothing_asked_for_is_told(run: Run) -> None:
    ran = run("pbx", "impair")

    assert ran.status == 2
    assert "nothing is asked for; name a fault (--list)" in ran.err


@pytest.mark.slow
def test_a_sealed_fault_is_told_by_nothing_until_it_is_taken_out(scene: Scene, run: Run) -> None:
    # A seed whose lot is a quick one.
    seed = next(str(number) for number in range(10_000) if draw(str(number)).name == "line-context")
    bench = ("--bench", scene.bench.name)

    put = run("pbx", "impair", "--sealed", seed, *bench)
    assert (put.status, put.out) == (0, "a fault is in, and it shows\n")
    kept = "".join(path.read_text() for path in Path(scene.bench.state.folder).glob("*.json"))
    shown = scene.engine.call("ps", "--all", "--no-trunc") + run("pbx", "status", *bench).out
    for text in (put.err, kept, shown, run("pbx", "impair", "--check", *bench).out):
        assert not any(name in text for name in FAULTS if "-" in name)
    assert run("pbx", "impair", "--check", "--sealed", seed, *bench).out == "the fault still shows\n"
    assert run("pbx", "impair", "--revert", "--sealed", seed, *bench).out == "line-context: taken out\n"
    assert run("pbx", "impair", "--check", *bench).out == "no fault is in\n"

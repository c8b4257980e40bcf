"""Waiting for an answer."""

from __future__ import annotations

import pytest

from xivolab.bench.plant.wait import until
from xivolab.errors import LabError


def test_the_first_true_answer_is_given() -> None:
    answers = iter([None, "", "up"])

    assert until(lambda: next(answers), 5, "not up", "pbx", "look") == "up"


def test_the_last_reason_is_told_when_the_time_is_up() -> None:
    def ask() -> str:
        raise LabError("no such container", "podman exec")

    with pytest.raises(LabError, match=r"pbx: not up within 0 s \(no such container\); look"):
        until(ask, 0, "not up", "pbx", "look")

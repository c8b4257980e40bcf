"""Where to listen at the PBX of a bench."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from xivolab.bench import tap
from xivolab.errors import LabError


def test_the_network_of_the_pbx_is_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    engine = SimpleNamespace(pid=lambda name: asked.append(name) or 4711)
    monkeypatch.setattr(tap, "detect", lambda: engine)
    assert tap.tap() == ("eth0", ["nsenter", "--net", "--target", "4711"])
    assert asked == ["xivolab-bench-pbx"]


def test_without_a_pbx_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def pid(name: str) -> int:
        raise LabError("no such container", name, "")

    monkeypatch.setattr(tap, "detect", lambda: SimpleNamespace(pid=pid))
    with pytest.raises(LabError, match=r"no PBX is running; start one: `xivolab pbx record"):
        tap.tap()

"""Where to listen at the PBX of a bench."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from xivolab.bench import tap
from xivolab.errors import LabError


def running(*names: str) -> SimpleNamespace:
    """An engine on which these containers run."""

    def pid(name: str) -> int:
        if name not in names:
            raise LabError("no such container", name, "")
        return 4711

    return SimpleNamespace(pid=pid)


@pytest.mark.parametrize(
    ("container", "interface"), [("xivolab-class-pbx", "any"), ("xivolab-bench-pbx", "eth0")], ids=["bench", "recorder"]
)
def test_the_network_of_the_pbx_is_entered(container: str, interface: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIVOLAB_BENCH", "class")
    monkeypatch.setattr(tap, "detect", lambda: running(container))

    assert tap.tap() == (interface, ["nsenter", "--net", "--target", "4711"])


def test_a_container_that_was_stopped_is_not_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tap, "detect", lambda: SimpleNamespace(pid=lambda name: 0))

    with pytest.raises(LabError, match="does not run"):
        tap.enter("xivolab-class-pbx")


def test_without_a_pbx_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tap, "detect", running)

    with pytest.raises(LabError, match=r"no PBX is running; start one: `xivolab pbx up`"):
        tap.tap()

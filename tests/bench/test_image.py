"""When the images are built, and from what."""

from __future__ import annotations

from pathlib import Path

import pytest

from xivolab.bench import image
from xivolab.bench.engine import Engine
from xivolab.errors import LabError, MissingToolError


class MadeEngine(Engine):
    """An engine that has some images and reaches a registry or not; it notes what it is asked."""

    def __init__(self, *images: str, registry: bool = True) -> None:
        self.command = ["podman"]
        self.images = set(images)
        self.registry = registry
        self.asked: list[str] = []

    def call(self, *arguments: str, timeout: float = 300) -> str:
        self.asked.append(arguments[0])
        if arguments[0] == "images":
            return "1234" if arguments[2] in self.images else ""
        if arguments[0] == "pull" and not self.registry:
            raise LabError("no route to host")
        return ""


def test_an_image_of_these_sources_is_used_as_it_is() -> None:
    first = MadeEngine()
    tag = f"localhost/xivolab-pbx:{image._fingerprint()}"

    assert image.ensure(MadeEngine(tag), "pbx") == tag
    assert first.asked == []


def test_a_changed_configuration_is_another_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    monkeypatch.setattr(image, "source", lambda: tmp_path)
    before = image._fingerprint()

    (tmp_path / "extensions.conf").write_text("[default]\n")

    assert image._fingerprint() != before


def test_the_base_is_pulled_where_a_registry_is_reached() -> None:
    assert image.base(MadeEngine(), print) == "docker.io/library/debian:sid"


def test_the_base_is_made_where_no_registry_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(image, "_debootstrap", lambda engine, tag, suite: made.append(tag))

    assert image.base(MadeEngine(registry=False), print) == "localhost/xivolab-debian:sid"
    assert made == ["localhost/xivolab-debian:sid"]


def test_without_registry_and_debootstrap_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(MissingToolError, match="apt-get install debootstrap"):
        image.base(MadeEngine(registry=False), print)

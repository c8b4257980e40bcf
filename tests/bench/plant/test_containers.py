"""Containers made of parts: the words for the engine, and what is done with what is found."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from xivolab.bench.engine import Engine
from xivolab.bench.plant import containers
from xivolab.bench.plant.parts import Part, parts
from xivolab.bench.plant.state import State
from xivolab.bench.plant.subnets import choose
from xivolab.errors import LabError

STATE = State("class", choose("class", []))
PARTS = parts(STATE)
PBX = next(part for part in PARTS if part.name == "pbx")
MARK = containers.fingerprint(PBX, "image", PARTS)


class Told(Engine):
    """An engine that tells of one container, and notes what it is asked to do."""

    def __init__(self, mark: str | None, running: bool = False) -> None:
        self.command = ["docker"]
        self.bench = "class"
        self.mark, self.running = mark, running
        self.done: list[str] = []

    def call(self, *arguments: str, timeout: float = 300) -> str:
        if arguments[0] == "inspect":
            if self.mark is None:
                raise LabError("no such container")
            state = {"Running": self.running, "Pid": 0, "StartedAt": ""}
            return json.dumps([{"State": state, "Config": {"Labels": {containers.MARK: self.mark}, "Image": "image"}}])
        self.done.append(arguments[0])
        return ""


@pytest.mark.parametrize(
    ("engine", "done"),
    [
        (Told(None), ["create", "network", "start"]),
        (Told(MARK, running=True), []),
        (Told(MARK), ["rm", "create", "network", "start"]),
        (Told("other", running=True), ["rm", "create", "network", "start"]),
    ],
    ids=["none", "runs", "stopped", "of-another-make"],
)
def test_only_what_is_missing_is_done(engine: Told, done: Sequence[str]) -> None:
    assert containers.ensure(engine, PBX, "image", PARTS) == bool(done)
    assert engine.done == done


@pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
def test_no_more_rights_than_needed(part: Part) -> None:
    words = containers.options("class", part, PARTS)

    assert "no-new-privileges" in words
    assert words[words.index("--cap-drop") + 1] == "ALL"
    assert "--read-only" in words
    assert not {"--privileged", "--publish", "-p", "--network=host"} & set(words)

"""Which phones stand on which desks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from xivolab.bench.model import presets
from xivolab.bench.plant.bench import Bench
from xivolab.bench.plant.people import desks
from xivolab.bench.plant.state import State

BENCH = cast(
    Bench,
    SimpleNamespace(state=State("class", {"lan": "10.80.0.0/24"}), address=lambda part: "10.80.0.10"),
)


def test_the_first_lines_get_a_phone_each() -> None:
    configuration = presets.small()

    found = list(desks(BENCH, configuration, 2))

    assert [(number, where) for number, where, _ in found] == [("1001", "10.80.0.101"), ("1002", "10.80.0.102")]
    assert [account.line for *_, account in found] == [user.lines[0].name for user in configuration.users[:2]]
    assert {account.registrar for *_, account in found} == {"10.80.0.10"}


def test_a_line_for_a_browser_gets_none() -> None:
    data: dict[str, Any] = presets.small().model_dump()
    data["users"][0]["lines"][0]["kind"] = "webrtc"
    configuration = type(presets.small()).of(data)

    assert [number for number, *_ in desks(BENCH, configuration, 2)] == ["1002", "1003"]


def test_a_line_over_tcp_gets_a_phone_over_tcp() -> None:
    data: dict[str, Any] = presets.small().model_dump()
    data["users"][0]["lines"][0]["options"]["transport"] = "tcp"

    first = next(desks(BENCH, type(presets.small()).of(data), 1))

    assert first[2].transport == "tcp"

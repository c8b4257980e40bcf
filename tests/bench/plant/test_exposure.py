"""A bench that is shown to a room: here the room is the loopback."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest

from tests.terminal import Run
from xivolab.bench.plant import exposure
from xivolab.bench.plant.bench import Bench
from xivolab.bench.plant.wait import until
from xivolab.errors import LabError, UsageError

PORT = 25060


@pytest.fixture
def room(bench: Bench) -> Iterator[Bench]:
    """The bench with two phones of its own, open for a minute."""
    bench.up(phones=2)
    exposure.expose(bench, "127.0.0.1", 60, PORT)
    yield bench
    exposure.close(bench)
    bench.up(phones=6)


@pytest.mark.parametrize("text", ["8.8.8.8", "0.0.0.0", "224.0.0.1", "xivo", "::1", ""])
def test_only_private_addresses_are_exposed(text: str) -> None:
    with pytest.raises(UsageError, match="--expose"):
        exposure.private(text)


@pytest.mark.parametrize(("text", "seconds"), [("4h", 14400), ("90m", 5400), ("0.5h", 1800), ("30s", 30)])
def test_how_long(text: str, seconds: float) -> None:
    assert exposure.seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["4", "25h", "0h", "-1h", "four hours"])
def test_no_longer_than_a_day(text: str) -> None:
    with pytest.raises(UsageError, match="--for"):
        exposure.seconds_of(text)


def test_the_sheet_has_the_lines_without_a_phone(room: Bench) -> None:
    sheets = list(exposure.sheets(room))

    assert [one.number for one in sheets] == ["1003", "1004", "1005", "1006"]
    assert len({one.password for one in sheets}) == 4
    assert {one.server for one in sheets} == {f"127.0.0.1:{PORT}"}


def test_the_door_shuts_when_it_is_told_to_and_when_the_time_is_up(room: Bench) -> None:
    exposure.expose(room, "127.0.0.1", 2, PORT)
    assert exposure.told(room.state.exposed).startswith(f"127.0.0.1:{PORT} until ")  # type: ignore[union-attr]

    until(lambda: exposure.told(room.state.exposed) is None, 10, "it is still open", "exposure", "")

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", PORT))
    exposure.expose(room, "127.0.0.1", 60, PORT)
    exposure.close(room)
    assert exposure.told(room.state.exposed) is None


def test_a_port_that_is_taken_is_told(room: Bench) -> None:
    exposure.close(room)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", PORT + 1))
        with pytest.raises(LabError, match="cannot be opened"):
            exposure.expose(room, "127.0.0.1", 60, PORT + 1)


def test_a_public_address_is_refused_before_anything_starts(run: Run) -> None:
    ran = run("pbx", "up", "--bench", "nobody", "--expose", "8.8.8.8")

    assert ran.status == 2
    assert "never to the internet" in re.sub(r"\s+", " ", ran.err)


def test_nothing_is_open_unless_it_was_asked_for(bench: Bench) -> None:
    assert exposure.told(bench.state.exposed) is None

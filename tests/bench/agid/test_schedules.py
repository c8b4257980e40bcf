from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.bench.agid.conftest import World
from xivolab.bench.agid.schedules import Period, decide
from xivolab.bench.model.presets import small

OFFICE = [Period("08:00-12:00", "1-5"), Period("13:30-17:00", "1-5")]
HOLIDAY = [Period("00:00-24:00", monthdays="14", months="7", action=("sound", "ferie", ""))]
FALLBACK = ("voicemail", "1", "")


def is_open(text: str, zone: str = "Europe/Paris") -> bool:
    return decide(datetime.fromisoformat(text), zone, OFFICE, HOLIDAY, FALLBACK)[0]


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("2026-07-13T06:00:00+00:00", True),  # a Monday, 08:00 in Paris
        ("2026-07-13T05:59:59+00:00", False),
        ("2026-07-13T09:59:59+00:00", True),
        ("2026-07-13T10:00:00+00:00", False),
        ("2026-07-12T08:00:00+00:00", False),  # a Sunday
        ("2026-01-12T07:00:00+00:00", True),  # in winter 08:00 is another hour of UTC
        ("2026-01-12T06:30:00+00:00", False),
        ("2026-07-14T08:00:00+00:00", False),  # closed: 14 July
    ],
)
def test_open_in_its_own_zone(text: str, opened: bool) -> None:
    assert is_open(text) is opened


def test_the_same_moment_is_another_hour_elsewhere() -> None:
    assert not is_open("2026-07-13T06:00:00+00:00", "Pacific/Noumea")
    assert is_open("2026-07-12T21:00:00+00:00", "Pacific/Noumea")


def test_where_calls_go_while_it_is_closed() -> None:
    at = datetime(2026, 7, 14, 8, tzinfo=UTC)
    assert decide(at, "Europe/Paris", OFFICE, HOLIDAY, FALLBACK) == (False, ("sound", "ferie", ""))
    assert decide(datetime(2026, 7, 13, 3, tzinfo=UTC), "Europe/Paris", OFFICE, HOLIDAY, FALLBACK) == (False, FALLBACK)


@pytest.mark.parametrize(("opened", "status"), [("00:00-24:00", "opened"), ("00:00-00:01", "closed")])
def test_a_call_asks_for_the_schedule_of_what_it_goes_to(world: World, opened: str, status: str) -> None:
    # The day is chosen so that it is never now, or always.
    never = {"monthdays": "31", "months": "2"} if status == "closed" else {}
    schedule = {"name": "bureau", "opened": [{"hours": opened, **never}], "fallback": "user:1003"}
    plain = small().model_dump()
    plain["schedules"] = [schedule]
    plain["users"][0]["schedule"] = "bureau"
    configuration = type(small()).of(plain)
    channel = world(configuration)(XIVO_PATH="user", XIVO_PATH_ID=1).agi("check_schedule")
    assert channel["XIVO_SCHEDULE_STATUS"] == status
    if status == "closed":
        assert (channel["XIVO_FWD_SCHEDULE_OUT_ACTION"], channel["XIVO_FWD_SCHEDULE_OUT_ACTIONARG1"]) == ("user", "3")
    assert channel.agi("check_schedule")["XIVO_SCHEDULE_STATUS"] == "opened", "asked for once"

from __future__ import annotations

from typing import Any

import pytest

from tests.bench.agid.conftest import World
from xivolab.bench.agid.queues import diverted
from xivolab.bench.model import Configuration
from xivolab.bench.model.presets import small


@pytest.mark.parametrize(
    ("ratio", "waiting", "logged", "diverts"),
    [
        (100, 0, 1, False),  # the first caller is 100 % of one agent
        (100, 1, 1, True),
        (100, 1, 2, False),
        (99, 0, 1, True),  # below 100 %, one agent is never given a call
        (150, 2, 2, False),
        (150, 3, 2, True),
        (100, 5, 0, False),
        (None, 5, 1, False),
    ],
)
def test_callers_waiting_for_each_agent(ratio: int | None, waiting: int, logged: int, diverts: bool) -> None:
    assert bool(diverted({"waittime": None, "waitratio": ratio}, waiting, logged, 0)) is diverts


def test_the_estimated_wait_counts_where_somebody_waits() -> None:
    row = {"waittime": 30, "waitratio": None}
    assert diverted(row, 1, 1, 30)[0][0] == "DIVERT_HOLDTIME"
    assert diverted(row, 1, 1, 29) == diverted(row, 0, 1, 99) == []


def with_queue(**fields: Any) -> Configuration:
    plain = small().model_dump()
    plain["queues"][0] |= fields
    return Configuration.of(plain)


def test_a_queue_and_where_its_calls_go_on(world: World) -> None:
    configuration = with_queue(noanswer="user:1003", busy="hangup", transfer_user=True, hitting_caller=True, timeout=20)
    channel = world(configuration)(XIVO_DSTID=1).agi("incoming_queue_set_features")
    assert (channel["XIVO_QUEUENAME"], channel["XIVO_QUEUETIMEOUT"], channel["XIVO_QUEUEOPTIONS"]) == (
        "support",
        "20",
        "tH",
    )
    assert (channel["XIVO_FWD_QUEUE_NOANSWER_ACTION"], channel["XIVO_FWD_QUEUE_NOANSWER_ACTIONARG1"]) == ("user", "3")
    assert channel["XIVO_QUEUENEEDANSWER"] == "1"


def test_without_music_a_group_rings_and_has_not_answered(world: World) -> None:
    channel = world(small())(XIVO_DSTID=1).agi("incoming_group_set_features")
    assert (channel["XIVO_GROUPNAME"], channel["XIVO_GROUPOPTIONS"], channel["XIVO_GROUPNEEDANSWER"]) == (
        "accueil",
        "r",
        "",
    )
    assert channel["XIVO_GROUPTIMEOUT"] == "30"


def test_a_diversion_leads_where_the_queue_says(world: World) -> None:
    configuration = with_queue(waitratio=100, waitratio_destination="group:accueil")
    counts: dict[str, Any] = {"QUEUE_WAITING_COUNT(support)": 2, "QUEUE_MEMBER(support,logged)": 1, "QUEUEHOLDTIME": 5}
    channel = world(configuration)(XIVO_DSTID=1, **counts).agi("check_diversion")
    assert (channel["XIVO_DIVERT_EVENT"], channel["XIVO_FWD_TYPE"]) == ("DIVERT_CA_RATIO", "QUEUE_QWAITRATIO")
    assert channel["XIVO_FWD_QUEUE_QWAITRATIO_ACTION"] == "group"

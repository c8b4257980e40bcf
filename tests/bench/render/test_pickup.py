from __future__ import annotations

from xivolab.bench.model.presets import small
from xivolab.bench.render.pickup import named_groups


def test_who_picks_up_and_who_is_picked_up_differ() -> None:
    pickup = {"id": 7, "name": "bureau", "pickers": ["1001"], "picked_groups": ["accueil"]}
    configuration = small().copy_checked(pickups=[pickup])
    found = {line.number: named_groups(configuration, line) for _, line in configuration.lines()}
    assert found["1001"] == ("pickup7", "pickup7")
    assert found["1002"] == ("pickup7", "")
    assert found["1005"] == ("", "")

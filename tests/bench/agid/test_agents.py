from __future__ import annotations

from tests.bench.agid.conftest import World
from xivolab.bench.model.presets import small


def test_an_agent_logs_in_at_the_telephone_that_calls(world: World) -> None:
    configuration = small()
    names = [line.name for _, line in configuration.lines()]
    call = world(configuration)
    channel = call(XIVO_USERID=3, XIVO_BASE_CONTEXT="default").agi("agent_get_options", "1002")
    told = [
        channel[f"XIVO_AGENT{name}"] for name in ("EXISTS", "ID", "STATUS", "INTERFACE", "QUEUE0", "PENALTY0", "QUEUE1")
    ]
    assert told == ["1", "1", "logged_out", f"PJSIP/{names[2]}", "support", "0", ""]
    channel.agi("agent_login", "1")
    elsewhere = call(XIVO_USERID=4).agi("agent_get_options", "1002")
    assert (elsewhere["XIVO_AGENTSTATUS"], elsewhere["XIVO_AGENTINTERFACE"]) == ("logged_in", f"PJSIP/{names[2]}")
    assert [call().agi("agent_pause", "1002")["XIVO_AGENTPAUSED"] for _ in range(2)] == ["1", "0"]
    call(XIVO_USERID=4).agi("agent_logoff", "1002")
    assert call(XIVO_USERID=4).agi("agent_get_options", "1002")["XIVO_AGENTSTATUS"] == "logged_out"


def test_who_does_not_exist_does_not(world: World) -> None:
    assert world(small())().agi("agent_get_options", "77")["XIVO_AGENTEXISTS"] == "0"

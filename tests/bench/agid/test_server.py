from __future__ import annotations

import socket
import threading

import pytest

from tests.bench.agid.conftest import World
from tests.bench.agid.console import Channel
from xivolab.bench.agid.handlers import HANDLERS
from xivolab.bench.agid.server import Server
from xivolab.bench.model.presets import course


def test_a_step_that_goes_well_says_so(world: World) -> None:
    channel = world(course())(XIVO_DSTID=167, XIVO_USERID=170).agi("incoming_user_set_features")
    assert channel.log == ["AGI handler 'incoming_user_set_features' successfully executed"]
    assert channel.place == {}


@pytest.mark.parametrize(
    ("handler", "variables", "told"),
    [
        ("no_such_step", {}, "Unknown AGI handler 'no_such_step'"),
        (
            "incoming_user_set_features",
            {"XIVO_DSTID": 9},
            "AGI handler 'incoming_user_set_features' failed: there is no user 9",
        ),
        ("incoming_user_set_features", {}, "AGI handler 'incoming_user_set_features' failed: '' is no id"),
    ],
)
def test_a_step_that_fails_sends_the_call_to_agi_fail(
    world: World, handler: str, variables: dict[str, object], told: str
) -> None:
    channel = world(course())(**variables).agi(handler)
    assert channel.log == [told]
    assert channel.place == {"CONTEXT": "agi_fail", "EXTENSION": "s", "PRIORITY": "1"}


def test_without_a_database_the_call_ends_at_agi_fail() -> None:
    channel = Channel("host=/nowhere dbname=asterisk", XIVO_DSTID=1).agi("incoming_user_set_features")
    assert channel.log[0].startswith("AGI handler 'incoming_user_set_features' failed: ")
    assert channel.place["CONTEXT"] == "agi_fail"


def test_the_service_listens_and_bears_nonsense() -> None:
    with Server("host=/nowhere", port=0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            for nonsense in (b"", b"\xff\xfe\n\n", b"agi_network_script: x\n\n200\n"):
                with socket.create_connection(server.server_address[:2], timeout=5) as client:  # type: ignore[arg-type]
                    client.sendall(nonsense)
                    client.shutdown(socket.SHUT_WR)
                    while client.recv(1000):
                        pass
            with socket.create_connection(server.server_address[:2], timeout=5) as client:  # type: ignore[arg-type]
                client.sendall(b"agi_network_script: no_such_step\n\n")
                assert client.recv(100) == b"VERBOSE \"Unknown AGI handler 'no_such_step'\" 1\n"
        finally:
            server.shutdown()


def test_every_step_that_the_dialplan_asks_for_is_there() -> None:
    import re

    from xivolab import resources

    text = "".join(path.read_text() for path in (resources.labs() / "dialplan").glob("*.conf"))
    asked = set(re.findall(r"agi://\$\{XIVO_AGID_IP\}/(\w+)", text))
    assert asked == set(HANDLERS)

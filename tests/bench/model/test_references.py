from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.bench.model.everything import data
from xivolab.bench.model import Configuration, ConfigurationError

Change = Callable[[dict[str, Any]], Any]


def mistakes(change: Change) -> list[str]:
    plain = copy.deepcopy(data())
    change(plain)
    with pytest.raises(ConfigurationError) as raised:
        Configuration.of(plain)
    return [str(mistake) for mistake in raised.value.mistakes]


def put(*path: Any) -> Change:
    """A change that puts the last of `path` where the others lead."""

    def change(plain: Any) -> None:
        *way, last, value = path
        for step in way:
            plain = plain[step]
        plain[last] = value

    return change


CASES: list[tuple[Change, str]] = [
    (put("contexts", 0, "entity", "x"), "contexts[0].entity: there is no entity 'x'; one of ville"),
    (put("contexts", 0, "includes", ["x"]), "contexts[0].includes: there is no context 'x'; one of bis, default, from-extern, to-extern"),
    (
        put("contexts", 0, "users", [{"start": "1000", "end": "1050"}, {"start": "1050", "end": "1099"}]),
        "contexts[0].users: 1050 is in two ranges; ranges that do not overlap",
    ),
    (
        put("users", 1, "lines", 0, "number", "1500"),
        "users[1].lines[0].number: 1500 is in no range of users of context 'default'; a number of 1000-1099",
    ),
    (put("users", 1, "lines", 0, "number", "1000"), "users[1].lines[0].number: 1000@default is already that of users[0].lines[0]; a free number"),
    (put("users", 1, "lines", 0, "context", "x"), "users[1].lines[0].context: there is no context 'x'; one of bis, default, from-extern, to-extern"),
    (put("users", 1, "lines", 0, "context", "bis"), "users[1].lines[0].context: 'bis' is a context of type others; an internal context"),
    (put("users", 0, "noanswer", "user:1099"), "users[0].noanswer: there is no user '1099'; the number of a user"),
    (put("users", 0, "noanswer", "group:x"), "users[0].noanswer: there is no group 'x'; one of accueil"),
    (put("users", 0, "noanswer", "extension:0612@x"), "users[0].noanswer: there is no context 'x'; one of bis, default, from-extern, to-extern"),
    (put("users", 0, "rights", ["x"]), "users[0].rights: there is no right 'x'; one of mobiles, tout-interdire"),
    (put("users", 0, "schedule", "x"), "users[0].schedule: there is no schedule 'x'; one of bureau"),
    (put("users", 0, "musiconhold", "x"), "users[0].musiconhold: there is no music on hold 'x'; one of attente, default, radio"),
    (put("users", 0, "voicemail", "99"), "users[0].voicemail: there is no voicemail '99'; one of 1000"),
    (put("groups", 0, "users", ["1099"]), "groups[0].users: there is no user '1099'; the number of a user"),
    (put("queues", 0, "agents", [{"agent": "7"}]), "queues[0].agents: there is no agent '7'; one of 1001"),
    (put("outcalls", 0, "trunks", ["x"]), "outcalls[0].trunks: there is no trunk 'x'; one of boucle, operateur"),
    (put("trunks", 0, "context", "x"), "trunks[0].context: there is no context 'x'; one of bis, default, from-extern, to-extern"),
    (put("incalls", 0, "exten", "1234"), "incalls[0].exten: 1234 is in no range of incalls of context 'from-extern'; a number of 0123456780-0123456799"),
    (put("callfilters", 0, "boss", "1001"), "callfilters[0].secretaries: the boss is his own secretary; another user"),
    (put("pagings", 0, "callers", ["1"]), "pagings[0].callers: there is no user '1'; the number of a user"),
    (put("pickups", 0, "picked_groups", ["x"]), "pickups[0].picked_groups: there is no group 'x'; one of accueil"),
    (put("agents", [{"number": "1", "firstname": "A", "user": "1000"}, {"number": "1001", "firstname": "B", "user": "1000"}]), "agents[1].user: user 1000 is already agent 1; one agent for one user"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "told"), CASES, ids=[told.partition(";")[0] for _, told in CASES])
def test_what_does_not_fit_together_is_told(change: Change, told: str) -> None:
    assert told in mistakes(change)


def test_names_are_there_once() -> None:
    def twice(plain: dict[str, Any]) -> None:
        plain["groups"].append({"name": "support"})

    assert mistakes(twice) == ["groups and queues.name: 'support' is there twice; each once"]


def test_a_range_with_fewer_digits_received_holds_the_last_ones() -> None:
    assert Configuration.of(data()).incalls[0].exten == "6789"


def test_a_context_of_ones_own_file_can_be_named() -> None:
    plain = data()
    plain["files"]["bouygues.conf"] = "[from-extern-bouygues]\nexten => _X.,1,Goto(from-extern,${EXTEN},1)\n"
    plain["trunks"][0]["context"] = "from-extern-bouygues"
    assert Configuration.of(plain).trunks[0].context == "from-extern-bouygues"

"""Three people in one room."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ACCOUNTING, ALICE, BOB, CAROL, RECORDS, RECORDS_MODULE, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Turn, Words, answered

_CONFBRIDGE = "[general]\n[default_user]\ntype = user\n[default_bridge]\ntype = bridge\n"
_USERS = ("alice", "bob", "carol")


def _play(stage: Stage) -> Truth:
    for user in _USERS:
        stage.phones[user].dial("3200")
        stage.phones[user].wait("CALL_ESTABLISHED")
        stage.wait(2)
    stage.talk(3)
    for user in _USERS:
        stage.phones[user].hang_up()
        stage.wait(2)
    return Truth(
        calls=tuple(answered(user, "3200", legs=1, streams=0) for user in _USERS),
        turns=tuple(Turn("join", user, "", "room") for user in _USERS),
    )


SCENARIO = Scenario(
    name="conference",
    title=Words(
        en="A conference: alice, bob and carol enter one after the other, and leave in that order",
        fr="Une conférence : alice, bob et carol entrent l'un après l'autre, et sortent dans cet ordre",
    ),
    play=_play,
    setup=Setup(
        lines=(ALICE, BOB, CAROL),
        numbers={"3200": "ConfBridge(room)"},
        files={**ACCOUNTING, "confbridge.conf": _CONFBRIDGE},
        modules=(RECORDS_MODULE,),
        kept=RECORDS,
    ),
    phones=(Phone(ALICE), Phone(BOB), Phone(CAROL)),
    tap=Tap(media=False),
    max_jitter_ms=None,
)

"""A queue with two members: one rings in vain and the other answers, a caller gives up, a caller waits too long."""

from __future__ import annotations

import time

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ACCOUNTING, ALICE, BOB, CAROL, RECORDS, RECORDS_MODULE, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Fault, Queued, Truth, Words, answered

_QUEUES = """[general]
persistentmembers = no
log_membername_as_agent = no
[support]
strategy = linear
timeout = 4
retry = 1
member => PJSIP/bob,0,Bob
member => PJSIP/carol,0,Carol
"""
_PATIENCE_S = 9


def _play(stage: Stage) -> Truth:
    alice, bob, carol = (stage.phones[name] for name in ("alice", "bob", "carol"))
    begin = time.monotonic()
    alice.dial("3100")
    bob.ring(2)
    stage.ask_about("queue show", "core show hints")
    carol.ring(1)
    carol.answer()
    answered_at = time.monotonic()
    stage.talk(4)
    alice.hang_up()
    talked = time.monotonic() - answered_at
    stage.settle()
    waits = time.monotonic()
    alice.dial("3100")
    carol.ring(1)
    alice.hang_up()
    gave_up = time.monotonic() - waits
    stage.settle()
    alice.dial("3100")
    alice.wait("CALL_CLOSED", timeout=20)
    return Truth(
        calls=(
            answered("alice", "3100", legs=3, streams=0),
            answered("alice", "3100", legs=3, streams=0),
            answered("alice", "3100", "server", legs=3, streams=0),
        ),
        faults=(
            Fault("queue-abandoned", Words("alice gives up while she waits", "alice renonce pendant qu'elle attend")),
            Fault(
                "queue-timeout",
                Words("alice waits longer than the queue lets her", "alice attend plus que la file ne le permet"),
            ),
        ),
        queued=(
            Queued("support", "alice", "answered", "carol", round(answered_at - begin, 1), round(talked, 1)),
            Queued("support", "alice", "abandoned", "", round(gave_up, 1)),
            Queued("support", "alice", "timeout", "", float(_PATIENCE_S)),
        ),
    )


SCENARIO = Scenario(
    name="queue",
    title=Words(
        en="A queue: bob rings in vain, carol answers; alice gives up; alice waits longer than she may",
        fr="Une file : bob sonne en vain, carol répond ; alice renonce ; alice attend plus qu'il n'est permis",
    ),
    play=_play,
    setup=Setup(
        lines=(ALICE, BOB, CAROL),
        numbers={"3100": f"Answer()\n same => n,Queue(support,t,,,{_PATIENCE_S})\n same => n,Hangup()"},
        queues=_QUEUES,
        hints={"1001": "PJSIP/alice", "1002": "PJSIP/bob", "1003": "PJSIP/carol", "3199": "Queue:support"},
        files=ACCOUNTING,
        modules=(RECORDS_MODULE,),
        kept={**RECORDS, "queue_log": "/var/log/asterisk/queue_log"},
    ),
    phones=(Phone(ALICE), Phone(BOB), Phone(CAROL)),
    tap=Tap(media=False),
    max_jitter_ms=None,
)

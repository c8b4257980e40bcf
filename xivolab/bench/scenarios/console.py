"""Everything that the console says while calls are up: each command once, and the counters every two seconds."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ALICE, BOB, CAROL, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Registration, Truth, Words, answered

COMMANDS = (
    "core show version",
    "core show uptime",
    "core show channels",
    "core show channels concise",
    "core show channels verbose",
    "core show channel {channel}",
    "core show hints",
    "dialplan show",
    "queue show",
    "pjsip show channelstats",
    "pjsip show channels",
    "pjsip list channels",
    "pjsip show endpoints",
    "pjsip list endpoints",
    "pjsip show endpoint alice",
    "pjsip show aors",
    "pjsip list aors",
    "pjsip show aor bob",
    "pjsip show auths",
    "pjsip list auths",
    "pjsip show contacts",
    "pjsip list contacts",
    "pjsip show registrations",
    "pjsip list registrations",
    "pjsip show identifies",
    "pjsip list identifies",
    "pjsip show transports",
    "pjsip list transports",
)
"""What is recorded; {channel} is the caller's."""

_PERCENT = 20
_POLL_S, _POLLS, _FAULT_AT = 2.0, 16, 6
_QUEUES = """[support]
strategy = rrmemory
timeout = 15
ringinuse = no
member => PJSIP/carol,0,Carol Petit
member => PJSIP/bob,1,Bob
[empty]
strategy = ringall
maxlen = 5
"""


def _play(stage: Stage) -> Truth:
    ask = stage.pbx.ask
    stage.connect("alice", "3100", "bob")
    ask("queue pause member PJSIP/carol queue support reason lunch")
    time.sleep(4)
    polls: list[str] = []
    for number in range(_POLLS):
        if number == _FAULT_AT:
            stage.lose_sent_rtp(BOB, _PERCENT)
        polls.append(f"{datetime.now(UTC).isoformat(timespec='milliseconds')}\nxivo*CLI> pjsip show channelstats\n")
        polls.append(ask("pjsip show channelstats"))
        time.sleep(_POLL_S)
    # Somebody waits in the queue while bob is talking.
    ask("channel originate Local/3100@default/n application Wait 120")
    time.sleep(3)
    stage.snapshot()
    caller = next(line.split("!")[0] for line in ask("core show channels concise").splitlines() if "/alice-" in line)
    for command in COMMANDS:
        name = command.replace("{channel}", "one").replace(" ", "-")
        stage.snapshots[f"{name}.txt"] = ask(command.format(channel=caller))
    stage.snapshots["polled.txt"] = "".join(polls)
    ask("channel request hangup Local/3100@default-00000000;1")
    stage.phones["alice"].hang_up()
    return Truth(
        calls=(answered("alice", "3100", streams=0),),
        registrations=(Registration("sip:alice@10.77.0.10"), Registration("sip:bob@10.77.0.10")),
    )


SCENARIO = Scenario(
    name="console",
    title=Words(
        en="The console: every command during a call through a queue, while bob's network goes bad",
        fr="La console : chaque commande pendant un appel par une file, alors que le réseau de bob se dégrade",
    ),
    play=_play,
    setup=Setup(
        lines=(ALICE, BOB, CAROL),
        trunk=True,
        numbers={"3100": "Queue(support,t)"},
        queues=_QUEUES,
        hints={"1001": "PJSIP/alice", "1002": "PJSIP/bob", "1003": "PJSIP/carol", "701": "park:701@parkedcalls"},
    ),
    phones=(Phone(ALICE), Phone(BOB)),
    tap=Tap(media=False),
    max_jitter_ms=None,
)

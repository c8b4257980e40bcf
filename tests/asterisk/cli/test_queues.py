"""`queue show`."""

from __future__ import annotations

from typing import Any

from xivolab.asterisk.cli.lines import lines_of
from xivolab.asterisk.cli.queues import queues

SHOWN = """support has 2 calls (max 10) in 'rrmemory' strategy (4s holdtime, 9s talktime), W:1, C:6, A:2, SL:83.3%, SL2:62.5% within 20s
   Members:
      Alice Martin (PJSIP/alice from hint:1001@default) with penalty 2 (ringinuse disabled) (dynamic) (in call) (In use) has taken 6 calls (last was 144 secs ago) (login was 621 secs ago)
      PJSIP/bob (ringinuse enabled) (paused:lunch was 12 secs ago) (Not in use) has taken no calls yet
      Local/1003@agents/n (realtime) (paused) (Unavailable) has taken 1 calls (last was 3 secs ago)
   Callers:
      1. PJSIP/carol-00000004 (wait: 1:05, prio: 0)
      2. PJSIP/dave-00000005 (wait: 0:03, prio: 5)

empty has 0 calls (max unlimited) in 'ringall' strategy (0s holdtime, 0s talktime), W:0, C:0, A:0, SL:0.0% within 0s
   No Members
   No Callers
"""


def rows(table: str, text: str = SHOWN) -> list[dict[str, Any]]:
    return [found.fields for found in queues(list(lines_of(text.splitlines()))) if found.table == table]


def test_queues() -> None:
    support, empty = rows("queues")

    assert (support["calls"], support["calls_max"], support["strategy"], support["members"]) == (2, 10, "rrmemory", 3)
    assert (support["sl_pct"], support["sl2_pct"], support["sl_s"]) == (83.3, 62.5, 20)
    assert (empty["calls_max"], empty["sl2_pct"], empty["members"]) == (None, None, 0)


def test_members() -> None:
    alice, bob, carol = rows("queue-members")

    assert (alice["name"], alice["interface"], alice["state_interface"]) == (
        "Alice Martin",
        "PJSIP/alice",
        "hint:1001@default",
    )
    assert (alice["penalty"], alice["ringinuse"], alice["dynamic"], alice["in_call"]) == (2, False, True, True)
    assert (alice["state"], alice["calls_taken"], alice["last_call_ago_s"], alice["login_ago_s"]) == (
        "In use",
        6,
        144,
        621,
    )
    assert (bob["name"], bob["paused"], bob["paused_reason"], bob["paused_for_s"]) == ("PJSIP/bob", True, "lunch", 12)
    assert (bob["state"], bob["calls_taken"]) == ("Not in use", 0)
    assert (carol["interface"], carol["realtime"], carol["paused"], carol["paused_reason"]) == (
        "Local/1003@agents/n",
        True,
        True,
        None,
    )


def test_callers() -> None:
    assert [(r["position"], r["channel"], r["wait_s"], r["priority"]) for r in rows("queue-callers")] == [
        (1, "PJSIP/carol-00000004", 65, 0),
        (2, "PJSIP/dave-00000005", 3, 5),
    ]


def test_an_asterisk_of_2012() -> None:
    text = """q has 0 calls (max unlimited) in 'ringall' strategy (0s holdtime, 0s talktime), W:0, C:0, A:0, SL:0.0% within 0s
   Members:
      Agent/1001 (dynamic) (Unavailable) has taken no calls yet
   No Callers"""
    [member] = rows("queue-members", text)

    assert (member["name"], member["state"], member["ringinuse"]) == ("Agent/1001", "Unavailable", None)

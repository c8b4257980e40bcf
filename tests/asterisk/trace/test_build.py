"""From lines to the tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asterisk.trace.dialplan import ALICE, Log, gates_open, to_user
from xivolab.asterisk.trace.build import build, same_channel
from xivolab.asterisk.trace.line import Line
from xivolab.asterisk.trace.tree import Frame


def shape(frame: Frame) -> list[object]:
    """A frame as nested lists of its places."""
    found: list[object] = []
    for step in frame.steps:
        found.append(f"{step.exten}@{step.context}:{step.priority}")
        if step.sub is not None:
            found.append(shape(step.sub))
    return found


def test_subroutines_nest_and_return() -> None:
    log = gates_open(to_user(Log()))
    run = log.tree().runs[0]
    whole = shape(run.frames[0])
    assert whole[0] == "70060@default:1"
    user = whole[1]
    assert isinstance(user, list)
    rights = user[user.index("s@user:22") + 1]
    assert rights == [
        "s@xivo-user_rights_check:1",
        "s@xivo-user_rights_check:2",
        "s@xivo-user_rights_check:3",
        "allow@xivo-user_rights_check:1",
        "allow@xivo-user_rights_check:2",
    ]
    assert user[user.index("s@user:22") + 2] == "s@user:23"


def test_a_macro_ends_without_saying_so() -> None:
    log = Log().run("9@in:1", "Macro", "outer,1").run("s@macro-outer:1", "Macro", "inner")
    log.run("s@macro-inner:1", "NoOp").run("s@macro-outer:2", "NoOp").run("9@in:2", "Hangup")
    assert shape(log.tree().runs[0].frames[0]) == [
        "9@in:1",
        ["s@macro-outer:1", ["s@macro-inner:1"], "s@macro-outer:2"],
        "9@in:2",
    ]


def test_a_return_that_the_log_lost_is_made_up_for() -> None:
    log = Log().run("9@in:1", "Gosub", "sub,s,1").run("s@sub:1", "NoOp").run("9@in:2", "Hangup")
    assert shape(log.tree().runs[0].frames[0]) == ["9@in:1", ["s@sub:1"], "9@in:2"]


def test_a_goto_stays_on_its_level() -> None:
    log = Log().run("9@in:1", "Gosub", "sub,s,1").run("s@sub:1", "Goto", "9,1").goto("in", "9", 5).run("9@in:5", "NoOp")
    assert shape(log.tree().runs[0].frames[0]) == ["9@in:1", ["s@sub:1", "9@in:5"]]


def test_a_subroutine_that_does_not_exist_is_not_entered() -> None:
    log = Log().run("9@in:1", "Gosub", "nowhere,s,1").run("9@in:2", "Hangup")
    assert shape(log.tree().runs[0].frames[0]) == ["9@in:1", "9@in:2"]


def test_a_return_without_a_call_does_no_harm() -> None:
    log = Log().run("9@in:1", "Return").run("9@in:2", "Return")
    assert shape(log.tree().runs[0].frames[0]) == ["9@in:1", "9@in:2"]


def test_the_pre_dial_handler_runs_on_the_called_channel() -> None:
    bob = "PJSIP/bob-00000002"
    log = Log().run("9@in:1", "Dial", "PJSIP/bob,30,b(pre^s^1)").say(f"{bob} Internal Gosub(pre,s,1) start")
    log.run("s@pre:1", "NoOp", "SIP Call-ID for this call: abc", channel=bob).run("s@pre:2", "Return", channel=bob)
    log.say(f"Spawn extension (default, s, 1) exited non-zero on '{bob}'")
    log.say(f"{bob} Internal Gosub(pre,s,1) complete GOSUB_RETVAL=").say("Called PJSIP/bob").say(f"{bob} is ringing")
    log.say(f"{bob} answered {ALICE}")
    tree = log.tree()
    assert [run.channel for run in tree.runs] == [ALICE]
    attempt = tree.runs[0].steps()[0].attempts[0]
    assert (attempt.dialled, attempt.channel, attempt.outcome) == ("PJSIP/bob", bob, "answered")
    assert attempt.run is not None
    assert attempt.run.frames[0].kind == "handler"
    assert attempt.run.end is None


def test_a_local_channel_hangs_under_the_dial() -> None:
    far, near = "Local/1002@default-00000003;2", "Local/1002@default-00000003;1"
    log = Log().run("9@in:1", "Dial", "Local/1002@default/n").say("Called Local/1002@default/n")
    log.run("1002@default:1", "Dial", "PJSIP/bob", channel=far, thread=200)
    log.say("Called PJSIP/bob", thread=200).say("PJSIP/bob-00000004 is ringing", thread=200)
    log.say(f"{near} is ringing")
    tree = log.tree()
    assert [run.channel for run in tree.runs] == [ALICE]
    outer = tree.runs[0].steps()[0].attempts
    assert len(outer) == 1
    assert outer[0].run is not None
    assert outer[0].run.channel == far
    assert [one.dialled for one in outer[0].run.steps()[0].attempts] == ["PJSIP/bob"]


def test_phrases_without_a_channel_belong_to_their_thread() -> None:
    log = (
        Log()
        .run("1@in:1", "Dial", "PJSIP/bob")
        .run("2@in:1", "Dial", "PJSIP/carol", channel="PJSIP/dan-00000009", thread=300)
    )
    log.say("Called PJSIP/bob").say("Called PJSIP/carol", thread=300).say("Nobody picked up in 5 ms")
    first, second = log.tree().runs
    assert first.steps()[0].said("nobody") == {"ms": "5"}
    assert second.steps()[0].said("nobody") is None


def test_the_h_extension_is_a_handler() -> None:
    log = Log().run("1@in:1", "Dial", "PJSIP/bob").spawn("in, 1, 1").run("h@in:1", "Hangup")
    frames = log.tree().runs[0].frames
    assert [frame.kind for frame in frames] == ["run", "handler"]


def test_who_left_the_bridge_first() -> None:
    bob = "PJSIP/bob-00000002"
    log = Log().run("9@in:1", "Dial", "PJSIP/bob").say("Called PJSIP/bob").say(f"{bob} answered {ALICE}")
    for channel in (bob, ALICE):
        log.say(f"Channel {channel} joined 'simple_bridge' basic-bridge <b1>")
    for channel in (ALICE, bob):
        log.say(f"Channel {channel} left 'simple_bridge' basic-bridge <b1>")
    talk = log.tree().talks[0]
    assert (talk.channels, talk.left) == ([bob, ALICE], [ALICE, bob])


@pytest.mark.parametrize(
    ("dialled", "channel", "same"),
    [
        ("PJSIP/bob", "PJSIP/bob-00000002", True),
        ("PJSIP/0199@operator", "PJSIP/operator-0000001a", True),
        ("PJSIP/operator/sip:0199@10.0.0.1", "PJSIP/operator-0000001a", True),
        ("SIP/trunk/0199", "SIP/trunk-00000001", True),
        ("Local/1002@default/n", "Local/1002@default-00000003;1", True),
        ("PJSIP/bob", "PJSIP/bobby-00000002", False),
        ("SIP/bob", "PJSIP/bob-00000002", False),
    ],
)
def test_which_channel_is_of_which_interface(dialled: str, channel: str, same: bool) -> None:
    assert same_channel(dialled, channel) is same


@given(st.data())
def test_lines_in_any_order_or_missing_do_no_harm(data: st.DataObject) -> None:
    log = gates_open(to_user(Log())).run("s@user:48", "Dial", "PJSIP/bob,30").say("Called PJSIP/bob")
    log.say("PJSIP/bob-00000002 is ringing").say("PJSIP/bob-00000002 answered PJSIP/alice-00000001").spawn()
    kept = data.draw(st.lists(st.sampled_from(log.lines), max_size=40))
    tree = build(kept)
    assert len(tree.lines) == len(kept)
    steps = sum(len(run.steps()) for run in tree.by_channel.values())
    assert steps == sum("Executing" in line.text for line in kept)


def test_nothing_gives_an_empty_tree() -> None:
    assert build([]).runs == []
    assert build([Line("Using SIP RTP TOS bits 184")]).runs == []


def test_a_local_channel_that_runs_before_the_log_says_it_was_called() -> None:
    """As a bench wrote it: the far half has a thread of its own."""
    log = Log().run("6@in:1", "Dial", "Local/621234@to-myself,,o(621234)")
    log.run("621234@to-myself:1", "Answer", channel="Local/621234@to-myself-00000000;2", thread=101)
    log.say("Called Local/621234@to-myself")
    log.say("Local/621234@to-myself-00000000;1 answered PJSIP/alice-00000001")
    tree = log.tree()
    (run,) = tree.runs
    (attempt,) = run.frames[0].steps[0].attempts
    assert attempt.run is tree.by_channel["Local/621234@to-myself-00000000;2"]
    assert (attempt.channel, attempt.outcome) == ("Local/621234@to-myself-00000000;1", "answered")
    assert not any("began" in line for line in log.told())


def test_those_who_are_paged_answer_one_by_one() -> None:
    log = Log().run("s@paging:12", "Page", "PJSIP/line1002&PJSIP/line1004,b(x^s^1)")
    log.say("Called line1002").say("Called line1004").say("PJSIP/line1002-00000010 answered", thread=760)
    told = [line.strip() for line in log.told()]
    assert told[2:] == [
        "paging to PJSIP/line1002&PJSIP/line1004",
        "line1002: answered +0.08\xa0s",
        "line1004: called, did not ring",
    ]

"""Finds what was decided at each step of a tree."""

from __future__ import annotations

from itertools import pairwise

from xivolab.asterisk.trace.applications import application
from xivolab.asterisk.trace.dialling import STATUSES, dialled, seconds
from xivolab.asterisk.trace.gates import gates
from xivolab.asterisk.trace.journey import Journey
from xivolab.asterisk.trace.tree import AgiCall, Attempt, Decision, Frame, Run, Step, Talk, Tree


def decide(tree: Tree) -> Tree:
    """The same tree, each step with its decisions."""
    for run in tree.by_channel.values():
        journey = Journey(run)
        own, handlers = run.steps(handlers=False), run.steps(handlers=True)
        # What a handler does when the channel is gone does not come of its last step.
        after = {id(step): follows for steps in (own, handlers) for step, follows in pairwise([*steps, None])}
        for frame in run.frames:
            _frame(frame, run, journey, after)
        _entrance(run)
    return tree


def _frame(frame: Frame, run: Run, journey: Journey, after: dict[int, Step | None]) -> None:
    for place, step in enumerate(frame.steps):
        follows = after[id(step)]
        step.decisions += journey.step(frame, place) + gates(frame, place)
        if step.app.lower() in ("dial", "retrydial"):
            step.decisions += dialled(step, follows, run)
        else:
            found = application(step, follows)
            for one in found:
                if one.code == "queue" and follows is None and run.end is not None:
                    one.fields |= {"left": True, "waited": seconds(step.line.time, run.end)}
            step.decisions += found
        if step.agi is not None:
            step.decisions.append(_agi(step.agi))
        step.decisions += _special(step, frame, place)
        step.decisions += [one for talk in step.talks for one in _talk(talk, step)]
        if len(step.attempts) > 1:
            step.decisions += [_attempt(one) for one in step.attempts]
        if step.sub is not None:
            _frame(step.sub, run, journey, after)


def _agi(call: AgiCall) -> Decision:
    failure = call.failure or (None if call.end is not None else "unfinished")
    if failure is None and call.script.startswith("agi") and not call.succeeded and call.result:
        failure = "failed"
    fields = {
        "handler": call.handler,
        "state": failure or "done",
        "result": call.result,
        "took": seconds(call.start.time, call.end),
    }
    return Decision("agi", fields, call.start)


def _attempt(attempt: Attempt) -> Decision:
    """One of several parties that were called at once or in turn."""
    state = attempt.outcome or ("rang" if attempt.ringing is not None else "called")
    fields = {
        "to": attempt.dialled,
        "state": state,
        "after": seconds(attempt.line.time, attempt.answered or attempt.ringing),
        "cause_text": attempt.cause_text,
    }
    return Decision("attempt", fields, attempt.line)


def _special(step: Step, frame: Frame, place: int) -> list[Decision]:
    """What the place of a step says: the extensions that Asterisk goes to when something is wrong, and its messages."""
    found = []
    if (
        step.priority == 1
        and step.exten in ("i", "t", "e", "T")
        and (place == 0 or frame.steps[place - 1].exten != step.exten)
    ):
        found.append(Decision("special-extension", {"exten": step.exten, "context": step.context}, step.line))
    if step.context == "agi_fail" and step.priority == 1:
        found.append(Decision("dialplan-failure", {"text": "AGI"}, step.line))
    if step.context == "outcall" and (step.exten, step.priority) == ("redial", 1):
        found.append(Decision("next-trunk", {}, step.line))
    for kind, parts, line in step.phrases:
        if kind == "no-extension":
            found.append(Decision("no-extension", {"exten": parts["exten"], "context": parts["context"]}, line))
        elif kind == "no-application":
            found.append(Decision("no-application", {"app": parts["app"]}, line))
        elif kind == "fallthrough" and parts["status"] not in STATUSES - {"ANSWER"}:
            found.append(Decision("fell-through", {"status": parts["status"]}, line))
    return found


def _talk(talk: Talk, step: Step) -> list[Decision]:
    if talk.start is None:
        return []
    first = talk.left[0] if talk.left else None
    released = None if first is None else "caller" if first == step.channel else "callee"
    took = seconds(talk.start.time, talk.end)
    fields = {"channels": list(talk.channels), "talk": took, "first_left": first, "released": released}
    return [Decision("talk", fields, talk.start)]


def _entrance(run: Run) -> None:
    """Where a channel comes into the dialplan, unless XiVO's variables tell more; and whether the PBX began the call itself.

    What it began runs on the second half of a Local channel that nobody dialled, or on a channel that answered before it ran
    anything (main/dial.c).
    """
    for frame in run.frames:
        if frame.kind == "run" and frame.steps:
            step = frame.steps[0]
            step.decisions.insert(0, Decision("enters", {"exten": step.exten, "context": step.context}, step.line))
            if run.parent is None and (run.called or (run.channel.startswith("Local/") and run.channel.endswith(";2"))):
                step.decisions.insert(0, Decision("begun-by-server", {"channel": run.channel}, step.line))
            return

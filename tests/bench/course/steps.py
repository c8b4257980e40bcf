"""The steps of one call as the trace reader sees them: the way in which a log of the bench is held against the course's."""

from __future__ import annotations

import re
from pathlib import Path

import xivolab
from xivolab.asterisk.trace.build import build
from xivolab.asterisk.trace.line import lines_of
from xivolab.asterisk.trace.tree import Run, Step

# What differs from call to call: channel numbers, SIP Call-IDs.
_CHANNEL = re.compile(r"(PJSIP/[a-z0-9]{8})-[0-9a-f]{8}")
_CALL_ID = re.compile(r"(SIP Call-ID for this call: ).*")


def steps(log: Path, call: str | int = 0) -> list[str]:
    """`channel [exten@context:priority] Application(arguments)` of every step of a call, without what differs each time.

    One channel after the other, the caller's first: which of two threads writes first is chance.
    """
    case = xivolab.open(log)
    tree = build(lines_of(case.call(call).log_lines()))
    return [_told(run, step) for run in tree.by_channel.values() for step in run.steps()]


def _told(run: Run, step: Step) -> str:
    text = f"{run.channel} [{step.exten}@{step.context}:{step.priority}] {step.app}({step.args})"
    return _CALL_ID.sub(r"\1…)", _CHANNEL.sub(r"\1-…", re.sub(r"\s+", " ", text)))

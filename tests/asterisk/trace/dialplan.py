"""Log messages as Asterisk writes them while it executes a dialplan, for dialplans that follow XiVO's."""

from __future__ import annotations

from xivolab.asterisk.trace.build import build
from xivolab.asterisk.trace.decide import decide
from xivolab.asterisk.trace.line import Line
from xivolab.asterisk.trace.outline import outline
from xivolab.asterisk.trace.tree import Decision, Tree
from xivolab.asterisk.trace.words import sentence

ALICE = "PJSIP/alice-00000001"
START = 1_755_000_000_000_000_000
STEP = 40_000_000


class Log:
    """The records of one call, one after the other, 40 ms apart; `at` names the step that comes next."""

    def __init__(self, channel: str = ALICE, thread: int = 100) -> None:
        self.channel, self.thread = channel, thread
        self.lines: list[Line] = []

    def say(self, text: str, level: str = "VERBOSE", thread: int | None = None) -> Log:
        """A message as it is."""
        number = len(self.lines)
        self.lines.append(
            Line(text, START + number * STEP, level, self.thread if thread is None else thread, "full", number + 1)
        )
        return self

    def run(
        self, place: str, app: str, args: str = "", *, channel: str | None = None, thread: int | None = None
    ) -> Log:
        """A step: `place` is exten@context:priority."""
        return self.say(f'Executing [{place}] {app}("{channel or self.channel}", "{args}") in new stack', thread=thread)

    def goto(self, context: str, exten: str, priority: int) -> Log:
        """What a Goto says when it jumps."""
        return self.say(f"Goto ({context},{exten},{priority})")

    def agi(self, place: str, handler: str, *, ok: bool = True, result: int | None = 0) -> Log:
        """An AGI step that xivo-agid serves; no result: it never comes back."""
        script = f"agi://127.0.0.1/{handler}"
        self.run(place, "AGI", script)
        if ok:
            self.say(f"{script}: AGI handler '{handler}' successfully executed")
        if result is not None:
            self.say(f"<{self.channel}>AGI Script {script} completed, returning {result}")
        return self

    def spawn(self, place: str = "user, s, 48") -> Log:
        """What is said when a channel leaves the dialplan."""
        return self.say(f"Spawn extension ({place}) exited non-zero on '{self.channel}'")

    def tree(self) -> Tree:
        """The tree with its decisions."""
        return decide(build(self.lines))

    def decisions(self) -> list[Decision]:
        """All decisions in the order of the steps, without where the call came in."""
        found = [one for run in self.tree().by_channel.values() for step in run.steps() for one in step.decisions]
        return [one for one in found if one.code != "enters"]

    def told(self, lang: str = "en") -> list[str]:
        """The rows in words, indented."""
        return ["  " * row.depth + sentence(row.code, row.fields, lang) for row in outline(self.tree())]


def to_user(log: Log, *, number: int = 167, src: str = "77999", dst: str = "70060") -> Log:
    """An internal call enters the context of a user, up to the schedule."""
    log.run(f"{dst}@default:1", "Gosub", f"user,s,1({number},)")
    log.run("s@user:1", "Set", f"XIVO_DSTID={number}")
    log.run("s@user:6", "Set", f"XIVO_SRCNUM={src}")
    log.run("s@user:7", "Set", f"XIVO_DSTNUM={dst}")
    log.run("s@user:9", "Set", "__XIVO_CALLORIGIN=intern")
    return log.run("s@user:10", "Set", f"__XIVO_FWD_REFERER=user:{number}")


def gates_open(log: Log) -> Log:
    """All gates of a user let the call through."""
    log.agi("s@user:17", "check_schedule").run("s@user:18", "GotoIf", "0?CLOSED,1")
    log.run("s@user:22", "Gosub", "xivo-user_rights_check,s,1")
    log.agi("s@xivo-user_rights_check:1", "user_set_call_rights")
    log.run("s@xivo-user_rights_check:2", "GotoIf", "ALLOW?:error,1")
    log.run("s@xivo-user_rights_check:3", "GotoIf", "1?allow,1").goto("xivo-user_rights_check", "allow", 1)
    log.run("allow@xivo-user_rights_check:1", "NoOp", "User allowed to make call")
    log.run("allow@xivo-user_rights_check:2", "Return")
    log.run("s@user:23", "GotoIf", "0?xivo-user_callfilter,s,1")
    return (
        log.run("s@user:26", "GotoIf", "0?DND,1")
        .run("s@user:27", "GotoIf", "0?UNC,1")
        .run("s@user:28", "GotoIf", "0?BUSY,1")
    )


def to_voicemail(log: Log, reason: str) -> Log:
    """The call ends in the user's mailbox for this reason."""
    log.run(f"{reason}@user:1", "Set", f"XIVO_FWD_TYPE=USER_{reason}").run(
        f"{reason}@user:2", "Goto", "forward_voicemail,1"
    )
    log.goto("user", "forward_voicemail", 1)
    log.run("forward_voicemail@user:9", "Gosub", "forward,s,1(voicemail,12,)")
    log.run("s@forward:1", "Set", "XIVO_FWD_ACTION=voicemail").run("s@forward:8", "Goto", "voicemail,1")
    log.goto("forward", "voicemail", 1)
    return log.run("voicemail@forward:5", "VoiceMail", "70060@default,u")

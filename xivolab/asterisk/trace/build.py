"""From the lines of one call to the tree of what its dialplan did."""

from __future__ import annotations

from collections.abc import Iterable

from xivolab.asterisk.trace.branch import Target, subroutine
from xivolab.asterisk.trace.line import Line
from xivolab.asterisk.trace.phrases import Phrase, phrase
from xivolab.asterisk.trace.tree import AgiCall, Attempt, Frame, Run, Step, Talk, Tree

_LEVELS_TOLD = frozenset({"WARNING", "ERROR", "NOTICE"})
_AGI_APPS = frozenset({"agi", "eagi", "deadagi"})
_CALLING = frozenset({"dial", "queue", "followme", "page", "retrydial", "originate"})


def build(lines: Iterable[Line]) -> Tree:
    """The tree of one call's records, which come in the order of the log."""
    return _Builder().read(lines)


def same_channel(dialled: str, channel: str) -> bool:
    """Whether a channel's name is what Asterisk makes of a dialled interface (`PJSIP/123@trunk` → `PJSIP/trunk-0000001a`)."""
    tech, _, resource = dialled.partition("/")
    channel_tech, _, name = channel.partition("/")
    if tech.lower() != channel_tech.lower():
        return False
    base = name.rsplit("-", 1)[0]
    if tech.lower() == "local":
        return base == resource.split("/")[0]
    resource = resource.split(",")[0]
    choices = {resource, resource.split("/")[0], resource.split("@")[-1], resource.split("@")[-1].split("/")[0]}
    return base in choices


class _Builder:
    """Follows each channel through its subroutines; phrases without a channel belong to the thread's last step."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.stacks: dict[str, list[Frame]] = {}
        self.by_thread: dict[int | None, str] = {}
        self.last: str | None = None
        self.open_talks: dict[str, Talk] = {}

    def read(self, lines: Iterable[Line]) -> Tree:
        for line in lines:
            self.tree.lines.append(line)
            self._line(line)
        self.tree.runs = [run for run in self.tree.by_channel.values() if run.parent is None and run.frames]
        return self.tree

    def _line(self, line: Line) -> None:
        said = phrase(line.text)
        if said is not None:
            match said.kind:
                case "executing":
                    self._executing(said, line)
                case "sub-start":
                    self._handler_starts(said, line)
                case "sub-end":
                    self._handler_ends(said)
                case "spawn" | "fallthrough":
                    self._ends(said, line)
                case "called-first":
                    self._called_first(said["channel"], line)
                case "join" | "leave" | "swap":
                    self._bridge(said, line)
                case _:
                    self._within_step(said, line)
        elif line.level in _LEVELS_TOLD:
            step = self._step_of(line.thread)
            (self.tree.notices if step is None else step.notices).append(line)

    # Steps and subroutines

    def _run(self, channel: str) -> Run:
        run = self.tree.by_channel.get(channel)
        if run is None:
            run = self.tree.by_channel[channel] = Run(channel)
            self.stacks[channel] = []
            self._adopt(run)
        return run

    def _executing(self, said: Phrase, line: Line) -> None:
        channel = said["channel"]
        run = self._run(channel)
        step = Step(said["context"], said["exten"], int(said["priority"]), said["app"], said["args"], channel, line)
        stack = self.stacks[channel]
        if not stack or (run.end is not None and step.exten == "h" and stack[-1].kind != "handler"):
            # The h extension runs on the channel when its dialplan has ended (main/pbx.c, ast_pbx_h_exten_run).
            kind = "run" if run.end is None else "handler"
            stack[:] = [Frame(kind, step.context, line=line)]
            run.frames.append(stack[0])
        self._enter(stack, step)
        stack[-1].steps.append(step)
        if step.app.lower() in _AGI_APPS:
            step.agi = AgiCall(step.args.split(",")[0], line)
        if step.app.lower() == "return" and len(stack) > 1 and stack[-1].kind == "gosub":
            stack[-1].returned = step.args
            stack.pop()
        self.by_thread[line.thread] = self.last = channel

    def _enter(self, stack: list[Frame], step: Step) -> None:
        """Goes into the subroutine that the last step called, or back out where the log lost a Return or a macro ended."""
        caller = stack[-1].steps[-1] if stack[-1].steps else None
        if caller is not None and caller.sub is None:
            aim = subroutine(caller.app, caller.args)
            if aim is not None and _reached(aim, caller, step):
                kind = "macro" if caller.app.lower() in ("macro", "macroif") else "gosub"
                caller.sub = Frame(kind, step.context, args=aim.args or "", line=caller.line)
                stack.append(caller.sub)
                return
        while len(stack) > 1 and stack[-1].kind != "handler" and _is_behind(stack, step):
            stack.pop()

    def _handler_starts(self, said: Phrase, line: Line) -> None:
        run = self._run(said["channel"])
        frame = Frame("handler", said["target"].split(",")[0], line=line)
        run.frames.append(frame)
        self.stacks[run.channel].append(frame)
        self.by_thread[line.thread] = self.last = run.channel

    def _handler_ends(self, said: Phrase) -> None:
        stack = self.stacks.get(said["channel"], [])
        if any(frame.kind == "handler" for frame in stack):
            while stack.pop().kind != "handler":
                pass
        # What follows on this thread belongs to the channel that dialled, not to the one being prepared.
        run = self.tree.by_channel.get(said["channel"])
        if run is not None and run.parent is None and self.last == run.channel:
            for thread, channel in list(self.by_thread.items()):
                if channel == run.channel and not _has_dialplan(run):
                    self.by_thread[thread] = self._dialling_channel(run.channel) or channel

    def _dialling_channel(self, channel: str) -> str | None:
        for other, stack in reversed(self.stacks.items()):
            step = stack[-1].steps[-1] if stack and stack[-1].steps else None
            if other != channel and step is not None and step.app.lower() in _CALLING:
                return other
        return None

    def _ends(self, said: Phrase, line: Line) -> None:
        run = self.tree.by_channel.get(said["channel"])
        stack = self.stacks.get(said["channel"], [])
        if run is None or any(frame.kind == "handler" for frame in stack):
            return
        run.end = line
        if said.kind == "fallthrough" and stack and stack[-1].steps:
            stack[-1].steps[-1].phrases.append((said.kind, said.parts, line))

    # What happens during a step

    def _step_of(self, thread: int | None) -> Step | None:
        channel = self.by_thread.get(thread, self.last)
        return None if channel is None else self._last_step(channel)

    def _last_step(self, channel: str) -> Step | None:
        run = self.tree.by_channel.get(channel)
        if run is None:
            return None
        for frame in reversed(self.stacks[channel] or run.frames):
            if frame.steps:
                step = frame.steps[-1]
                while step.sub is not None and step.sub.steps and frame not in self.stacks[channel]:
                    step = step.sub.steps[-1]
                return step
        return None

    def _within_step(self, said: Phrase, line: Line) -> None:
        step = (
            self._last_step(said["channel"]) if said["channel"] in self.tree.by_channel else self._step_of(line.thread)
        )
        if step is None:
            if line.level in _LEVELS_TOLD:
                self.tree.notices.append(line)
            return
        if said.kind.startswith("agi"):
            self._agi(step, said, line)
            return
        if said.kind in ("goto", "jump"):
            if said.kind == "goto":
                step.went_to = (said["context"], said["exten"], int(said["priority"]))
            return
        step.phrases.append((said.kind, said.parts, line))
        if line.level in _LEVELS_TOLD:
            step.notices.append(line)
        self._attempts(step, said, line)

    def _agi(self, step: Step, said: Phrase, line: Line) -> None:
        call = step.agi
        if call is None:
            return
        match said.kind:
            case "agi-ok":
                call.succeeded = True
            case "agi-text":
                call.texts.append(line)
            case "agi-set":
                call.variables[said["name"]] = said["value"]
            case "agi-end":
                call.end, call.result = line, int(said["result"])
            case "agi-timeout":
                call.failure = "timeout"
            case "agi-unreachable":
                call.failure = "unreachable"

    def _attempts(self, step: Step, said: Phrase, line: Line) -> None:
        if said.kind == "called":
            attempt = Attempt(said["target"], line)
            step.attempts.append(attempt)
            for run in self.tree.by_channel.values():
                if run.parent is not None or attempt.run is not None or not same_channel(attempt.dialled, run.channel):
                    continue
                if not _has_dialplan(run):
                    self._bind(attempt, run)
                elif run.channel.endswith(";2"):  # its dialplan may run before the log says that it was called
                    attempt.run, run.parent = run, attempt
                    attempt.channel = run.channel.removesuffix(";2") + ";1"
            return
        if said.kind in ("ringing", "progress", "answered", "busy", "circuit-busy"):
            attempt_of = self._attempt_for(step, said["target"], line)
            if said.kind in ("ringing", "progress"):
                attempt_of.ringing = attempt_of.ringing or line
            elif said.kind == "answered":
                attempt_of.answered, attempt_of.outcome = line, "answered"
            else:
                attempt_of.ended, attempt_of.outcome = line, said.kind
        elif said.kind == "redirected":
            self._attempt_for(step, said["by"], line).redirected_to = said["target"]
        elif said.kind == "no-channel":
            # Told before "Called", and instead of it: which of several interfaces it was is not said.
            refused = Attempt(f"{said['tech']}/?", line, ended=line, outcome="not-created", cause=int(said["cause"]))
            refused.cause_text = said["text"]
            step.attempts.append(refused)

    def _called_first(self, channel: str, line: Line) -> None:
        """A channel that the PBX called without a Dial (main/dial.c) answered: one of a page, else the first of a call of its own."""
        name = channel.partition("/")[2].rpartition("-")[0]
        for stack in reversed(self.stacks.values()):
            step = stack[-1].steps[-1] if stack and stack[-1].steps else None
            for attempt in step.attempts if step is not None and step.app.lower() in _CALLING else ():
                if attempt.answered is None and (attempt.dialled == name or same_channel(attempt.dialled, channel)):
                    attempt.answered, attempt.outcome = line, "answered"
                    attempt.channel = channel
                    return
        self._run(channel).called = True

    def _attempt_for(self, step: Step, channel: str, line: Line) -> Attempt:
        """The attempt that this channel belongs to; one of its own when the log did not say "Called"."""
        for attempt in step.attempts:
            if attempt.channel == channel:
                return attempt
        for attempt in step.attempts:
            if attempt.channel is None and same_channel(attempt.dialled, channel):
                attempt.channel = channel
                self._bind(attempt, self._run(channel))
                return attempt
        attempt = Attempt(channel.rsplit("-", 1)[0], line, channel)
        step.attempts.append(attempt)
        self._bind(attempt, self._run(channel))
        return attempt

    def _bind(self, attempt: Attempt, run: Run) -> None:
        if attempt.run is None and run.parent is None:
            attempt.run, attempt.channel, run.parent = run, run.channel, attempt
            other = (
                self.tree.by_channel.get(run.channel.removesuffix(";1") + ";2") if run.channel.endswith(";1") else None
            )
            if other is not None and other.parent is None:
                other.parent = attempt

    def _adopt(self, run: Run) -> None:
        """A channel of which a dialling step is waiting: the far half of a Local channel, or one that was called."""
        for channel in reversed(self.stacks):
            step = self._last_step(channel) if channel != run.channel else None
            for attempt in step.attempts if step is not None else ():
                near = run.channel.removesuffix(";2") + ";1" if run.channel.endswith(";2") else run.channel
                if attempt.outcome is None and same_channel(attempt.dialled, near) and attempt.channel in (None, near):
                    attempt.channel = attempt.channel or near
                    run.parent = attempt
                    if attempt.run is None:
                        attempt.run = run
                    return

    def _bridge(self, said: Phrase, line: Line) -> None:
        bridge, channel = said["bridge"], said["channel"]
        talk = self.open_talks.get(bridge)
        if talk is None:
            talk = self.open_talks[bridge] = Talk(bridge, [])
            self.tree.talks.append(talk)
        if said.kind == "leave":
            talk.left.append(channel)
            if talk.end is None:
                talk.end = line
            return
        if channel not in talk.channels:
            talk.channels.append(channel)
        if len(talk.channels) == 2 and talk.start is None:
            talk.start = line
            self._place(talk)

    def _place(self, talk: Talk) -> None:
        """A conversation hangs on the step that made it: the last one of whoever dialled."""
        for channel in talk.channels:
            step = self._last_step(channel)
            if step is not None and step.app.lower() in _CALLING and talk not in step.talks:
                step.talks.append(talk)
                return


def _has_dialplan(run: Run) -> bool:
    return any(frame.kind == "run" for frame in run.frames)


def _reached(aim: Target, caller: Step, step: Step) -> bool:
    """Whether a step is where a subroutine begins."""
    context = caller.context if aim.context is None else aim.context
    if step.context != context or (aim.exten is not None and aim.exten != step.exten):
        return False
    if aim.priority.isdigit():
        return step.priority == int(aim.priority)
    return (step.context, step.exten, step.priority) != (caller.context, caller.exten, caller.priority + 1)


def _is_behind(stack: list[Frame], step: Step) -> bool:
    """Whether a step cannot go on where the innermost frame stands, but follows the call of one of the outer frames."""
    inner = stack[-1].steps[-1] if stack[-1].steps else None
    if inner is not None:
        stands = (inner.context, inner.exten) if inner.went_to is None else inner.went_to[:2]
        if stands == (step.context, step.exten):
            return False
    for frame in reversed(stack[:-1]):
        caller = frame.steps[-1] if frame.steps else None
        if caller is not None and (caller.context, caller.exten) == (step.context, step.exten):
            return step.priority > caller.priority
    return False

"""The tree as rows to show: decisions under the channel and the subroutine in which they were made, the rest folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from xivolab.asterisk.trace.line import Line
from xivolab.asterisk.trace.tree import Attempt, Decision, Frame, Run, Step, Tree


@dataclass(slots=True)
class Row:
    """One row: a code of `words` with its fields, how deep it stands, and the step in which it was decided.

    `lines` are the records from this row to the next one: together the rows hold every record of the call once.
    """

    depth: int
    code: str
    fields: dict[str, Any]
    line: Line
    step: Step | None = None
    lines: list[Line] = field(default_factory=list)


def outline(tree: Tree) -> list[Row]:
    """The rows of a tree that `decide` went over, in the order of the log."""
    order = {id(line): number for number, line in enumerate(tree.lines)}
    rows = [row for run in tree.runs for row in _run(run, 0, order)]
    rows += [Row(0, "notice", _notice(line), line) for line in tree.notices]
    _share(rows, tree.lines, order)
    return rows


def _run(run: Run, depth: int, order: dict[int, int]) -> list[Row]:
    inner = _sorted(
        [_frame(frame, depth + 1, order) for frame in run.frames if frame.kind == "run"]
        + [_heading(frame, depth + 1, order) for frame in run.frames if frame.kind != "run"],
        order,
    )
    if not inner:
        return []
    return [Row(depth, "channel", {"channel": run.channel}, inner[0].line), *inner]


def _frame(frame: Frame, depth: int, order: dict[int, int]) -> list[Row]:
    return [row for step in frame.steps for row in _step(step, depth, order)]


def _heading(frame: Frame, depth: int, order: dict[int, int]) -> list[Row]:
    """A subroutine under its name; with a single row in it, that row alone, with none, nothing."""
    inner = _frame(frame, depth + 1, order)
    if len(inner) > 1:
        line = frame.line or frame.steps[0].line
        return [Row(depth, "frame", {"kind": frame.kind, "name": frame.name}, line), *inner]
    for row in inner:
        row.depth = depth
    return inner


def _step(step: Step, depth: int, order: dict[int, int]) -> list[Row]:
    own = [Row(depth, one.code, one.fields, one.line, step) for one in step.decisions if not _within(one, step)]
    inner = [[Row(depth + 1, one.code, one.fields, one.line, step)] for one in step.decisions if _within(one, step)]
    inner += [[Row(depth + 1, "notice", _notice(line), line, step)] for line in step.notices]
    for attempt in step.attempts:
        inner += _called(attempt, depth + 1, order)
    if not own and any(inner):
        inner = [[_up(row) for row in rows] for rows in inner]
    if step.sub is not None:
        inner.append(_heading(step.sub, depth, order))
    return own + _sorted(inner, order)


def _called(attempt: Attempt, depth: int, order: dict[int, int]) -> Iterable[list[Row]]:
    """What ran on the channels that were called."""
    runs = [] if attempt.run is None else [attempt.run]
    return [_run(run, depth, order) for run in runs]


def _within(decision: Decision, step: Step) -> bool:
    """Whether something came of the step while it ran, rather than from the step itself."""
    return decision.line is not step.line


def _up(row: Row) -> Row:
    row.depth -= 1
    return row


def _notice(line: Line) -> dict[str, Any]:
    return {"level": line.level, "text": line.text.strip()}


def _sorted(parts: Iterable[list[Row]], order: dict[int, int]) -> list[Row]:
    """Parts by the place of their first record in the log."""
    kept = sorted((rows for rows in parts if rows), key=lambda rows: order.get(id(rows[0].line), 0))
    return [row for rows in kept for row in rows]


def _share(rows: list[Row], lines: list[Line], order: dict[int, int]) -> None:
    """Gives each record to the last row that begins at it or before it."""
    if not rows:
        return
    starts: dict[int, Row] = {}
    for row in rows:
        starts[order.get(id(row.line), 0)] = row
    holder = rows[0]
    for number, line in enumerate(lines):
        holder = starts.get(number, holder)
        holder.lines.append(line)

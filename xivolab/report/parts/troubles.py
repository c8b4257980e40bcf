"""What the server complains about in its logs, the most frequent first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xivolab.asterisk.log.troubles import Trouble, troubles
from xivolab.report.html import Block, Cell, badge, join, table, tag
from xivolab.views.clean import hide_secrets, one_line

if TYPE_CHECKING:
    from xivolab.report.report import Report


def block(report: Report, at_most: int) -> Block | None:
    """The warnings and errors, those alike counted together; nothing where no log holds any."""
    if not report.case.reading.has_logs:
        return None
    say = report.words
    rows = troubles(report.case.reading.logs)
    if not rows:
        return None
    head = [say(key) for key in ("count", "level", "message", "first-seen", "last-seen", "place")]
    body = [tag("h2", say("troubles")), tag("p", say("troubles-hint"), class_="xl-muted")]
    body.append(table(head, [_cells(report, row) for row in rows[:at_most]]))
    if len(rows) > at_most:
        body.append(tag("p", say("more-rows", count=say.number(len(rows) - at_most)), class_="xl-muted"))
    text = "\n".join(f"{row.count}  {row.level}  {_text(row)}" for row in rows[:at_most])
    return Block(join(body), f"{say('troubles')}\n{text}")


def _text(row: Trouble) -> str:
    text = one_line(hide_secrets(row.text))
    return f"{row.source}: {text}" if row.source else text


def _cells(report: Report, row: Trouble) -> list[object]:
    say = report.words
    return [
        Cell(say.number(row.count), numeric=True),
        badge(row.level, "bad" if row.level == "ERROR" else "warn"),
        _text(row),
        *("" if time is None else say.stamp(time / 1e9) for time in (row.first, row.last)),
        tag("code", f"{Path(row.file).name}:{row.line}"),
    ]

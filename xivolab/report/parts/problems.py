"""What could not be read, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xivolab.report.html import Block, join, tag
from xivolab.report.summary import problem_line

if TYPE_CHECKING:
    from xivolab.report.report import Report


def block(report: Report) -> Block | None:
    """One line for each problem."""
    lines = [problem_line(row) for row in report.case.table("problems").records()]
    if not lines:
        return None
    title = report.words("problems")
    return Block(
        join([tag("h2", title), tag("ul", join(tag("li", line) for line in lines))]), "\n".join([title, *lines])
    )

"""The call that a command is about: `--call`, or the only one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.errors import UsageError

if TYPE_CHECKING:
    from xivolab.case import Case
    from xivolab.objects import Call

Key = Annotated[
    str | None,
    typer.Option("--call", metavar="ID", help="Call id, Call-ID or number; not needed when there is one call."),
]


def one_call(case: Case, key: str | None) -> Call:
    """The call of that key, or the only one. Raises UsageError when that is not one call."""
    if key is not None:
        return case.call(key)
    calls = case.call_list()
    if len(calls) == 1:
        return calls[0]
    if not calls:
        raise UsageError(
            "no call in this evidence", "--call", "`xivolab dialogs` and `xivolab streams` show what is there"
        )
    raise UsageError(
        f"{len(calls)} calls in this evidence", "--call", "choose one with --call; `xivolab calls` lists them"
    )

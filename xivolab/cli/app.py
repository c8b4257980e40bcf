"""How every command is made: plain help (rich would take half of the start-up time), no tracebacks of typer's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand


class PlainCommand(TyperCommand):
    """A command whose help names arguments as people write them: `EVIDENCE...`, without a Python type."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The words of the usage line."""
        return [re.sub(r"[{}]", "", piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The arguments, then the options."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record and parameter.param_type_name == "argument":
                sections["Arguments"].append(
                    (re.sub(r" <.*>", "", record[0]), re.sub(r"  \[required\]", "", record[1]))
                )
            elif record:
                sections["Options"].append(record)
        for title, records in sections.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


def new_app(**options: Any) -> typer.Typer:
    """An app; `options` are typer's own."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, **options)


def command(examples: str | tuple[str, ...], summary: str | None = None) -> Callable[[Callable[..., Any]], typer.Typer]:
    """Makes the decorated function an app of one command; `summary` replaces its docstring, `examples` end its help."""
    lines = (examples,) if isinstance(examples, str) else examples
    epilog = "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])

    def decorate(function: Callable[..., Any]) -> typer.Typer:
        app = new_app()
        app.command(cls=PlainCommand, help=summary, epilog=epilog)(function)
        return app

    return decorate

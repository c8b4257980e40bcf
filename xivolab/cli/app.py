"""How every command is made: plain help (rich would take half of the start-up time), no tracebacks of typer's own."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

import typer
from typer.core import TyperCommand


def _is_made(annotation: Any, value: Any) -> bool:
    """Whether a value from the command line is what a parameter of some type takes: a word, words, or nothing."""
    if value is None:
        return True
    if annotation == list[str]:
        return isinstance(value, (list, tuple)) and all(isinstance(word, str) for word in value)
    return annotation is str and isinstance(value, str)


def spare(parameter: Any) -> Any:
    """The parameter, which typer now coerces only where there is something to coerce.

    It does that with pydantic, which takes longer to import than a small capture to read.
    """
    if not hasattr(parameter, "type_descriptor"):  # a typer that does without pydantic
        return parameter
    process = parameter.process_value

    def process_value(ctx: Any, value: Any) -> Any:
        if not _is_made(parameter.type_descriptor.annotation, value):
            return process(ctx, value)
        if parameter.required and parameter.value_is_missing(value):
            return process(ctx, value)
        return value if parameter.callback is None else parameter.callback(ctx, parameter, value)

    parameter.process_value = process_value
    return parameter


class PlainCommand(TyperCommand):
    """A command whose help names arguments as people write them: `EVIDENCE...`, without a Python type."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for parameter in self.params:
            spare(parameter)

    def get_help_option(self, ctx: Any) -> Any:
        """`--help`."""
        return spare(super().get_help_option(ctx))

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
        app.command(cls=PlainCommand, help=summary, epilog=epilog)(unbundled(function))
        return app

    return decorate


def unbundled(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with an option for each field of those of its parameters that are dataclasses; each is given as one."""
    hints = get_type_hints(function, include_extras=True)
    bundles = {name: hint for name, hint in hints.items() if is_dataclass(hint)}
    if not bundles:
        return function
    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(function).parameters.values():
        bundle = bundles.get(parameter.name)
        if bundle is None:
            parameters.append(parameter.replace(annotation=hints[parameter.name]))
            continue
        own = get_type_hints(bundle, include_extras=True)
        parameters += [
            parameter.replace(name=one.name, default=one.default, annotation=own[one.name]) for one in fields(bundle)
        ]

    def called(**values: Any) -> Any:
        made = {
            name: bundle(**{one.name: values.pop(one.name) for one in fields(bundle)})  # type: ignore[operator]
            for name, bundle in bundles.items()
        }
        return function(**values, **made)

    called.__doc__ = function.__doc__
    called.__name__ = function.__name__
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return called

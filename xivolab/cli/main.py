"""The program `xivolab`: finds the command, runs it, and turns what went wrong into one line and an exit status.

0 fine; 1 only with --fail-on; 2 bad usage or unreadable input; 70 a defect of ours; 130 interrupted.
"""

from __future__ import annotations

import difflib
import errno
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from xivolab import __version__
from xivolab.cli.app import new_app, spare
from xivolab.cli.commands import COMMANDS
from xivolab.cli.status import BAD_INPUT, DEFECT, INTERRUPTED, tell
from xivolab.errors import UsageError, XivolabError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class LazyCommands(TyperGroup):
    """A group that imports a command when it is asked for, and lists all without importing any."""

    def get_help_option(self, ctx: Any) -> Any:
        """`--help`."""
        return spare(super().get_help_option(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name. Raises UsageError with what may have been meant."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            near = difflib.get_close_matches(cmd_name, COMMANDS, n=1)
            remedy = f"did you mean {near[0]}? " if near else ""
            raise UsageError(f"no command {cmd_name!r}", "", f"{remedy}`xivolab --help` lists them")
        module, _, attribute = entry.target.partition(":")
        command = typer.main.get_command(getattr(importlib.import_module(module), attribute))
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list in `xivolab --help`."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


app = new_app(
    cls=LazyCommands,
    no_args_is_help=True,
    epilog="Each command has its own --help, with examples. Start with: xivolab calls FILE",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"xivolab {__version__}")
        raise typer.Exit


@app.callback()
def xivolab(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """What happened to this call? Captures, Asterisk logs and CEL, analysed."""


def status_of(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (`sys.argv` when None) and give its exit status; trouble is told on standard error."""
    try:
        # Not `app()`: typer would make status 1 of a broken pipe.
        group = typer.main.get_command(app)
        words = list(sys.argv[1:] if arguments is None else arguments)
        with group.make_context("xivolab", words) as context:
            result = group.invoke(context)
        sys.stdout.flush()
    except typer.Exit as leave:
        return leave.exit_code
    except XivolabError as error:
        tell(str(error))
        return BAD_INPUT
    except typer.TyperException as error:
        return _usage(error)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has had enough (`| head`); Python shall not complain about it at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.filename is None and error.errno not in _FULL:
            return _defect(error)
        tell(f"{error.filename or 'standard output'}: {error.strerror}")
        return BAD_INPUT
    except Exception as error:
        return _defect(error)
    return result if isinstance(result, int) else 0


def _usage(error: typer.TyperException) -> int:
    """A wrong option or argument, in one line; the help where no command was given."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "xivolab"
    message = error.format_message()
    if "\n" in message:  # the whole help
        print(message, file=sys.stderr)
    else:
        tell(f"{message.rstrip('.')}; `{path} --help` shows what it takes")
    return BAD_INPUT


def _defect(error: Exception) -> int:
    if os.environ.get("XIVOLAB_DEBUG"):
        raise error
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "unknown place"
    tell(
        f"{place}: {type(error).__name__}: {error}; this is a defect of xivolab: please report this line with the "
        "output of `xivolab doctor` (XIVOLAB_DEBUG=1 shows more)"
    )
    return DEFECT


def run() -> None:
    """The console script."""
    gc.set_threshold(50_000, 20, 20)  # what is imported stays
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads have nothing to do here, and spin meanwhile
    status = status_of()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)  # everything is written; taking the compiler of the kernels apart would cost another 0.3 s

"""`python -m xivolab.bench`: the commands of the bench on their own."""

from __future__ import annotations

import typer

from xivolab.bench.cli import register

app = typer.Typer(no_args_is_help=True, help="The PBX in containers.")
register(app)

if __name__ == "__main__":
    app()

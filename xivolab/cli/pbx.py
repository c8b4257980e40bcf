"""The group `xivolab pbx`: the commands are the bench's own."""

from __future__ import annotations

from xivolab.bench.cli import register
from xivolab.cli.app import PlainCommand, new_app

app = new_app(no_args_is_help=True, help="A PBX and its phones in containers: record real calls.")
register(app)
for command in app.registered_commands:
    command.cls = PlainCommand

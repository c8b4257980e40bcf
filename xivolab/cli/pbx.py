"""The group `xivolab pbx`: the commands are the bench's own."""

from __future__ import annotations

from xivolab.bench import cli as recorder
from xivolab.bench.plant import cli as plant
from xivolab.cli.app import PlainCommand, new_app

app = new_app(
    no_args_is_help=True, help="A PBX and its phones in containers: bring it up, work with it, record real calls."
)
plant.register(app)
recorder.register(app)
for command in app.registered_commands:
    command.cls = PlainCommand

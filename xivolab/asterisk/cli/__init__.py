"""The output of Asterisk's command line, pasted or fetched, as tables."""

from __future__ import annotations

from xivolab.asterisk.cli.shown import CliTables
from xivolab.asterisk.cli.tables import CliText, cli_tables, read_cli, table_of_command

__all__ = ["CliTables", "CliText", "cli_tables", "read_cli", "table_of_command"]

"""The options that commands share, each declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Evidence = Annotated[
    list[str],
    typer.Argument(
        metavar="EVIDENCE",
        help="Files, folders, postgresql:// addresses (CEL); - is standard input.",
        show_default=False,
    ),
]


class Lang(StrEnum):
    """The languages of people."""

    EN = "en"
    FR = "fr"


Language = Annotated[
    Lang | None, typer.Option("--lang", metavar="fr|en", help="Language of what people read.", show_default=False)
]
Zone = Annotated[
    str | None,
    typer.Option("--tz", metavar="ZONE", help="Time zone of logs without one, and of the times shown: Europe/Paris."),
]
Year = Annotated[int | None, typer.Option("--year", metavar="YYYY", help="Year of logs without one.")]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--as", metavar="KIND:FILE", help="Take FILE for a capture, asterisk-log, … whatever it looks like."),
]
KeyLogFile = Annotated[
    str | None, typer.Option("--keylog", metavar="FILE", help="TLS keys (SSLKEYLOGFILE): SIP in TLS and WSS is read.")
]

Json = Annotated[bool, typer.Option("--json", help="A JSON list of records.")]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="JSON, a record a line after a header record.")]
Csv = Annotated[bool, typer.Option("--csv", help="CSV with a header.")]
WithFilters = Annotated[
    bool, typer.Option("--filters", help="Show what to type in Wireshark to see each (display filters).")
]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort", metavar="FIELD", help="A field, -FIELD for descending, or (calls) worst.", show_default=False
    ),
]

Number = Annotated[str | None, typer.Option("--number", metavar="N", help="Caller or callee, +32… and 0… alike.")]
Since = Annotated[str | None, typer.Option("--since", metavar="TIME", help="From then on: 09:30, 2026-11-23T09:30.")]
Until = Annotated[str | None, typer.Option("--until", metavar="TIME", help="Up to then.")]
State = Annotated[
    str | None, typer.Option("--state", metavar="STATE", help="completed, failed, busy, …; a,b for both.")
]
Status = Annotated[str | None, typer.Option("--status", metavar="CODE", help="486, 4xx, 403,404.")]
Host = Annotated[
    str | None, typer.Option("--host", metavar="HOST", help="An address, address:port, name or role (see: hosts).")
]
Addresses = Annotated[bool, typer.Option("--addresses", help="Show addresses instead of the names of hosts.")]
WithHosts = Annotated[
    bool, typer.Option("--with-hosts", help="In JSON and CSV: names and roles of hosts beside src and dst.")
]
OneCall = Annotated[
    str | None, typer.Option("--call", metavar="ID", help="Of one call: its id, a Call-ID, C-…, a number.")
]
Where = Annotated[
    str | None,
    typer.Option("--where", metavar="TEST", help="Such as 'mos < 3.6 and codec = PCMA' (docs/commands/filters.md)."),
]

CaptureFile = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Keep the capture in FILE (pcapng).")
]
CaptureFilter = Annotated[
    str, typer.Option("--filter", metavar="FILTER", help="What to capture, as for tcpdump: udp or port 5060.")
]
Limit = Annotated[
    float, typer.Option("--limit", metavar="MB", min=0.001, help="Stop when the file has become so large.")
]
Ring = Annotated[
    int, typer.Option("--ring", metavar="N", min=0, help="Keep the last N files of --limit MB instead of stopping.")
]
Seconds = Annotated[float | None, typer.Option("--for", metavar="SECONDS", min=0, help="Stop after so long.")]

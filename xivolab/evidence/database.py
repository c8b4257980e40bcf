"""A PostgreSQL database as evidence: its address, without the password wherever it is shown.

Besides what libpq knows, the query of the address may hold `cel`, `call_log`, `queue_log` (names of tables, with their schema:
`asterisk.cel`), `column.NAME` (what a column is called there), `since`, `until`, `linkedid`, `call_log_id` (which rows), and
`timeout` (seconds a query may take).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from xivolab.errors import UsageError
from xivolab.evidence.source import Source

SCHEMES = ("postgresql", "postgres")
_OURS = ("cel", "call_log", "queue_log", "since", "until", "linkedid", "call_log_id", "timeout")
_SECRET = ("password", "sslpassword", "passfile", "sslkey")
HIDDEN = "•••"


def is_database(text: str) -> bool:
    """Whether a piece of evidence is the address of a database."""
    return text.partition("://")[0] in SCHEMES and "://" in text


class Database(Source):
    """The address of a database. `options` are those of ours, `conninfo` is what libpq takes (with the password).

    Raises UsageError for an address that is none.
    """

    def __init__(self, address: str, options: Mapping[str, str] | None = None) -> None:
        try:
            parts = urlsplit(address)
            _ = parts.port
        except ValueError as error:
            raise UsageError("not the address of a database", _without_password(address), str(error)) from None
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        ours = {key: value for key, value in pairs if key in _OURS or key.startswith("column.")}
        libpq = [(key, value) for key, value in pairs if key not in ours]
        self.options: dict[str, str] = {**ours, **(options or {})}
        query = urlencode(libpq, quote_via=quote, safe="/")
        self.conninfo = address.partition("?")[0] + (f"?{query}" if query else "")
        self.path = self.name = _without_password(self.conninfo)
        self.growing = False
        self.head = b""

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """No bytes: a database is asked, not read."""
        yield io.BytesIO()

    @property
    def on_disk(self) -> bool:
        """It is no file."""
        return False

    def with_options(self, **options: str) -> Database:
        """The same database, asked for something else."""
        return Database(self.conninfo, {**self.options, **options})


def _without_password(address: str) -> str:
    told = re.sub(r"(://[^/@:]*):[^@/]*@", rf"\1:{HIDDEN}@", address)
    return re.sub(rf"([?&](?:{'|'.join(_SECRET)})=)[^&]*", rf"\1{HIDDEN}", told)

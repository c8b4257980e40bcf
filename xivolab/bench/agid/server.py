"""The service: a thread for each conversation."""

from __future__ import annotations

import socketserver
import sys

import psycopg

from xivolab.bench.agid.database import Database
from xivolab.bench.agid.handlers import HANDLERS
from xivolab.bench.agid.session import GoneError, Session

HOST = "127.0.0.1"
PORT = 4573


class Server(socketserver.ThreadingTCPServer):
    """Listens for Asterisk."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, dsn: str, host: str = HOST, port: int = PORT) -> None:
        self.dsn = dsn
        super().__init__((host, port), _Conversation)


class _Conversation(socketserver.StreamRequestHandler):
    timeout = 30

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        try:
            answer(Session(self.rfile, self.wfile), server.dsn)  # type: ignore[arg-type]
        except (GoneError, OSError) as error:
            print(f"conversation ended: {error}", file=sys.stderr, flush=True)


def answer(session: Session, dsn: str) -> None:
    """Run the handler that was asked for; one that fails sends the call to `agi_fail` and says why in the log."""
    name = session.handler
    handler = HANDLERS.get(name)
    if handler is None:
        session.verbose(f"Unknown AGI handler '{name}'")
        session.go_to("agi_fail", "s", 1)
        return
    try:
        with Database(dsn) as database:
            handler(session, database)
    except (LookupError, ValueError, psycopg.Error) as error:
        print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        session.verbose(
            f"AGI handler '{name}' failed: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
        )
        session.go_to("agi_fail", "s", 1)
        return
    session.verbose(f"AGI handler '{name}' successfully executed")


def serve(dsn: str, host: str = HOST, port: int = PORT) -> None:
    """Answer until somebody stops the program."""
    with Server(dsn, host, port) as server:
        server.serve_forever()

"""TLS keys as programs write them: NSS key logs, in a file or in the Decryption Secrets Blocks of a pcapng.

A line is a label, the client random of a connection (or what else tells it) and a secret, both in hexadecimal
(draft-ietf-tls-keylogfile; wireshark: packet-tls-utils.c, tls_keylog_process_lines).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from xivolab.errors import EvidenceError

TLS_KEY_LOG = 0x544C534B
"""Secrets type of a Decryption Secrets Block that holds an NSS key log (draft-ietf-opsawg-pcapng, 4.7)."""

LABELS = (
    "CLIENT_RANDOM",
    "CLIENT_EARLY_TRAFFIC_SECRET",
    "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
    "SERVER_HANDSHAKE_TRAFFIC_SECRET",
    "CLIENT_TRAFFIC_SECRET_0",
    "SERVER_TRAFFIC_SECRET_0",
    "EARLY_EXPORTER_SECRET",
    "EXPORTER_SECRET",
    "ECH_SECRET",
    "ECH_CONFIG",
    "RSA",
)
"""What lines of a key log begin with."""

_LINE = re.compile(
    rf"^({'|'.join(LABELS)}) ((?:Session-ID:)?[0-9A-Fa-f]+) ((?:Master-Key:)?[0-9A-Fa-f]+)[ \t\r]*$", re.M
)
_LARGEST = 64 << 20
_REMEDY = "give the file that SSLKEYLOGFILE names, as the TLS library of one end wrote it"


@dataclass(frozen=True, slots=True)
class KeyLog:
    """The lines of one or several key logs; `randoms` are the client randoms of the connections they open.

    `any_connection` tells that some lines name no client random: RSA's encrypted secrets, session identifiers. `given` is
    the file that somebody gave, "" for keys that were in a capture.
    """

    lines: tuple[str, ...] = ()
    randoms: frozenset[bytes] = frozenset()
    any_connection: bool = False
    given: str = ""

    def __bool__(self) -> bool:
        return bool(self.lines)

    def opens(self, random: bytes) -> bool:
        """Whether there are keys for the connection with this client random."""
        return random in self.randoms

    @property
    def origin(self) -> str:
        """Where they are from, in words."""
        return f"the keys of {self.given}" if self.given else "the keys in the capture"

    @property
    def text(self) -> str:
        """As a key log again."""
        return "".join(f"{line}\n" for line in self.lines)


def parse_key_log(text: str) -> KeyLog:
    """The keys in the text of a key log; what is no key is left out."""
    lines: list[str] = []
    randoms: set[bytes] = set()
    any_connection = False
    for label, name, secret in _LINE.findall(text):
        lines.append(f"{label} {name} {secret}")
        if label == "RSA" or len(name) != 64:
            any_connection = True
        else:
            randoms.add(bytes.fromhex(name))
    return KeyLog(tuple(dict.fromkeys(lines)), frozenset(randoms), any_connection)


def read_key_log(path: str | Path) -> KeyLog:
    """The keys in a file; one without any gives none. Raises EvidenceError when it cannot be read or is something else."""
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(_LARGEST)
    except FileNotFoundError:
        raise EvidenceError("no such key log", str(path), "check the path") from None
    except IsADirectoryError:
        raise EvidenceError("this is a folder, no key log", str(path), _REMEDY) from None
    except OSError as error:
        raise EvidenceError(error.strerror or "cannot be opened", str(path), "check its permissions") from None
    keys = parse_key_log(data.decode("latin-1"))
    if not keys and (what := _something_else(data)):
        raise EvidenceError(what, str(path), _REMEDY)
    return replace(keys, given=str(path))


def _something_else(data: bytes) -> str:
    """What a file without keys is, "" for a key log that has none yet."""
    if re.search(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----", data):
        return "this is a private key, no key log: with it nobody can read TLS of today"
    if b"-----BEGIN CERTIFICATE-----" in data:
        return "this is a certificate, no key log"
    rest = [line for line in data.splitlines() if line.strip() and not line.startswith(b"#")]
    return "no line of this file is that of a TLS key log" if rest else ""


def keys_in(secrets: Iterable[bytes]) -> KeyLog:
    """The keys in the bodies of Decryption Secrets Blocks, with little-endian numbers."""
    texts = []
    for body in secrets:
        if len(body) >= 8:
            kind, size = struct.unpack_from("<II", body)
            if kind == TLS_KEY_LOG:
                texts.append(body[8 : 8 + size].decode("latin-1"))
    return parse_key_log("\n".join(texts))


def together(*logs: KeyLog) -> KeyLog:
    """The keys of several key logs."""
    return KeyLog(
        tuple(dict.fromkeys(line for log in logs for line in log.lines)),
        frozenset().union(*(log.randoms for log in logs)),
        any(log.any_connection for log in logs),
        next((log.given for log in logs if log.given), ""),
    )

"""Output asked for from a server, by a command that the user gives: `ssh pbx asterisk -rx`.

The command is split into words and started without a shell; Asterisk's command is its last word. Over ssh that word is quoted,
because the shell of the other side would split it. Nothing that changes the server is asked: only commands that show or list.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath

from xivolab.errors import EvidenceError, MissingToolError, UsageError

_ALLOWED = re.compile(
    r"(?:pjsip (?:show|list)|core show|dialplan show|queue show|dahdi show|sip show|cdr show|cel show|module show|confbridge list"
    r"|parking show|rtp show|stasis show)\b[^;|&$`\n\r\0]*"
)
_SHELLS = {"ssh", "mosh", "plink", "vagrant"}
MOST_BYTES = 16 << 20
TIMEOUT_S = 15.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server printed: the words that were run, when (ns since 1970), and the text with a prompt before it."""

    words: tuple[str, ...]
    command: str
    taken_at: int
    text: str

    @property
    def told(self) -> str:
        """The answer as evidence: the time, what was run, what it printed."""
        moment = datetime.fromtimestamp(self.taken_at / 1e9, UTC).isoformat(timespec="milliseconds")
        return f"{moment}\n*CLI> {self.command}\n{self.text.rstrip()}\n\n"


def words_of(by: str, command: str) -> tuple[str, ...]:
    """What is run for one command of Asterisk. Raises UsageError for a command that may do more than show something."""
    command = " ".join(command.split())
    if not _ALLOWED.fullmatch(command):
        raise UsageError(f"{command!r} is not asked", "--command", "ask what shows or lists: 'pjsip show channelstats'")
    try:
        words = shlex.split(by)
    except ValueError as error:
        raise UsageError(f"cannot be split into words: {error}", f"--fetch {by}", "close the quotes") from None
    if not words:
        raise UsageError("no command to fetch by", "--fetch", "write --fetch 'ssh pbx asterisk -rx'")
    if not any(re.fullmatch(r"-\w*x", word) for word in words):
        raise UsageError("Asterisk's command has no place", f"--fetch {by}", "end it in `asterisk -rx`")
    remote = PurePath(words[0]).name in _SHELLS
    return (*words, shlex.quote(command) if remote else command)


def fetch(by: str, command: str, timeout: float = TIMEOUT_S) -> Answer:
    """Ask once. Raises MissingToolError, EvidenceError when it fails or takes longer than `timeout` seconds, UsageError."""
    words = words_of(by, command)
    begun = time.time_ns()
    try:
        ran = subprocess.run(
            words,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=timeout,
            check=False,
            errors="replace",
            text=True,
        )
    except FileNotFoundError:
        raise MissingToolError(f"{words[0]} is not installed", "--fetch", "check the command") from None
    except OSError as error:
        raise EvidenceError(error.strerror or "cannot be started", shlex.join(words), "check the command") from None
    except subprocess.TimeoutExpired:
        raise EvidenceError(f"no answer within {timeout:g} s", shlex.join(words), "try it in a terminal") from None
    if ran.returncode:
        reason = next(
            (line for line in reversed(ran.stderr.splitlines()) if line.strip()), f"exit status {ran.returncode}"
        )
        raise EvidenceError(reason.strip(), shlex.join(words), "try it in a terminal")
    return Answer(words, " ".join(command.split()), begun, ran.stdout[:MOST_BYTES])


def poll(
    by: str, commands: Sequence[str], every_s: float, for_s: float, timeout: float = TIMEOUT_S
) -> Iterator[Answer]:
    """Ask each command every `every_s` seconds, for `for_s` seconds: at least once, and again only while the time is not over.

    A failure of the first round raises, as `fetch` does; later ones are left out, and the next round comes at its time.
    """
    begun = time.monotonic()
    number = 0
    while True:
        for command in commands:
            try:
                yield fetch(by, command, timeout)
            except EvidenceError:
                if number == 0:
                    raise
        number += 1
        wait = begun + number * every_s - time.monotonic()
        if every_s <= 0 or number * every_s > for_s:
            return
        time.sleep(max(wait, 0.0))

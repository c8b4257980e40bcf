"""The screen of `xivolab live` on a terminal: calls above, the ladder of one below, keys to choose it."""

from __future__ import annotations

import os
import select
import sys
import termios
import tty
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.live import Live as RichLive
from rich.table import Table
from rich.text import Text

from xivolab.work.live_view import LiveView, word

if TYPE_CHECKING:
    from xivolab.work.live import Live

_STYLES = {"completed": "green", "in-call": "bold green", "failed": "bold red", "rejected": "bold red"}
_KEYS = {
    "en": "↑ ↓ another call   n the newest   q stop",
    "fr": "↑ ↓ un autre appel   n le plus récent   q arrêter",
}
_SMALL = 12  # lines: no room for the title of a ladder
_UP, _DOWN, _NEWEST, _QUIT = ("\x1b[A", "k"), ("\x1b[B", "j"), ("n",), ("q", "\x03", "\x04")


class Screen:
    """Shows evidence that grows until it ends or somebody presses q. Leaving the block restores the terminal."""

    def __init__(self, live: Live, lang: str, console: Console | None = None) -> None:
        self._live = live
        self._lang = lang
        self._console = console or Console()
        self._shown = RichLive(console=self._console, screen=True, auto_refresh=False)
        self._key: str | None = None
        self._terminal: list[Any] | None = None

    def __enter__(self) -> Screen:
        if sys.stdin.isatty():
            self._terminal = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin)
        self._shown.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._shown.__exit__(kind, error, trace)
        finally:
            if self._terminal is not None:
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._terminal)

    def show(self) -> None:
        """Draw what is known now."""
        view = LiveView(
            self._live.snapshot, self._live.feed.name, self._live.running, self._lang, self._live.tz, self._key
        )
        size = self._console.size
        self._shown.update(frame(view, size.width, size.height, self._key), refresh=True)

    def pause(self, seconds: float) -> bool:
        """Wait for a key, `seconds` at most; whether to go on."""
        if self._terminal is None:
            self._live.rest(seconds)
            return True
        if not select.select([sys.stdin], [], [], seconds)[0]:
            return True
        pressed = os.read(sys.stdin.fileno(), 16).decode("ascii", "replace")
        if pressed in _QUIT or not pressed:
            return False
        self._choose(pressed)
        self.show()
        return True

    def _choose(self, pressed: str) -> None:
        snapshot = self._live.snapshot
        if pressed in _NEWEST or snapshot is None:
            self._key = None
            return
        ids = [call.record["id"] for call in snapshot.calls]
        chosen = snapshot.call(self._key)
        if pressed not in _UP + _DOWN or chosen is None:
            return
        at = ids.index(chosen.key) + (1 if pressed in _DOWN else -1)
        self._key = ids[min(max(at, 0), len(ids) - 1)]


def frame(view: LiveView, width: int, height: int, key: str | None = None) -> Group:
    """What fills a screen of so many columns and lines."""
    heading = Text(view.heading(), "bold", no_wrap=True, overflow="ellipsis")
    keys = Text(_KEYS[view.lang], "dim", no_wrap=True, overflow="ellipsis")
    if view.snapshot is None or not view.snapshot.calls:
        return Group(heading, Text(), *(Text(line) for line in view.text(width).splitlines()[1:2]), Text(), keys)
    most = max(height // 4, 3)
    chosen = view.snapshot.call(key)
    ids = [call.record["id"] for call in view.snapshot.calls]
    at = ids.index(chosen.key) if chosen else 0
    first = min(max(at - most + 1, 0), max(len(ids) - most, 0))
    calls = view.snapshot.calls[first : first + most]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", expand=False)
    for number, title in enumerate(view.head()):
        table.add_column(title, justify="right" if number > 2 else "left", no_wrap=True, overflow="ellipsis")
    for number, call in enumerate(calls, first):
        start, parties, state, *figures = view.row(call)
        style = "reverse" if number == at else ""
        table.add_row(start, parties, Text(state, _STYLES.get(call.record["state"], "yellow")), *figures, style=style)
    more = len(ids) - len(calls)
    rest = [Text(word("more", view.lang, count=more), "dim")] if more > 0 else []
    room = height - len(calls) - len(rest) - 6
    ladder = [Text(line, no_wrap=True, overflow="crop") for line in tail(view.ladder(width).splitlines(), room)]
    return Group(heading, Text(), table, *rest, Text(), *ladder, keys)


def tail(lines: Sequence[str], room: int) -> list[str]:
    """A ladder in `room` lines: its head, down to the names over its columns, and what happened last."""
    if len(lines) <= room:
        return list(lines)
    head = lines[: next((number for number, line in enumerate(lines) if "│" in line), 0)]
    if room < _SMALL:
        head = head[-1:]
    kept = max(room - len(head) - 1, 1)
    return [*head, "…", *lines[-kept:]][: max(room, 1)]

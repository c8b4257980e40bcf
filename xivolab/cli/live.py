"""The command that shows calls as they happen."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.language import language
from xivolab.cli.options import CaptureFile, CaptureFilter, JsonLines, KeyLogFile, Language, Limit, Ring, Seconds, Zone
from xivolab.cli.status import tell
from xivolab.cli.times import show_time, zone
from xivolab.errors import EvidenceError, UsageError

if TYPE_CHECKING:
    from xivolab.work.live import Live
    from xivolab.work.live_snapshot import LiveCall, Snapshot

_EXAMPLES = (
    "xivolab live eth0",
    "xivolab live any --filter 'udp or port 5060' -o monday.pcapng",
    "xivolab live eth0 --ring 10 --limit 100 --jsonl",
    "xivolab live /tmp/trace.pcap",
    "xivolab live captures/packet-loss/capture.pcap --speed 4",
    "xivolab live pbx",
)
_KEY_S = 0.1
_HEADER = 8  # bytes that tell a capture from something else

Where = Annotated[
    str,
    typer.Argument(metavar="INTERFACE", help="An interface, pbx (the PBX in containers), or a file that grows."),
]


@command(_EXAMPLES)
def live(
    where: Where,
    output: CaptureFile = None,
    capture_filter: CaptureFilter = "",
    limit: Limit = 1000,
    ring: Ring = 0,
    seconds: Seconds = None,
    speed: Annotated[
        float | None,
        typer.Option("--speed", metavar="X", min=0, help="Play FILE again, X times as fast, instead of following it."),
    ] = None,
    jsonl: JsonLines = False,
    lang: Language = None,
    tz: Zone = None,
    keylog: KeyLogFile = None,
) -> None:
    """Show calls, their ladder and their quality as they happen; Ctrl-C stops, and the capture is kept."""
    zone(tz)
    _check(where, speed, ring)
    show(
        _opened(where, output, capture_filter, limit, ring, speed, language(lang), tz, keylog), seconds, jsonl, lang, tz
    )


def show(found: Live, seconds: float | None, jsonl: bool, lang: Language, tz: str | None) -> None:
    """Show what is captured until it ends, `seconds` have passed or somebody stops it, then tell where it is kept."""
    deadline = None if seconds is None else time.monotonic() + seconds
    with _stopped_by_signals(found):
        if jsonl:
            _print_records(found, deadline, tz)
        elif sys.stdout.isatty():
            _show_screen(found, deadline, language(lang))
        else:
            _print_lines(found, deadline, language(lang))
    _tell_kept(found)


def _check(where: str, speed: float | None, ring: int) -> None:
    if speed is not None and not Path(where).is_file():
        raise UsageError("only a file can be played again", f"--speed {speed:g}", "name a capture")
    if ring == 1:
        raise UsageError("a ring needs two files or more", "--ring 1", "write --ring 2, or leave it out")


@contextmanager
def _stopped_by_signals(live: Live) -> Iterator[None]:
    """Ctrl-C, `kill` or a closed terminal end it after what is being done, a second one at once; then it is stopped.

    An interrupt at any moment would leave modules half imported and a snapshot half made.
    """

    def asked(*_: object) -> None:
        if not live.running:
            raise KeyboardInterrupt
        live.end()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        live.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def _opened(
    where: str,
    output: Path | None,
    capture_filter: str,
    limit: float,
    ring: int,
    speed: float | None,
    lang: str,
    tz: str | None,
    keylog: str | None,
) -> Live:
    from xivolab.work.live import live as door

    path = Path(where)
    if path.is_dir():
        raise UsageError("this is a folder", where, "name an interface, or a capture that is being written")
    if path.is_file():
        _recognise(path)
        if speed is not None:
            return door.replay(path, speed=speed, out=output, lang=lang, tz=tz, keylog=keylog)
        return door.follow(path, lang=lang, tz=tz, keylog=keylog)
    if path.suffix or len(path.parts) > 1:
        raise UsageError("there is no such file", where, "name an interface, or a capture that is being written")
    interface, enter = where, list[str]()
    if where == "pbx":
        from xivolab.bench.tap import tap

        interface, enter = tap()
    return door(
        interface,
        filter=capture_filter,
        out=output,
        limit_mb=limit,
        ring=ring,
        lang=lang,
        tz=tz,
        keylog=keylog,
        enter=enter,
    )


def _recognise(path: Path) -> None:
    """Raises EvidenceError for a file that will never be a capture; one that is empty may become one."""
    import xivolab

    if path.stat().st_size >= _HEADER and xivolab.open(path).files[0].kind != "capture":
        raise EvidenceError("this is no capture", str(path), "name a pcap or pcapng file that is being written")


def _looks(live: Live, deadline: float | None) -> Iterator[Snapshot]:
    """Each snapshot that is new, and a last one when it has ended."""
    while live.running and (deadline is None or time.monotonic() < deadline):
        snapshot = live.look()
        if snapshot is not None:
            yield snapshot
        live.rest(None if deadline is None else max(deadline - time.monotonic(), 0.0))
    before = live.snapshot
    live.stop()
    if live.snapshot is not None and live.snapshot is not before:
        yield live.snapshot


def _print_records(live: Live, deadline: float | None, tz: str | None) -> None:
    """The call records, each time that one changes, after a header."""
    from xivolab.cli.machine_readable import header

    before: Snapshot | None = None
    for snapshot in _looks(live, deadline):
        if before is None:
            print(json.dumps(header([snapshot.case], snapshot.case.table("calls"), tz), ensure_ascii=False))
        for call in snapshot.changes(before):
            print(json.dumps(call.record, ensure_ascii=False))
        sys.stdout.flush()
        before = snapshot


def _print_lines(live: Live, deadline: float | None, lang: str) -> None:
    """A line each time that a call changes."""
    before: Snapshot | None = None
    for snapshot in _looks(live, deadline):
        for call in snapshot.changes(before):
            print(_line(live, snapshot, call, lang))
        sys.stdout.flush()
        before = snapshot


def _line(live: Live, snapshot: Snapshot, call: LiveCall, lang: str) -> str:
    from xivolab.work.live_view import LiveView

    view = LiveView(snapshot, live.feed.name, live.running, lang, live.tz)
    now = show_time(snapshot.time or 0.0, zone(live.tz), with_date=False)
    _, parties, state, lasted, mos, loss = view.row(call)
    figures = [figure for figure in (lasted, f"MOS {mos}" if mos else "", loss) if figure]
    return "  ".join([now, parties, state, *figures, call.record["id"]])


def _show_screen(live: Live, deadline: float | None, lang: str) -> None:
    from xivolab.cli.live_screen import Screen
    from xivolab.work.live_view import LiveView

    with Screen(live, lang) as screen:
        screen.show()
        due = 0.0
        while live.running and (deadline is None or time.monotonic() < deadline):
            if time.monotonic() >= due:
                if live.look() is not None:
                    screen.show()
                due = time.monotonic() + live.pause_s
            if not screen.pause(_KEY_S):
                break
    live.stop()
    print(LiveView(live.snapshot, live.feed.name, live.running, lang, live.tz).summary())


def _tell_kept(live: Live) -> None:
    """Where the capture is, and what it holds."""
    files = live.files
    size = sum(file.stat().st_size for file in files if file.exists())
    packets = live.snapshot.packets if live.snapshot else 0
    dropped = f", {live.feed.dropped} dropped by the capture" if live.feed.dropped else ""
    names = " ".join(map(str, files)) or "nothing"
    tell(f"{names}: {packets} packets, {size / 1e6:.1f} MB{dropped}; `xivolab calls {names}` reads it again")

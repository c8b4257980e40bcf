"""Calls as they happen: an interface, a file that grows, or a capture replayed, looked at again and again.

>>> import xivolab
>>> live = xivolab.live.replay("captures/clean-call/capture.pcap", speed=0)
>>> live.wait().case.call(0).state
'completed'
"""

from __future__ import annotations

import atexit
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from xivolab.errors import EvidenceError, UsageError
from xivolab.evidence.follow import Growing
from xivolab.work.live_feeds import Feed, Following
from xivolab.work.live_snapshot import Snapshot

if TYPE_CHECKING:
    import pandas as pd

    from xivolab.case import Case
    from xivolab.evidence.source import Source
    from xivolab.work.live_view import LiveView

REFRESH_S = 0.5
"""How often a person is shown something new, at most."""

_STEP_S = 0.05
_SHARE = 4
"""Looking takes a fifth of the time at most: where there are many messages it is done less often."""

Listener = Callable[[Snapshot], None]


class Live:
    """Evidence that grows. `case` is what there is of it now; `stop()` ends it and keeps the files.

    In a notebook it shows itself and goes on showing what is new; `watch()` does so for a while, `static()` once. In a
    `with` block it is stopped at the end. Raises UsageError for an unknown language or zone.
    """

    def __init__(
        self,
        feed: Feed,
        *,
        refresh_s: float = REFRESH_S,
        lang: str = "en",
        tz: str | None = None,
        keylog: str | Path | None = None,
    ) -> None:
        from xivolab.growing import GrowingScan
        from xivolab.views.clock import language, zone

        self.feed = feed
        self.lang = language(lang, ("en", "fr"))
        self.tz = tz
        self._keylog = keylog
        zone(tz)
        self.snapshot: Snapshot | None = None
        self.error: EvidenceError | None = None
        self._refresh_s = refresh_s
        self._pause_s = 0.0
        self._growing: dict[Path, Growing] = {}
        self._scan = GrowingScan()
        self._looking = threading.RLock()
        self._over = False
        self._thread: threading.Thread | None = None
        self._listeners: list[Listener] = []
        # Whoever forgets to stop it: at the end of the process nothing is left behind.
        reference = weakref.ref(self)
        atexit.register(_end, reference)

    @property
    def files(self) -> list[Path]:
        """Where the capture is kept."""
        return self.feed.files()

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return self.feed.running and not self._over

    @property
    def case(self) -> Case:
        """The case of what was captured so far. Raises EvidenceError when nothing was yet."""
        self.look()
        if self.snapshot is None:
            raise EvidenceError("nothing has been captured yet", self.feed.name, "wait for the first packet")
        return self.snapshot.case

    @property
    def calls(self) -> pd.DataFrame:
        """The calls so far."""
        return self.case.calls

    def look(self) -> Snapshot | None:
        """Look whether there is more, now: a snapshot of it, None when nothing is new.

        Raises EvidenceError when a file was replaced or cut while it was followed.
        """
        with self._looking:
            begun, files = time.monotonic(), self.feed.files()
            try:
                snapshot = self._read(files)
            except EvidenceError:
                if self.feed.files() == files:
                    raise
                return None  # a ring let its oldest file go in this moment
            if snapshot is None:
                return None
            self.snapshot = snapshot
            self._pause_s = max(self._refresh_s, _SHARE * (time.monotonic() - begun))
            return snapshot

    def _read(self, files: list[Path]) -> Snapshot | None:
        sources = self._grown(files)
        try:
            snapshot = None if sources is None else self._snapshot(sources)
            if snapshot is not None:
                snapshot.read()
        except BaseException:  # a Ctrl-C too: what grew is looked at again
            self._growing = {}
            raise
        return snapshot

    def start(self, listener: Listener | None = None) -> Live:
        """Look in the background; `listener` is called, in that thread, with each snapshot."""
        if listener is not None:
            self._listeners.append(listener)
        if self._thread is None and self.running:
            self._thread = threading.Thread(target=self._run, name="xivolab-live", daemon=True)
            self._thread.start()
        return self

    @property
    def pause_s(self) -> float:
        """Seconds until it is worth looking again: longer as the capture grows and takes longer to read."""
        return max(self._pause_s, self._refresh_s)

    def rest(self, seconds: float | None = None) -> None:
        """Wait as long as it takes until looking again is due, `seconds` at most."""
        until = time.monotonic() + (self.pause_s if seconds is None else min(self.pause_s, seconds))
        while not self._over and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _STEP_S))

    def end(self) -> None:
        """Let whoever looks at it come to an end: all that a signal handler may do. `stop()` does the rest."""
        self._over = True

    def stop(self) -> Live:
        """Stop, and look a last time at what was captured. Does nothing the second time."""
        self.end()
        self.feed.stop()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        with suppress(EvidenceError):
            self._tell(self.look())
        return self

    def wait(self, seconds: float | None = None) -> Live:
        """Wait until nothing more comes, `seconds` at most, then stop. Ctrl-C, or interrupting the kernel, stops it sooner."""
        deadline = None if seconds is None else time.monotonic() + seconds
        try:
            while self.running and (deadline is None or time.monotonic() < deadline):
                time.sleep(_STEP_S)
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()
        return self

    def watch(self, seconds: float | None = None) -> None:
        """Show it in this cell, growing in place, until nothing more comes or `seconds` have passed; then stop.

        Interrupting the kernel stops it sooner, and cleanly.
        """
        from IPython.display import display

        handle = display(self.static(), display_id=True)
        shown, deadline = self.snapshot, None if seconds is None else time.monotonic() + seconds
        self.start()
        try:
            while self.running and (deadline is None or time.monotonic() < deadline):
                time.sleep(_STEP_S)
                if handle is not None and self.snapshot is not shown:
                    shown = self.snapshot
                    handle.update(self.static())
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()
            if handle is not None:
                handle.update(self.static())

    def static(self) -> LiveView:
        """The state now, as something that does not change."""
        from xivolab.work.live_view import LiveView

        with suppress(EvidenceError):
            self.look()
        return LiveView(self.snapshot, self.feed.name, self.running, self.lang, self.tz)

    def __enter__(self) -> Live:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        state = "running" if self.running else "stopped"
        calls = len(self.snapshot.calls) if self.snapshot else 0
        return f"<Live {self.feed.name}: {state}, {calls} calls>"

    def _ipython_display_(self) -> None:
        self._show()

    def _show(self) -> None:
        """Show it here, and go on showing what is new in the same place."""
        from IPython.display import display

        handle = display(self.static(), display_id=True)
        if handle is None:  # no notebook, but a Python prompt
            return
        self.start(lambda _: handle.update(self.static()))

    def _run(self) -> None:
        while self.running:
            try:
                self._tell(self.look())
            except EvidenceError as error:
                self.error = error
                return
            self.rest()
        if not self._over:  # the feed ended by itself
            with suppress(EvidenceError):
                self._tell(self.look())

    def _tell(self, snapshot: Snapshot | None) -> None:
        """Tell the listeners; once more when it ends, so that they show that it did."""
        if self.snapshot is not None and (snapshot is not None or not self.running):
            for listener in self._listeners:
                listener(self.snapshot)

    def _grown(self, files: list[Path]) -> dict[str, Source] | None:
        """The files as far as they go now; None when none of them grew, unless the last of it was seen in haste."""
        grown = set(self._growing) != set(files)
        self._growing = {path: self._growing.get(path) or Growing(path) for path in files}
        grown |= sum(one.grow() for one in self._growing.values()) > 0  # each of them is looked at
        grown |= self._scan.hurried and not self.running
        return {str(path): one.source() for path, one in self._growing.items() if one.size} if grown else None

    def _snapshot(self, sources: dict[str, Source]) -> Snapshot | None:
        import xivolab

        if not sources:
            return None
        try:
            case = xivolab.open(*sources, tz=self.tz, keylog=self._keylog)
        except EvidenceError:
            if self.running:  # the first bytes may still be on their way
                return None
            raise
        return Snapshot(
            case.as_of(sources, self._scan, last=not self.running), sum(one.size for one in self._growing.values())
        )


def _end(reference: weakref.ref[Live]) -> None:
    live = reference()
    if live is not None:
        live.feed.stop()


class Door:
    """`xivolab.live("eth0")` captures an interface, `xivolab.live.follow(FILE)` a file that grows, `.replay(FILE)` plays one."""

    def __call__(
        self,
        interface: str,
        *,
        filter: str = "",  # noqa: A002 - what everybody calls it
        out: str | Path | None = None,
        limit_mb: float = 1000,
        ring: int = 0,
        lang: str = "en",
        tz: str | None = None,
        keylog: str | Path | None = None,
        enter: Sequence[str] = (),
    ) -> Live:
        """Capture an interface with dumpcap, from now on, into `out` (a pcapng file; one named after the hour without).

        `filter` is one of libpcap, such as "udp or port 5060". It stops by itself at `limit_mb`; with `ring` it keeps the
        last so many files of that size. `keylog` names a TLS key log, which may grow meanwhile. Raises UsageError for an unknown interface, a wrong filter, or where this user may
        not capture; MissingToolError without dumpcap.
        """
        # What a look needs is imported before dumpcap runs: whoever stops it in the meantime would stop it without a word.
        import xivolab.growing  # noqa: F401
        from xivolab.net.dumpcap import Recording

        path = Path(out) if out is not None else Path(f"xivolab-live-{datetime.now():%Y%m%d-%H%M%S}.pcapng")
        if not path.parent.is_dir():
            raise UsageError("there is no such folder", str(path.parent), "name a file in a folder that exists")
        recording = Recording(interface, path, capture_filter=filter, limit_mb=limit_mb, ring=ring, enter=enter)
        return Live(recording, lang=lang, tz=tz, keylog=keylog)

    def follow(
        self, path: str | Path, *, lang: str = "en", tz: str | None = None, keylog: str | Path | None = None
    ) -> Live:
        """Follow a capture that another program is writing. Raises UsageError when it is not there."""
        return Live(Following(Path(path)), lang=lang, tz=tz, keylog=keylog)

    def replay(
        self,
        capture: str | Path,
        *,
        speed: float = 1.0,
        out: str | Path | None = None,
        lang: str = "en",
        tz: str | None = None,
        keylog: str | Path | None = None,
    ) -> Live:
        """Play a capture as if it happened now, `speed` times as fast (0: at once), by way of a file that grows.

        The file goes to `out`, or among temporary ones. Raises EvidenceError for what is no capture.
        """
        from xivolab.work.live_replay import Replay

        path = Path(out) if out is not None else Path(tempfile.mkdtemp(prefix="xivolab-replay-")) / "replay.pcap"
        return Live(Replay(capture, path, speed), lang=lang, tz=tz, keylog=keylog)


live = Door()

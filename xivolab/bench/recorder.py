"""Recording scenarios: play, copy what they leave, judge it, keep it."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from xivolab import resources
from xivolab.bench import engine, judge, tables
from xivolab.bench.case import Case
from xivolab.bench.recording import Recording
from xivolab.bench.scenario import Scenario
from xivolab.bench.scenarios import find
from xivolab.bench.stage import Stage
from xivolab.errors import LabError

_TRIES = 3
_LOCK = Path(tempfile.gettempdir()) / "xivolab-bench.lock"
Progress = Callable[[str], None]


def record(
    names: Sequence[str], out: Path = Path(), *, samples: bool = False, on_progress: Progress = lambda text: None
) -> list[Path]:
    """Record scenarios by name and return the case folders written.

    Each goes to `out`/NAME; with `samples` instead to the repository's captures/NAME and sample_logs/NAME. A recording
    that is not what its scenario did (a phone crashed, the machine was too busy) is made again, three times at most.
    Raises UsageError for an unknown name, MissingToolError without a container engine, LabError when all tries failed.
    """
    scenarios = [find(name) for name in names]
    chosen = engine.detect()
    folders: list[Path] = []
    with _alone():
        for scenario in scenarios:
            with tempfile.TemporaryDirectory(prefix="xivolab-bench-") as scratch:
                recording = _until_good(chosen, scenario, Path(scratch), on_progress)
                if samples:
                    folders += recording.keep_as_samples(resources.captures().parent)
                    tables.write(resources.captures().parent)
                else:
                    folders += recording.keep(out / scenario.name)
    return folders


def _until_good(chosen: engine.Engine, scenario: Scenario, scratch: Path, on_progress: Progress) -> Recording:
    reason = None
    for attempt in range(1, _TRIES + 1):
        on_progress(f"{scenario.name}: recording" + (f" again ({reason})" if reason else ""))
        folder = scratch / str(attempt)
        folder.mkdir()
        try:
            recording = _play(chosen, scenario, folder, on_progress)
            reason = judge.fault_of(recording.captures, scenario, recording.truth)
        except LabError as error:
            reason = str(error)
        else:
            if reason is None:
                on_progress(f"{scenario.name}: recorded")
                return recording
    raise LabError(f"not recorded in {_TRIES} tries: {reason}", scenario.name, "try when the machine is less busy")


def _play(chosen: engine.Engine, scenario: Scenario, scratch: Path, on_progress: Progress) -> Recording:
    taps = [scenario.tap, *([scenario.second] if scenario.second else [])]
    with Stage(chosen, scratch, scenario.setup, on_progress, taps) as stage:
        started = datetime.now(UTC)
        stage.capture("pbx", scratch / "pbx", "/scenario")
        stage.register(scenario.phones)
        truth = scenario.play(stage)
        stage.settle()
        # Copied while the phones still run: stopping them would leave its traces in a healthy log.
        texts = {"full": stage.pbx.log(), "cel.csv": stage.pbx.cel_csv(), "cel.txt": stage.pbx.cel_table()}
        texts |= {name: stage.pbx.read(path) for name, path in stage.kept.items()}
        for capture in stage.captures:
            capture.stop()
        case = Case(scenario.name, scenario.title, started, stage.pbx.version(), tuple(stage.hosts))
        texts |= stage.snapshots
    return Recording(case, truth, {capture.tap: capture.file for capture in stage.captures}, texts)


def clear_leftovers() -> bool:
    """Remove what a recording that was killed left; whether nobody is recording, so that it could be done."""
    with _LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        engine.detect().clear()
        return True


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other recorder runs on this machine: they would share names and addresses."""
    with _LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

"""The one decorator that compiles the hot loops.

A kernel takes plain contiguous arrays and numbers, allocates nothing, and gives the same answers with the compiler off
(`NUMBA_DISABLE_JIT=1`). Compiled code is kept in a folder named after everything that it was made from: numba's own
cache looks only at the module of the kernel itself, so that it would serve stale code when a helper elsewhere changes,
and it ignores bounds checking.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

KERNEL_MODULES = (
    "xivolab.net.bytes",
    "xivolab.net.rows",
    "xivolab.net.pcap",
    "xivolab.net.pcapng",
    "xivolab.net.tunnels",
    "xivolab.net.link",
    "xivolab.net.endpoints",
    "xivolab.net.websocket",
    "xivolab.net.pick",
    "xivolab.net.datagrams",
    "xivolab.sip.sdp_place",
    "xivolab.sip.interning",
    "xivolab.sip.sdp_shapes",
    "xivolab.sip.scan",
    "xivolab.sip.repeats",
    "xivolab.sip.flow",
    "xivolab.sip.plain_users",
    "xivolab.rtp.state",
    "xivolab.rtp.bursts",
    "xivolab.rtp.sequence",
    "xivolab.rtp.playout",
    "xivolab.rtp.skew",
    "xivolab.rtp.timing",
    "xivolab.rtp.wireshark",
    "xivolab.rtp.engine",
)
"""Every module that holds kernels or what they are made of."""


def _sources() -> list[Path]:
    root = Path(__file__).parent
    return [Path(__file__), *(root.joinpath(*name.split(".")[1:]).with_suffix(".py") for name in KERNEL_MODULES)]


def cache_folder() -> Path:
    """Where the compiled code of exactly these sources, this Python, numba and these flags is kept."""
    from importlib.metadata import version

    made_from = hashlib.sha256()
    for source in _sources():
        made_from.update(source.read_bytes() if source.exists() else b"-")
    flags = os.environ.get("NUMBA_BOUNDSCHECK", "0")
    made_from.update(f"{sys.version_info[:2]} {version('numba')} {version('numpy')} {flags}".encode())
    base = os.environ.get("XIVOLAB_CACHE")
    folder = Path(base) if base else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "xivolab"
    return folder / f"kernels-{made_from.hexdigest()[:16]}"


_ready = False


def _numba() -> Any:
    """numba, told once where to keep what it compiles. A folder that cannot be written costs time, nothing else."""
    global _ready
    import numba

    if not _ready:
        folder = cache_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            numba.config.CACHE_DIR = str(folder)
        except OSError:
            numba.config.CACHE_DIR = ""
        _ready = True
    return numba


def kernel(function: F) -> F:
    """An entry point: compiled at its first call, kept in the cache, runs without the GIL."""
    numba = _numba()
    compiled: F = numba.njit(function, nogil=True, cache=bool(numba.config.CACHE_DIR))
    return compiled


def helper(function: F) -> F:
    """A step inside kernels: compiled into each kernel that calls it."""
    compiled: F = _numba().njit(function, nogil=True)
    return compiled


def inlined(function: F) -> F:
    """A large helper with one caller: put into it before LLVM sees it, which else would pass dozens of arrays on the stack."""
    compiled: F = _numba().njit(function, nogil=True, inline="always")
    return compiled


def warm() -> None:
    """Compile every kernel now, by reading a small capture made for it, so that the first user does not wait."""
    importlib.import_module("xivolab.warm").warm()


if __name__ == "__main__":
    warm()

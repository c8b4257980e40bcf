"""The one decorator that compiles the hot loops.

A kernel takes plain contiguous arrays and numbers, allocates nothing, and gives the same answers with the compiler off
(`NUMBA_DISABLE_JIT=1`). All kernels are compiled together, ahead of their use, into one library that is called without
numba, whose import alone takes longer than reading a small capture. The library is kept in a folder named after
everything that it was made from: numba's own cache looks only at the module of the kernel itself, so that it would
serve stale code when a helper elsewhere changes, and it ignores bounds checking. Where no library can be made, numba
compiles what is called.
"""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FunctionType
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
    "xivolab.rtp.udptl",
    "xivolab.rtp.timing",
    "xivolab.rtp.wireshark",
    "xivolab.rtp.engine",
    "xivolab.asterisk.log.dates",
    "xivolab.asterisk.log.frame",
    "xivolab.asterisk.log.names",
    "xivolab.asterisk.log.pick",
    "xivolab.asterisk.rtp_log.lines",
    "xivolab.asterisk.log.needles",
    "xivolab.asterisk.log.hints",
    "xivolab.asterisk.log.tell",
    "xivolab.asterisk.log.groups",
    "xivolab.asterisk.log.outcome",
)
"""Every module that holds kernels or what they are made of."""

PACKAGE = Path(__file__).parent

_TOOLS = ("_kernel.py", "_native.py", "_compile.py", "warm.py")


def bounds_checked() -> bool:
    """Whether kernels must check their indexes (`NUMBA_BOUNDSCHECK=1`)."""
    return os.environ.get("NUMBA_BOUNDSCHECK", "0") not in ("", "0")


def _interpreted() -> bool:
    return os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


def _sources() -> list[Path]:
    modules = (PACKAGE.joinpath(*name.split(".")[1:]).with_suffix(".py") for name in KERNEL_MODULES)
    return [*(PACKAGE / tool for tool in _TOOLS), *modules]


def _numba_version() -> bytes:
    """What numba says of itself, read without importing it."""
    from importlib.util import find_spec

    found = find_spec("numba")
    version = Path(found.origin or "").with_name("_version.py") if found else None
    return version.read_bytes() if version and version.exists() else b""


def cache_folder() -> Path:
    """Where the compiled code of exactly these sources, this Python, numba, machine and these flags is kept."""
    made_from = hashlib.sha256(_numba_version())
    for source in _sources():
        made_from.update(source.read_bytes() if source.exists() else b"-")
    made_from.update(f"{sys.version_info[:2]} {sys.platform} {os.uname().machine} {bounds_checked()}".encode())
    base = os.environ.get("XIVOLAB_CACHE")
    folder = Path(base) if base else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "xivolab"
    return folder / f"kernels-{made_from.hexdigest()[:16]}"


class Kernel:
    """An entry point: called like the function that it is made from, runs without the GIL."""

    def __init__(self, function: FunctionType) -> None:
        functools.update_wrapper(self, function)
        self.function = function
        self.name = f"{function.__module__}.{function.__qualname__}"
        self._compiled: Callable[..., Any] | None = None

    def __call__(self, *arguments: Any) -> Any:
        """Run it, compiled by the first way that there is."""
        if self._compiled is None:
            self._compiled = _library_function(self.name) or jitted(self.function)
        return self._compiled(*arguments)


_helpers: set[Callable[..., Any]] = set()
_inlined: set[Callable[..., Any]] = set()
_dispatchers: dict[Callable[..., Any], Any] = {}


def kernel(function: F) -> F:
    """An entry point. It must be called by `xivolab.warm.warm()`, which tells the types of its arguments."""
    return function if _interpreted() else Kernel(function)  # type: ignore[return-value,arg-type]


def helper(function: F) -> F:
    """A step inside kernels: compiled into each kernel that calls it, and a plain function for Python."""
    _helpers.add(function)
    return function


def inlined(function: F) -> F:
    """A large helper with one caller: put into it before LLVM sees it, which else would pass dozens of arrays on the stack."""
    _inlined.add(function)
    return helper(function)


def jitted(function: Callable[..., Any]) -> Any:
    """The function as numba compiles it, with all helpers that it calls."""
    if function not in _dispatchers:
        import numba

        assert isinstance(function, FunctionType)
        names = dict(function.__globals__)
        for name in function.__code__.co_names:
            called = names.get(name)
            if isinstance(called, FunctionType) and called in _helpers:
                names[name] = jitted(called)
        # The same code, but its helpers are compiled ones.
        copy = FunctionType(function.__code__, names, function.__name__, function.__defaults__)
        copy.__module__, copy.__qualname__ = function.__module__, function.__qualname__
        # Without numba's reference counts: nothing is allocated.
        _dispatchers[function] = numba.njit(
            copy,
            nogil=True,
            _nrt=False,
            boundscheck=bounds_checked(),
            inline="always" if function in _inlined else "never",
        )
    return _dispatchers[function]


def _library_function(name: str) -> Callable[..., Any] | None:
    library = _library()
    return library.get(name) if library else None


def warm() -> None:
    """Have the compiled kernels ready, so that the first reader does not wait."""
    _library()


@functools.cache
def _library() -> dict[str, Callable[..., Any]] | None:
    """The functions of the library, which is made first when it is not there; None when it cannot be had."""
    import subprocess

    from xivolab import _native

    folder = cache_folder()
    functions = _native.load(folder)
    if functions is None and _native.can_write(folder):
        if sys.stderr.isatty():
            print("xivolab: compiling its kernels, this once", file=sys.stderr)
        path = os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))))
        # In a process of its own: the compiler takes much memory, and a thread may be running here.
        command = [sys.executable, "-m", "xivolab._compile"]
        subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, check=False)
        functions = _native.load(folder)
    return functions

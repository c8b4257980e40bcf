"""The captures that kernels are compiled for use every kernel, as real captures do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_READ_A_SAMPLE = """
import sys
import xivolab
case = xivolab.open(sys.argv[1])
assert len(case.table("calls")) and len(case.table("streams")) and len(case.table("dialogs"))
assert "numba" not in sys.modules and "llvmlite" not in sys.modules
"""

_EVERY_KERNEL = """
from xivolab import _compile, _kernel, _native
_kernel.warm()
names = {kernel.name for kernel in _compile._all_kernels()}
assert names == set(_native.load(_kernel.cache_folder())), names
"""


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-c", *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_kernel_is_compiled() -> None:
    run(_EVERY_KERNEL)


@pytest.mark.parametrize("name", ["clean-call", "hold-resume", "tcp-call", "ipv6-call"])
def test_after_it_nothing_is_left_to_compile(name: str) -> None:
    """Real calls are read without the compiler: pcap, pcapng, TCP, IPv6."""
    sample = Path(__file__).parents[1] / "captures" / name
    run(_READ_A_SAMPLE, str(sample))

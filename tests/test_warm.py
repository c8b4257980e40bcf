"""Compiling every kernel ahead of the first use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from xivolab._kernel import cache_folder

_READ_A_SAMPLE = """
import sys
import xivolab.warm, xivolab
from xivolab._kernel import cache_folder
xivolab.warm.warm()
files = lambda: sorted(path.name for path in cache_folder().iterdir())
before = files()
case = xivolab.open(sys.argv[1])
assert len(case.table("calls")) and len(case.table("streams")) and len(case.table("dialogs"))
assert files() == before, set(files()) - set(before)
"""


@pytest.mark.parametrize("name", ["clean-call", "hold-resume", "tcp-call", "ipv6-call"])
def test_after_it_nothing_is_left_to_compile(name: str) -> None:
    """The cache has no new file after real calls were read: pcap, pcapng, TCP, IPv6."""
    sample = Path(__file__).parents[1] / "captures" / name
    done = subprocess.run(
        [sys.executable, "-c", _READ_A_SAMPLE, str(sample)], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.returncode == 0, done.stderr
    assert cache_folder().is_dir()

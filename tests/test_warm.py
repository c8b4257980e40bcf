"""Compiling every kernel ahead of the first use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_READ_A_SAMPLE = """
import sys
from importlib import import_module
import xivolab, xivolab.warm
from xivolab._kernel import KERNEL_MODULES

def compiled():
    functions = [item for name in KERNEL_MODULES for item in vars(import_module(name)).items()]
    return {name: list(function.signatures) for name, function in functions if hasattr(function, "signatures")}

xivolab.warm.warm()
before = compiled()
case = xivolab.open(sys.argv[1])
assert len(case.table("calls")) and len(case.table("streams")) and len(case.table("dialogs"))
assert compiled() == before
"""


_EVERY_KERNEL = r"""
import re
from importlib import import_module
from pathlib import Path
import xivolab.warm
from xivolab._kernel import KERNEL_MODULES

xivolab.warm.warm()
for name in KERNEL_MODULES:
    module = import_module(name)
    for kernel in re.findall(r"^@kernel\ndef (\w+)", Path(module.__file__).read_text(), re.MULTILINE):
        assert len(getattr(module, kernel).signatures) == 1, kernel
"""


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-c", *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_kernel_is_compiled() -> None:
    run(_EVERY_KERNEL)


@pytest.mark.parametrize("name", ["clean-call", "hold-resume", "tcp-call", "ipv6-call"])
def test_after_it_nothing_is_left_to_compile(name: str) -> None:
    """No kernel has a new signature after real calls were read: pcap, pcapng, TCP, IPv6."""
    sample = Path(__file__).parents[1] / "captures" / name
    run(_READ_A_SAMPLE, str(sample))

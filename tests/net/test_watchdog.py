"""A program that does not outlive whoever started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xivolab.net import watchdog

START = [sys.executable, "-I", str(watchdog.__file__)]


def started(*command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*START, *command], stdin=subprocess.PIPE)


def test_the_status_is_that_of_the_program() -> None:
    with started(sys.executable, "-c", "import sys; sys.exit(7)") as process:
        assert process.wait(20) == 7


def test_closing_the_pipe_interrupts_it(tmp_path: Path) -> None:
    sign = tmp_path / "interrupted"
    program = (
        "import pathlib, sys, time\n"
        "try:\n    print('up', flush=True); time.sleep(60)\n"
        "except KeyboardInterrupt:\n    pathlib.Path(sys.argv[1]).touch()\n"
    )
    process = subprocess.Popen(
        [*START, sys.executable, "-c", program, str(sign)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        process.stdin.close()
        process.wait(20)
    assert sign.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_ctrl_c_is_not_for_it_but_a_kill_is(number: int) -> None:
    with started("sleep", "30") as process:
        time.sleep(0.5)
        os.kill(process.pid, number)
        if number == signal.SIGTERM:
            assert process.wait(10) != 0
        else:
            time.sleep(0.5)
            assert process.poll() is None
            assert process.stdin is not None
            process.stdin.close()
            process.wait(10)

"""The gate of continuous integration against tests that are silently skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

import tests.skips

TESTS = """
import pytest

def test_runs():
    pass

@pytest.mark.skipif(True, reason="tshark is not installed")
def test_needs_tshark():
    pass
"""


@pytest.mark.parametrize("workers", ["-n0", "-n1"])
def test_a_skip_fails_the_run_and_says_why(pytester: pytest.Pytester, workers: str) -> None:
    pytester.makeconftest(Path(tests.skips.__file__).read_text())
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess(workers, "--fail-on-skip")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*test_needs_tshark*tshark is not installed"])


def test_a_skip_is_fine_elsewhere(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(Path(tests.skips.__file__).read_text())
    pytester.makepyfile(TESTS)
    assert pytester.runpytest_subprocess("-n0").ret == pytest.ExitCode.OK

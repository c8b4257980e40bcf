"""`--fail-on-skip`: a test skipped where it could have run fails the whole run (continuous integration uses it)."""

from __future__ import annotations

import pytest

# Reasons that no set-up step of ours can take away.
ALLOWED: tuple[str, ...] = ("XIVOLAB_CORPUS is not set",)


class Skips:
    """Collects the skipped tests and fails the session when there are any with another reason than `allowed`."""

    def __init__(self, allowed: tuple[str, ...] = ALLOWED) -> None:
        self.allowed = allowed
        self.found: list[str] = []

    def _add(self, where: str, longrepr: object) -> None:
        reason = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
        if not any(words in reason for words in self.allowed):
            self.found.append(f"{where}: {reason}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self._add(report.nodeid, report.longrepr)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._add(report.nodeid, report.longrepr)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.found and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.found:
            terminalreporter.section("skipped, and should not be here")
            for line in self.found:
                terminalreporter.line(line)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fail-on-skip", action="store_true", help="fail when a test is skipped that could run here")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--fail-on-skip") and not hasattr(config, "workerinput"):  # xdist workers report to us
        config.pluginmanager.register(Skips())

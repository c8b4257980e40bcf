"""A headless Chromium that talks to nobody but this machine, and a JupyterLab to open in it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from xivolab.machine.programs import PROGRAMS

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of the system.

    For no longer than a module: until it is stopped, playwright keeps an event loop running in this thread, which others
    would find there.
    """
    chromium = next(program for program in PROGRAMS if "chromium" in program.commands).path()
    if chromium is None:
        pytest.skip("no Chromium on this machine: make setup installs it where it can")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window; a page that asks for anything beyond this machine, or whose scripts fail, fails the test."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="en-GB")
    page = context.new_page()
    strangers: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: _stranger(request.url) and strangers.append(request.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    context.close()
    assert strangers == [], "the page asks for something on the network"
    assert failures == [], "a script of the page failed"


def _stranger(url: str) -> bool:
    return not url.startswith(("file:", "data:", "blob:", "http://127.0.0.1:", "ws://127.0.0.1:"))


@dataclass(frozen=True, slots=True)
class Lab:
    """A JupyterLab that is running: its address, its token, and the folder it serves."""

    port: int
    token: str
    folder: Path

    def url(self, notebook: str) -> str:
        """Where to open a notebook of the folder."""
        return f"http://127.0.0.1:{self.port}/lab/tree/{notebook}?token={self.token}"


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """JupyterLab on the loopback, with copies of the notebooks and settings of its own."""
    from xivolab import resources

    folder = tmp_path / "notebooks"
    shutil.copytree(resources.notebooks(), folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    lab = Lab(port, "a-token-for-this-test", folder)
    own = {name: str(tmp_path / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={lab.token}"),
        *(f"--ServerApp.root_dir={folder}", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"),
        "--LabApp.news_url=None",
    ]
    with (tmp_path / "jupyterlab.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **own})
    try:
        _wait_for(lab, server, tmp_path / "jupyterlab.log")
        yield lab
    finally:
        server.terminate()  # it ends its kernels itself
        server.wait(timeout=20)


def _wait_for(lab: Lab, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{lab.port}/api?token={lab.token}", timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"JupyterLab does not answer:\n{log.read_text(errors='replace')[-2000:]}")

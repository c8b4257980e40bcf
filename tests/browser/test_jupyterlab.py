"""The notebooks in a real JupyterLab: all cells run, a message opens on a click, a capture can be dropped in."""

from __future__ import annotations

import re

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Lab
from xivolab import resources

_REPLAY = """import xivolab
from xivolab import resources
sample = resources.captures() / "packet-loss" / "capture.pcap\""""


def _write(lab: Lab, name: str, *cells: str) -> None:
    """A notebook of some code cells; without the name of its kernel JupyterLab would ask for one."""
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    made = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata=kernel), lab.folder / name)


def _run_all(page: Page, lab: Lab, notebook: str) -> None:
    page.goto(lab.url(notebook))
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)  # the menu is grey before
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


@pytest.mark.slow
def test_the_start_notebook_runs_and_a_message_opens(page: Page, lab: Lab) -> None:
    _run_all(page, lab, "00_start_here.ipynb")

    ladder = page.locator(".jp-OutputArea-output .xivolab", has_text="INVITE").first
    expect(ladder).to_be_visible(timeout=90_000)
    message = ladder.locator("details", has_text="INVITE").first
    message.locator("summary").click()
    expect(message.locator("pre")).to_contain_text(re.compile(r"INVITE sip:1002@.* SIP/2\.0"))
    expect(message.locator("pre")).to_be_visible()

    page.wait_for_function("!document.querySelector('.jp-Notebook').innerText.includes('[*]:')")
    expect(page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)
    expect(page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)


@pytest.mark.slow
def test_a_capture_that_is_dropped_is_analysed(page: Page, lab: Lab) -> None:
    _run_all(page, lab, "01_analyse_a_capture.ipynb")
    expect(page.locator(".xl-call").first).to_be_visible(timeout=90_000)

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Déposez vos fichiers").click()
    chooser.value.set_files(resources.captures() / "unknown-number" / "capture.pcap")
    expect(page.get_by_role("button", name="(1)")).to_be_visible()
    page.locator(".jp-CodeCell", has_text="case = xivolab.open").first.locator(".cm-content").click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run Selected Cell and All Below", exact=True).click()
    expect(page.locator(".xl-call").first).to_contain_text("404", timeout=60_000)


@pytest.mark.slow
def test_a_live_cell_grows_while_others_run_and_stops(page: Page, lab: Lab) -> None:
    cells = (
        f"{_REPLAY}\nlive = xivolab.live.replay(sample, speed=2)\nlive",
        "import time; begun = time.monotonic()",
        "while time.monotonic() - begun < 6: time.sleep(0.1)\nlive.stop(); None",
    )
    _write(lab, "grows.ipynb", *cells)
    _run_all(page, lab, "grows.ipynb")

    cell = page.locator(".jp-CodeCell").first.locator(".jp-OutputArea-output")
    expect(cell).to_contain_text("listening", timeout=60_000)
    expect(cell).to_contain_text("in call", timeout=30_000)
    expect(cell).to_contain_text("stopped", timeout=30_000)
    expect(cell.locator("details", has_text="INVITE").first).to_be_attached()
    assert page.locator(".jp-CodeCell").first.locator(".jp-OutputArea-output").count() == 1, "it grows in place"


@pytest.mark.slow
def test_interrupting_the_kernel_ends_a_live_cell_cleanly(page: Page, lab: Lab) -> None:
    cells = (
        f"{_REPLAY}\nlive = xivolab.live.replay(sample, speed=0.5)\nlive.watch()",
        "print('state', live.running, live.case.calls.shape[0])",
    )
    _write(lab, "interrupted.ipynb", *cells)
    _run_all(page, lab, "interrupted.ipynb")

    cell = page.locator(".jp-CodeCell").first.locator(".jp-OutputArea-output")
    expect(cell).to_contain_text("in call", timeout=60_000)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("Interrupt Kernel")).click()
    expect(cell).to_contain_text("stopped", timeout=30_000)
    expect(page.get_by_text("state False 1")).to_be_visible(timeout=30_000)
    expect(page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)

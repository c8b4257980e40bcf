"""The start notebook in a real JupyterLab: all cells run, and a message of the ladder opens on a click."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Lab


@pytest.mark.slow
def test_the_start_notebook_runs_and_a_message_opens(page: Page, lab: Lab) -> None:
    page.goto(lab.url("00_start_here.ipynb"))
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)  # the menu is grey before
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()

    ladder = page.locator(".jp-OutputArea-output .xivolab", has_text="INVITE").first
    expect(ladder).to_be_visible(timeout=90_000)
    message = ladder.locator("details", has_text="INVITE").first
    message.locator("summary").click()
    expect(message.locator("pre")).to_contain_text(re.compile(r"INVITE sip:1002@.* SIP/2\.0"))
    expect(message.locator("pre")).to_be_visible()

    page.wait_for_function("!document.querySelector('.jp-Notebook').innerText.includes('[*]:')")
    expect(page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)
    expect(page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)

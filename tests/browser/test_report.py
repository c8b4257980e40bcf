"""A report in a browser, opened as a file from a mail: a message of the ladder opens on a click."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from xivolab import resources
from xivolab.report import ReportSpec, run_all


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the report of a clean call."""
    evidence = str(resources.captures() / "clean-call")
    (result,) = run_all([ReportSpec((evidence,), str(tmp_path_factory.mktemp("reports")), "clean-call")])
    assert result.html is not None, result.error
    return Path(result.html).as_uri()


def test_a_message_opens_on_a_click(page: Page, report: str) -> None:
    page.goto(report)
    message = page.locator(".xivolab details", has_text="INVITE").first
    expect(message.locator("pre")).to_be_hidden()
    message.locator("summary").click()
    expect(message.locator("pre")).to_be_visible()
    expect(message.locator("pre")).to_contain_text(re.compile(r"INVITE sip:1002@.* SIP/2\.0"))
    expect(message.locator("pre")).to_contain_text("v=0")


def test_the_list_of_calls_leads_to_the_call(page: Page, report: str) -> None:
    page.goto(report)
    page.get_by_role("link", name="→").first.click()
    expect(page.locator("article.xl-call").first).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_in_both_themes(page: Page, report: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(report)
    contrasts = page.evaluate(_CONTRASTS)
    assert len(contrasts) > 20
    assert min(contrasts) >= 4.5


# The contrast (WCAG 2.1, 1.4.3) of each piece of text of our own blocks with what it stands on.
_CONTRASTS = """
() => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = rgb => rgb.slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = parse(getComputedStyle(element).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll(".xl h1,.xl h2,.xl p,.xl th,.xl td,.xl td a,.xl .xl-badge,.xl b,.xl-figure span")]
    .filter(element => !element.closest(".xivolab") && element.innerText.trim())
    .map(element => [luminance(parse(getComputedStyle(element).color)), luminance(ground(element))].sort((a, b) => a - b))
    .map(([dark, light]) => (light + 0.05) / (dark + 0.05));
}
"""

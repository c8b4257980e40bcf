"""Sound in character cells."""

from __future__ import annotations

import pytest

import xivolab
from tests.captures import ROOT


@pytest.mark.parametrize("width", [40, 80, 132])
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", ["packet-loss", "dtmf-menu", "one-way-audio"])
def test_no_line_is_wider(name: str, lang: str, width: int) -> None:
    lines = xivolab.open(ROOT / "captures" / name).call(0).audio(lang=lang).text(width).splitlines()
    assert max(map(len, lines)) <= width


def test_blocks_dots_crosses_and_digits() -> None:
    lossy = xivolab.open(ROOT / "captures" / "packet-loss").call(0).audio().text().splitlines()
    assert sum("✖ ✖" in line for line in lossy) == 1
    assert "✖ 76 lost" in "".join(lossy)
    menu = xivolab.open(ROOT / "captures" / "dtmf-menu").call(0).audio().text().splitlines()
    assert [line.split() for line in menu if line.strip() and not line.strip(" 0123456789")] == [["4", "2"]]
    assert any(line.startswith("······▆") for line in menu)

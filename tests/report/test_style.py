"""The style sheets load nothing, and those of the blocks touch nothing else on a page."""

from __future__ import annotations

import re

import pytest

from xivolab.report import style

SHEETS = {name: getattr(style, name) for name in ("BLOCK_CSS", "PAGE_CSS", "INDEX_CSS")}


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_loaded(name: str) -> None:
    assert not re.search(r"url\(|@import|@font-face|//", SHEETS[name])


def test_every_rule_of_a_block_is_for_blocks() -> None:
    plain = re.sub(r"@media[^{]*\{", "", style.BLOCK_CSS)
    selectors = [one for rule in re.findall(r"([^{}]+)\{", plain) for one in re.split(r",(?![^(]*\))", rule)]
    assert len(selectors) > 40
    assert all(".xl" in selector for selector in selectors)

"""What every picture can do."""

from __future__ import annotations

from pathlib import Path

import pytest

from xivolab.errors import UsageError
from xivolab.testing import tcall
from xivolab.views.ladder import ladder
from xivolab.views.picture import SUFFIXES

BEGINS = {".svg": b"<svg", ".html": b"<!DOCTYPE html>", ".png": b"\x89PNG", ".pdf": b"%PDF", ".txt": b"alice"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_says_what_is_written(suffix: str, tmp_path: Path) -> None:
    path = ladder(tcall()).save(tmp_path / f"call{suffix}")
    assert path.read_bytes().startswith(BEGINS[suffix])


@pytest.mark.parametrize("name", ["call.gif", "call"])
def test_an_unknown_suffix_is_told_with_those_there_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"use one of \.svg, \.html, \.png, \.pdf, \.txt"):
        ladder(tcall()).save(tmp_path / name)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        ladder(tcall()).save(tmp_path / "nowhere" / "call.svg")


def test_a_notebook_gets_text_and_html() -> None:
    bundle = ladder(tcall())._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/html"].startswith('<div class="xivolab"')


def test_a_png_goes_to_a_path_or_comes_back(tmp_path: Path) -> None:
    picture = ladder(tcall())
    path = picture.png(tmp_path / "call.png", scale=1)
    assert path.read_bytes() == picture.png(scale=1)

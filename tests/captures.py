"""The captures that tests go through: the samples of this repository, and a folder of captures made by others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xivolab.evidence.recognise import recognise
from xivolab.evidence.source import Source

ROOT = Path(__file__).parents[1]

CORPUS_VARIABLE = "XIVOLAB_CORPUS"
"""Environment variable: a folder of captures. Nothing of it is kept here: they belong to others."""


def _captures(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if recognise(Source(path).head) == "capture"]


SAMPLES = _captures(ROOT / "captures")
CORPUS = _captures(Path(os.environ[CORPUS_VARIABLE])) if os.environ.get(CORPUS_VARIABLE) else []

_NO_CORPUS = pytest.param(None, marks=pytest.mark.skip(reason=f"{CORPUS_VARIABLE} is not set"), id="no-corpus")

each_sample = pytest.mark.parametrize("capture", SAMPLES, ids=lambda path: path.parent.name)
each_of_corpus = pytest.mark.parametrize(
    "capture", CORPUS or [_NO_CORPUS], ids=lambda path: f"{path.parent.name}/{path.name}"
)

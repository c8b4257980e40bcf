"""Where notebooks and labs are: in this checkout, and in a wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from xivolab import resources
from xivolab.errors import MissingToolError

ROOT = Path(__file__).parents[1]


def test_in_the_checkout() -> None:
    assert resources.notebooks() == ROOT / "notebooks"
    assert resources.labs() == ROOT / "labs"
    assert resources.captures() == ROOT / "captures"
    assert resources.sample_logs() == ROOT / "sample_logs"
    assert resources.notebook("report.ipynb").is_file()


def test_in_a_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "xivolab"
    (package / "_data" / "notebooks").mkdir(parents=True)
    (tmp_path / "site-packages" / "notebooks").mkdir()  # another package's
    monkeypatch.setattr(resources, "_PACKAGE", package)
    monkeypatch.setattr(resources, "_CHECKOUT", package.parent)
    monkeypatch.setattr(resources, "_WHEEL", package / "_data")
    assert resources.notebooks() == package / "_data" / "notebooks"
    with pytest.raises(MissingToolError, match="captures/ is not part of this installation"):
        resources.captures()


def test_an_unknown_notebook() -> None:
    with pytest.raises(MissingToolError, match=r"nope\.ipynb is not among the notebooks"):
        resources.notebook("nope.ipynb")

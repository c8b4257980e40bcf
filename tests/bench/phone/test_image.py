"""When the image of the phones is built, and that only the wheel we know gets in."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.bench.test_image import MadeEngine
from xivolab.bench.phone import image
from xivolab.errors import LabError, MissingToolError


def pip(*, says: str = "", brings: bytes | None = None) -> Any:
    """Stands in for `subprocess.run` of pip."""

    def run(words: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        if brings is not None:
            (Path(words[words.index("--dest") + 1]) / "pjsua2_python-1-py3-none-any.whl").write_bytes(brings)
        return subprocess.CompletedProcess(words, 0 if brings is not None else 1, "", says)

    return run


def test_an_image_of_these_sources_is_used_as_it_is() -> None:
    tag = f"localhost/xivolab-phones:{image.fingerprint()}"

    assert image.ensure(MadeEngine(tag)) == tag


def test_another_package_than_the_one_we_know_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(subprocess, "run", pip(brings=b"something else"))

    with pytest.raises(LabError, match="its hash differs"):
        image.fetch(tmp_path / "pjsua2.whl")
    assert not (tmp_path / "pjsua2.whl").exists()


def test_without_the_package_the_reason_is_pip_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(subprocess, "run", pip(says="ERROR: a\nERROR: No matching distribution found\n"))

    with pytest.raises(MissingToolError, match="cannot be fetched: ERROR: No matching distribution found"):
        image.fetch(tmp_path / "pjsua2.whl")

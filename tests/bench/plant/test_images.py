"""What the images of a bench are built from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from xivolab.bench.plant import images


def test_the_services_import_from_what_is_staged_alone(tmp_path: Path) -> None:
    images.stage(tmp_path)

    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            "import sys; sys.path.insert(0, sys.argv[1]); import xivolab.bench.call_logd.journal as it; print(it.__file__)",
            str(tmp_path / "python"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith(str(tmp_path))


def test_asterisk_s_files_are_brought_by_apply_not_by_the_image(tmp_path: Path) -> None:
    images.stage(tmp_path)

    assert (tmp_path / "Dockerfile").is_file()
    assert not list(tmp_path.rglob("*.conf.sample"))
    assert not (tmp_path / "asterisk").exists()


def test_another_version_is_another_image(monkeypatch: pytest.MonkeyPatch) -> None:
    before = images.fingerprint()
    monkeypatch.setattr(images, "ASTERISK", "22.9")

    assert images.fingerprint() != before


def test_every_target_is_in_the_dockerfile(tmp_path: Path) -> None:
    images.stage(tmp_path)
    text = (tmp_path / "Dockerfile").read_text()

    assert all(f" AS {target}\n" in text for target in images.TARGETS)
    assert "ARG ASTERISK=" in text

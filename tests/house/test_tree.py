"""What may not stand in any file of the repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Written in pieces, so that this file does not hold them itself.
FORBIDDEN = {
    "a path of the machine it was written on": r"(?<!\w)/wo" + "rk/",
    "a folder beside the repository": r"\.\./sha" + "red",
    "the host of a registry": r"pypi\." + r"org|pythonhosted\." + r"org|deb\.debian\." + r"org|registry\.npm" + r"js",
    "something left to do": r"\b(TO" + "DO|FIX" + r"ME|X" + r"XX)\b",
}
# .ci/run looks for the corpus where continuous integration lays it.
EXCEPT = {".ci/run"}


def tracked() -> list[Path]:
    """The files of the repository, with those not yet committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def text(path: Path) -> bytes:
    """What a person can read in a file; nothing of a capture or a picture, where any letters may stand by chance."""
    content = path.read_bytes()
    return b"" if b"\0" in content else content


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    wrong = re.compile(FORBIDDEN[what].encode())
    found = [
        f"{path.relative_to(ROOT)}: {match[0].decode()}"
        for path in tracked()
        if path.relative_to(ROOT).as_posix() not in EXCEPT and (match := wrong.search(text(path)))
    ]
    assert found == []


def test_notebooks_are_kept_without_outputs() -> None:
    import json

    for path in tracked():
        if path.suffix == ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells), path


def test_the_samples_stay_small() -> None:
    evidence = [path for path in tracked() if path.relative_to(ROOT).parts[0] in ("captures", "sample_logs")]
    assert sum(path.stat().st_size for path in evidence) < 18_000_000

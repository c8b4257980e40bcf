"""Where notebooks, labs and sample captures are: in the checkout, or inside the installed wheel."""

from __future__ import annotations

from pathlib import Path

from xivolab.errors import MissingToolError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent
_WHEEL = _PACKAGE / "_data"


def _folder(name: str) -> Path:
    for place in (_CHECKOUT, _WHEEL):
        # A folder beside an installed package is somebody else's: the checkout is known by its project file.
        if (place / name).is_dir() and (place == _WHEEL or (place / "pyproject.toml").is_file()):
            return place / name
    raise MissingToolError(f"{name}/ is not part of this installation", str(_PACKAGE), "use a checkout of xivolab")


def notebooks() -> Path:
    """The folder of the notebooks. Raises MissingToolError where they were not installed."""
    return _folder("notebooks")


def notebook(name: str) -> Path:
    """One notebook by its file name. Raises MissingToolError where it was not installed."""
    path = notebooks() / name
    if not path.is_file():
        raise MissingToolError(f"{name} is not among the notebooks", str(path.parent), "use a checkout of xivolab")
    return path


def labs() -> Path:
    """The folder of the labs. Raises MissingToolError where they were not installed."""
    return _folder("labs")


def captures() -> Path:
    """The folder of the sample captures, in a checkout only. Raises MissingToolError elsewhere."""
    return _folder("captures")


def sample_logs() -> Path:
    """The folder of what servers wrote, in a checkout only. Raises MissingToolError elsewhere."""
    return _folder("sample_logs")

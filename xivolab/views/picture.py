"""What every picture can do: show itself in a notebook, and be had as SVG, HTML, text, PNG and PDF."""

from __future__ import annotations

from abc import ABC, abstractmethod
from os import PathLike
from pathlib import Path
from typing import Any, Literal, overload

from xivolab.errors import UsageError
from xivolab.views import html, svg, text
from xivolab.views.palette import Theme
from xivolab.views.scene import Scene

SUFFIXES = (".svg", ".html", ".png", ".pdf", ".txt")
"""What `Picture.save` can write."""


class Picture(ABC):
    """A picture of something: subclasses lay out its scenes, the painters do the rest."""

    @abstractmethod
    def scene(self) -> Scene:
        """The picture in pixels."""

    @abstractmethod
    def text_scene(self, width: int) -> Scene:
        """The picture in character cells, `width` columns at most."""

    def svg(self) -> str:
        """A stand-alone SVG document, light or dark as the reader's system asks."""
        return svg.svg(self.scene())

    def html(self) -> str:
        """An HTML fragment without scripts or links: each message opens on a click or with the keyboard."""
        return html.html(self.scene(), self.text())

    def text(self, width: int = 80) -> str:
        """Lines of at most `width` columns."""
        return text.text(self.text_scene(width))

    @overload
    def png(self, path: None = None, *, theme: Theme = "light", scale: float = 2.0) -> bytes: ...
    @overload
    def png(self, path: str | PathLike[str], *, theme: Theme = "light", scale: float = 2.0) -> Path: ...
    def png(
        self, path: str | PathLike[str] | None = None, *, theme: Theme = "light", scale: float = 2.0
    ) -> bytes | Path:
        """The bytes of a PNG, or the path it was written to."""
        drawn = self._drawn("png", theme, scale)
        return drawn if path is None else written(Path(path), drawn)

    def save(self, path: str | PathLike[str]) -> Path:
        """Writes the form that the suffix of `path` names. Raises UsageError for a suffix that is not in `SUFFIXES`."""
        target = Path(path)
        suffix = target.suffix.lower()
        if suffix == ".svg":
            return written(target, self.svg().encode())
        if suffix == ".html":
            return written(target, html.page(self.scene(), self.text()).encode())
        if suffix == ".txt":
            return written(target, self.text().encode())
        if suffix == ".png":
            return written(target, self._drawn("png"))
        if suffix == ".pdf":
            return written(target, self._drawn("pdf"))
        raise UsageError(
            f"a picture cannot be written as {suffix or 'a file without suffix'!r}",
            str(target),
            f"use one of {', '.join(SUFFIXES)}",
        )

    def _drawn(self, kind: Literal["png", "pdf"], theme: Theme = "light", scale: float = 2.0) -> bytes:
        from xivolab.views import png  # matplotlib takes longer to import than all the rest

        return png.draw(self.scene(), kind, theme, scale)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": self.text(), "text/html": self.html()}


def written(path: Path, content: bytes) -> Path:
    """Writes a file. Raises UsageError when it cannot be."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"cannot write: {error.strerror}", str(path), "name a file in a folder that exists and can be written"
        ) from error
    return path

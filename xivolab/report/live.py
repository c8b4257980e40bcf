"""The optional upper layer of a notebook: widgets where a person sits in front of it, text everywhere else.

Each shows a widget in JupyterLab and a sentence under papermill, in an exported page, or where ipywidgets is missing:
a notebook never depends on somebody clicking.
"""

from __future__ import annotations

import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xivolab.report.parts.calls import parties
from xivolab.report.words import Lang, words

if TYPE_CHECKING:
    from xivolab.report.report import Report


class DropZone:
    """A place to drop captures on: `files` are the paths of what was dropped, in a folder of this session."""

    def __init__(self, lang: Lang = "en") -> None:
        self._hint = words(lang)("drop-hint")
        self._folder = Path(tempfile.mkdtemp(prefix="xivolab-dropped-"))
        self._upload = _widget("FileUpload", multiple=True, description=words(lang)("drop-here"))
        if self._upload is not None:
            self._upload.layout.width = "24em"
            self._upload.observe(self._keep, names="value")

    @property
    def files(self) -> list[Path]:
        """What was dropped so far."""
        return sorted(self._folder.iterdir())

    def _keep(self, change: dict[str, Any]) -> None:
        for file in change["new"]:
            (self._folder / Path(file["name"]).name).write_bytes(file["content"])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """The widget, and the sentence for where there is none."""
        return _bundle(self._upload, self._hint)


class CallPicker:
    """A list of the calls, worst first: `key` is the one chosen, at first the one given, else the worst.

    Run the cells below it again to see them with another call.
    """

    def __init__(self, report: Report, key: str | int | None = None) -> None:
        self._hint = report.words("pick-hint")
        ids = [one.call["id"] for one in report.ranked]
        worst = next(iter(ids), None)
        self.key: str | None = worst if key is None or key == "" else report.case.call(key).id
        options = [(_option(report, n), one) for n, one in enumerate(ids)]
        self._list = _widget("Select", options=options, value=self.key, rows=min(8, max(2, len(ids))))
        if self._list is not None:
            self._list.layout.width = "100%"
            self._list.observe(self._choose, names="value")

    def _choose(self, change: dict[str, Any]) -> None:
        self.key = change["new"]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """The widget, and the sentence for where there is none."""
        return _bundle(self._list, self._hint)


def _option(report: Report, n: int) -> str:
    one = report.ranked[n]
    state = report.words(f"state-{one.call['state']}")
    return f"{n + 1}. {report.words.clock(one.call['start'])}  {parties(one)}  {state}"


def _widget(name: str, *args: Any, **options: Any) -> Any:
    """A widget of ipywidgets, None where that is not installed."""
    try:
        import ipywidgets
    except ImportError:
        return None
    return getattr(ipywidgets, name)(*args, **options)


def _bundle(widget: Any, text: str) -> dict[str, Any]:
    shown = {"text/plain": text, "text/html": f"<p><em>{escape(text)}</em></p>"}
    return {**widget._repr_mimebundle_(), **shown} if widget is not None else shown

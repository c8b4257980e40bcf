"""Two messages side by side: what one has and the other has not stands out by a sign and a colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape
from pathlib import Path
from typing import Any, Protocol

from xivolab.errors import UsageError
from xivolab.sip.differences import Difference, differences, side_by_side
from xivolab.views.clean import hide_secrets, one_line
from xivolab.views.palette import variables

SIGNS = {"same": " ", "changed": "~", "added": "+", "removed": "-"}
"""What stands before a line of each kind."""

_GAP = " │ "
_WORD = re.compile(r"[\w.+-]+|\W")
_NARROWEST = 40

_STYLE = (
    f".xivolab-diff{{{variables('light')};color-scheme:light}}"
    f"@media (prefers-color-scheme:dark){{.xivolab-diff{{{variables('dark')};color-scheme:dark}}}}"
    f"[data-jp-theme-light=true] .xivolab-diff,.vscode-light .xivolab-diff{{{variables('light')};color-scheme:light}}"
    f"[data-jp-theme-light=false] .xivolab-diff,.vscode-dark .xivolab-diff{{{variables('dark')};color-scheme:dark}}"
    ".xivolab-diff{font:12px/1.5 ui-monospace,'SF Mono',Consolas,'DejaVu Sans Mono',monospace;background:var(--xv-paper);"
    "color:var(--xv-text);overflow-x:auto}"
    ".xivolab-diff table{border-collapse:collapse;width:100%;table-layout:fixed}"
    ".xivolab-diff col.s{width:1.6em}.xivolab-diff td,.xivolab-diff th{padding:1px 6px;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere;border:0;background:none;color:var(--xv-text)}"
    ".xivolab-diff tr.changed td,.xivolab-diff tr.added td,.xivolab-diff tr.removed td{background:var(--xv-wash)}"
    ".xivolab-diff del{color:var(--xv-failure);font-weight:700;text-decoration:line-through}"
    ".xivolab-diff ins{color:var(--xv-success);font-weight:700;text-decoration:underline}"
    ".xivolab-diff th{border-bottom:1px solid var(--xv-lane)}"
)


class Message(Protocol):
    """What is compared: the bytes of a message and where it is from."""

    @property
    def data(self) -> bytes: ...  # noqa: D102
    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def time(self) -> float | None: ...  # noqa: D102
    @property
    def src(self) -> str | None: ...  # noqa: D102
    @property
    def dst(self) -> str | None: ...  # noqa: D102
    @property
    def file(self) -> str: ...  # noqa: D102
    @property
    def frame(self) -> int | None: ...  # noqa: D102
    @property
    def line(self) -> int | None: ...  # noqa: D102
    @property
    def first_line(self) -> str: ...  # noqa: D102


class MessageDifference:
    """The difference of two messages; shows itself in a notebook. `text()`, `html()`, `record()` and `save()` give its forms.

    Digest responses, passwords and media keys are hidden unless `secrets`.
    """

    def __init__(self, old: Message, new: Message, *, secrets: bool = False) -> None:
        self._old, self._new = old, new
        self._secrets = secrets

    def lines(self) -> list[tuple[str, str | None, str | None]]:
        """Both messages: the kind of each line ("same", "changed", "added", "removed"), the old and the new text."""
        found: list[tuple[str, str | None, str | None]] = []
        part = ""
        for line in side_by_side(self._old.data, self._new.data):
            if line.part in ("sdp", "body") and part not in ("sdp", "body"):
                found.append(("same", "", ""))
            part = line.part
            found.append((line.change, self._shown(line, line.old), self._shown(line, line.new)))
        return found

    def record(self) -> dict[str, Any]:
        """What differs, as JSON has it."""
        found = differences(self._old.data, self._new.data)
        return {
            "old": _head(self._old, self._secrets),
            "new": _head(self._new, self._secrets),
            "differences": [
                {
                    "part": one.part,
                    "name": one.name,
                    "place": one.place,
                    "change": one.change,
                    "old": self._value(one, one.old),
                    "new": self._value(one, one.new),
                }
                for one in found
            ],
        }

    def text(self, width: int = 80, *, colour: bool = False) -> str:
        """Both messages in `width` columns; changed words between « » (and in colour for a terminal)."""
        width = max(width, _NARROWEST)
        side = (width - len(_GAP) - 2) // 2
        heads = [_title(message) for message in (self._old, self._new)]
        out = _side_by_side("same", (heads[0], heads[1]), side)
        out.append("─" * width)
        for kind, left, right in self.lines():
            lines = _side_by_side(kind, _marked(left, right), side)
            out += [_coloured(line, kind) for line in lines] if colour else lines
        return "\n".join(out) + "\n"

    def html(self) -> str:
        """Both messages as a table, with a sign at each line that differs."""
        rows = [
            f'<tr class="{kind}"><td>{SIGNS[kind]}</td><td>{_tagged(left, right, "del")}</td>'
            f"<td>{_tagged(right, left, 'ins')}</td></tr>"
            for kind, left, right in self.lines()
        ]
        heads = "".join(f"<th>{escape(one_line(_title(message)))}</th>" for message in (self._old, self._new))
        return (
            f'<div class="xivolab-diff"><style>{_STYLE}</style><table><colgroup><col class="s"><col><col></colgroup>'
            f"<tr><th></th>{heads}</tr>{''.join(rows)}</table></div>"
        )

    def save(self, path: str | Path) -> None:
        """Writes .html or .txt, by the end of the name. Raises UsageError for another, or where it cannot be written."""
        path = Path(path)
        if path.suffix.lower() not in (".html", ".txt"):
            raise UsageError("cannot write such a file", str(path), "end its name in .html or .txt")
        page = (
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>'
            f"{self._old.number} – {self._new.number}</title>"
            "<style>:root{color-scheme:light dark}body{margin:16px;background:#fff}"
            "@media (prefers-color-scheme:dark){body{background:#111}}</style></head>"
            f"<body>{self.html()}</body></html>\n"
        )
        try:
            path.write_text(page if path.suffix.lower() == ".html" else self.text(120), "utf-8", errors="replace")
        except OSError as error:
            remedy = "name a file in a folder that exists and can be written"
            raise UsageError(f"cannot write: {error.strerror}", str(path), remedy) from error

    def __repr__(self) -> str:
        return f"<MessageDifference {self._old.number} – {self._new.number}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": self.text(120), "text/html": self.html()}

    def _shown(self, line: Difference, value: str | None) -> str | None:
        """A line as a message has it."""
        if value is None:
            return None
        text = f"{line.name}: {value}" if line.part == "header" else value
        return one_line(text if self._secrets else hide_secrets(text))

    def _value(self, line: Difference, value: str | None) -> str | None:
        if value is None or self._secrets:
            return value
        prefix = f"{line.name}: " if line.part == "header" else ""
        return hide_secrets(prefix + value).removeprefix(prefix)


def _head(message: Message, secrets: bool) -> dict[str, Any]:
    line = message.first_line if secrets else hide_secrets(message.first_line)
    return {
        "number": message.number,
        "time": message.time,
        "src": message.src,
        "dst": message.dst,
        "file": message.file,
        "frame": message.frame,
        "line": message.line,
        "first_line": line,
    }


def _title(message: Message) -> str:
    at = message.line if message.frame is None else message.frame
    frame = "" if at is None else f", {Path(message.file).name} {at}"
    return f"{message.number}: {message.src or '?'} → {message.dst or '?'}{frame}"


def pieces(text: str | None, other: str | None) -> Iterator[tuple[str, bool]]:
    """A text in pieces: those that the other has too, and those that it has not."""
    if text is None or other is None or text == other:
        yield text or "", text is not None and other is None
        return
    words, others = _WORD.findall(text), _WORD.findall(other)
    for kind, a, b, _, _ in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if a < b:
            yield "".join(words[a:b]), kind != "equal"


def _marked(left: str | None, right: str | None) -> tuple[str, str]:
    """Both texts, with « » around what the other has not; a line that stands alone has its sign."""
    if left is None or right is None:
        return left or "", right or ""
    sides = [
        "".join(f"«{piece}»" if differs else piece for piece, differs in pieces(one, other))
        for one, other in ((left, right), (right, left))
    ]
    return sides[0], sides[1]


def _side_by_side(kind: str, cells: tuple[str, str], side: int) -> list[str]:
    """The lines of one row, its sign before the first."""
    folded = [_folded(cell, side) for cell in cells]
    lines = []
    for n in range(max(map(len, folded))):
        left, right = (cell[n] if n < len(cell) else "" for cell in folded)
        lines.append(f"{SIGNS[kind] if n == 0 else ' '} {left.ljust(side)}{_GAP}{right}".rstrip())
    return lines


def _folded(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)] or [""]


def _coloured(line: str, kind: str) -> str:
    codes = {"added": "32", "removed": "31", "changed": "33"}
    return f"\x1b[{codes[kind]}m{line}\x1b[0m" if kind in codes else line


def _tagged(text: str | None, other: str | None, tag: str) -> str:
    return "".join(
        f"<{tag}>{escape(piece)}</{tag}>" if differs else escape(piece)
        for piece, differs in pieces(text, other)
        if piece
    )

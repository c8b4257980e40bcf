"""The small pieces of HTML a report is made of; everything from a capture is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from xivolab.report.style import BLOCK_CSS


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def html(text: object) -> Html:
    """`text` as HTML: escaped, unless it is HTML already."""
    return text if isinstance(text, Html) else Html(escape(str(text)))


def join(pieces: Iterable[object], between: str = "") -> Html:
    """Several pieces, each escaped unless HTML."""
    return Html(between.join(html(piece) for piece in pieces))


def tag(name: str, content: object = "", **attributes: object) -> Html:
    """One element: `tag("td", 3, class_="number")`; an attribute that is None or "" is left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return Html(f"<{name}{given}>{html(content)}</{name}>")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: `numeric` ones stand right-aligned in even figures."""

    content: object
    numeric: bool = False


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Html:
    """A table that scrolls by itself when it is wider than the page; a heading stands over its column as the cells do."""
    listed = list(rows)
    numeric = [isinstance(cell, Cell) and cell.numeric for cell in listed[0]] if listed else [False] * len(head)
    heads = (
        tag("th", text, scope="col", class_="num" if right else "") for text, right in zip(head, numeric, strict=True)
    )
    body = (tag("tr", join(map(_td, row))) for row in listed)
    return tag(
        "div",
        tag("table", join([tag("thead", tag("tr", join(heads))), tag("tbody", join(body))])),
        class_="xl-scroll",
    )


def _td(cell: object) -> Html:
    if isinstance(cell, Cell):
        return tag("td", cell.content, class_="num" if cell.numeric else "")
    return tag("td", cell)


def badge(text: str, tone: str) -> Html:
    """A state as a coloured word; `tone` is bad, warn, good or plain, and each has a sign of its own as well."""
    sign = {"bad": "✘", "warn": "▲", "good": "✔", "plain": "●"}[tone]
    return tag("span", join([tag("span", sign, aria_hidden="true"), f" {text}"]), class_=f"xl-badge xl-{tone}")


def figures(pairs: Iterable[tuple[str, object, str]]) -> Html:
    """Large figures side by side: (label, value, tone or "")."""
    return tag(
        "div",
        join(
            tag(
                "div",
                join([tag("b", value), tag("span", label)]),
                class_=f"xl-figure xl-{tone}" if tone else "xl-figure",
            )
            for label, value, tone in pairs
        ),
        class_="xl-figures",
    )


@dataclass(frozen=True, slots=True)
class Block:
    """Something a notebook cell shows: HTML that needs nothing else, and plain text for a terminal."""

    body: Html
    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What IPython asks for."""
        style = f"<style>{BLOCK_CSS}</style>"
        return {"text/html": f'{style}<div class="xl">{self.body}</div>' if self.body else "", "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text

"""Lays a trace out in character cells."""

from __future__ import annotations

from collections.abc import Sequence

from xivolab.views.clean import one_line, shorten
from xivolab.views.scene import Item, Scene, Text
from xivolab.views.trace_rows import NO_ROWS, Shown


def trace_cells(rows: Sequence[Shown], title: str, lang: str, width: int) -> Scene:
    """The trace in `width` columns: time, the tree, and the place in the log at the right edge; long rows go on below."""
    if not rows:
        return Scene(width, 1, (Text(0, 0, shorten(NO_ROWS[lang], width)),), NO_ROWS[lang], lang)
    files = {row.place.rpartition(":")[0] for row in rows if row.place}
    only = files.pop() if len(files) == 1 else ""
    items: list[Item] = [Text(0, 0, shorten(one_line(f"{title}  {only}" if only else title), width))]
    times = max(len(row.time) for row in rows)
    start = times + 2 if times else 0
    y = 2
    for number, row in enumerate(rows):
        if row.time:
            items.append(Text(0, y, row.time))
        stem, below = _guides(row, rows[number + 1 :])
        head = f"{row.sign} " if row.sign else ""
        place = row.place.removeprefix(only)
        room = max(width - start - len(stem) - len(head) - len(place) - 2, 16)
        parts = _wrapped(row.text, room)
        items.append(Text(start, y, stem + head + parts[0]))
        items.append(Text(width - 1, y, place, anchor="end"))
        for part in parts[1:]:
            y += 1
            items.append(Text(start, y, below + " " * len(head) + part))
        y += 1
    return Scene(width, y, tuple(items), title, lang)


def _guides(row: Shown, after: Sequence[Shown]) -> tuple[str, str]:
    """What stands before the words of a row, and before those that go on below it."""
    if row.depth == 0:
        return "", "  "
    stems = []
    for depth in range(1, row.depth + 1):
        goes_on = _goes_on(after, depth)
        stems.append(("├ " if goes_on else "└ ") if depth == row.depth else ("│ " if goes_on else "  "))
    last = "│ " if stems[-1] == "├ " else "  "
    return "".join(stems), "".join(stems[:-1]) + last


def _goes_on(rows: Sequence[Shown], depth: int) -> bool:
    """Whether another row of this depth follows under the same parent."""
    for row in rows:
        if row.depth < depth:
            return False
        if row.depth == depth:
            return True
    return False


def _wrapped(text: str, room: int) -> list[str]:
    """Lines of at most `room` characters, cut at spaces; a word longer than that is cut where it must."""
    lines = [""]
    for word in text.split(" "):
        while len(word) > room:
            if lines[-1]:
                lines.append("")
            lines[-1], word = word[:room], word[room:]
            lines.append("")
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines

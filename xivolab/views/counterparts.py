"""The message that a message of a ladder is best compared with, and what differs between the two."""

from __future__ import annotations

from xivolab.sip.differences import Difference, differences
from xivolab.views.clean import hide_secrets
from xivolab.views.difference import pieces
from xivolab.views.flow import Arrow, Flow
from xivolab.views.scene import Fold


def counterparts(flow: Flow) -> dict[int, Arrow]:
    """For the number of a message: its first sending; of an INVITE sent later the first of its leg; of the first INVITE of
    another leg the last one before it.
    """
    found: dict[int, Arrow] = {}
    by_number = {arrow.number: arrow for arrow in flow.arrows()}
    first_of: dict[str | None, Arrow] = {}
    latest: Arrow | None = None
    for arrow in flow.arrows():
        message = arrow.message
        if arrow.repeats is not None:
            found[arrow.number] = by_number[arrow.repeats]
        elif message.is_request and message.method == "INVITE":
            other = first_of.get(message.call_id, latest)
            if other is not None:
                found[arrow.number] = other
            first_of.setdefault(message.call_id, arrow)
            latest = arrow
    return found


def difference_fold(arrow: Arrow, other: Arrow, words: dict[str, str], *, secrets: bool) -> Fold:
    """What differs between a message and its counterpart, to open in its details."""
    texts = [a.message.text.encode("utf-8", "surrogateescape") for a in (other, arrow)]
    found = differences(texts[0], texts[1])
    heading = f"{words['difference']} {other.number}: {len(found) or words['none']}"
    return Fold(heading, tuple(line for one in found for line in _lines(one, secrets)))


def _lines(one: Difference, secrets: bool) -> list[tuple[str, tuple[tuple[str, bool], ...]]]:
    old, new = (None if value is None else _shown(one, value, secrets) for value in (one.old, one.new))
    lines = []
    if old is not None:
        lines.append(("-", tuple(pieces(old, new))))
    if new is not None:
        lines.append(("+", tuple(pieces(new, old))))
    return lines


def _shown(one: Difference, value: str, secrets: bool) -> str:
    text = f"{one.name}: {value}" if one.part in ("header", "start-line") else value
    return text if secrets else hide_secrets(text)

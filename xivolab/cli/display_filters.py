"""`--filters`: what to type in Wireshark to see the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from xivolab.errors import UsageError
from xivolab.net.display_filter import of_call_id

if TYPE_CHECKING:
    from xivolab.case import Case


def display_filters(case: Case, name: str, rows: Sequence[int]) -> Iterator[tuple[str, str]]:
    """What to call each row of table `name`, and its filter. Raises UsageError for a table without any."""
    if name not in ("calls", "dialogs", "streams", "messages"):
        raise UsageError(f"{name} have no display filter", "--filters", "calls, dialogs, streams and messages have one")
    table = case.table(name)
    frames = case.reading.sip.raw.frame
    for row in rows:
        if name == "calls":
            yield table["id"][row], case.call(row).display_filter
        elif name == "dialogs":
            call_id = table["call_id"][row]
            yield call_id, of_call_id(call_id, [int(frames[n]) for n in case.reading.sip.groups[call_id]])
        elif name == "streams":
            yield table["ssrc"][row] or "?", case.stream(row).display_filter
        else:
            yield str(row), case.message(row).display_filter or "–"

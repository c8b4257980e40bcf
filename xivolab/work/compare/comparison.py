"""Two capture points compared: what users hold in their hands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from xivolab.errors import UsageError
from xivolab.schema import COMPARE_RECORDS
from xivolab.table import Table
from xivolab.work.compare.clocks import Offset
from xivolab.work.compare.matching import Matching
from xivolab.work.compare.sides import Side
from xivolab.work.compare.tables import Tables

if TYPE_CHECKING:
    import pandas as pd

    from xivolab.case import Case, Evidence


def compare(
    a: Case | Evidence, b: Case | Evidence, *, progress: Callable[[str, int], None] | None = None
) -> Comparison:
    """Compare two captures of the same calls, taken at two points: cases, files or folders.

    Nothing is read before the first table is asked for. Raises EvidenceError for a file that cannot be read.
    """
    return Comparison(Side(a, progress), Side(b, progress))


class Comparison:
    """What two capture points, A and B, saw of the same calls.

    `offset` tells how far B's clock is from A's. `calls`, `messages`, `streams` and `rewrites` are DataFrames; `table(name)`
    gives the same without pandas.
    """

    def __init__(self, a: Side, b: Side) -> None:
        self.a = a
        self.b = b
        self._tables = Tables(Matching(a, b))

    def __repr__(self) -> str:
        return f"<Comparison {self.a.name} with {self.b.name}>"

    @property
    def offset(self) -> Offset:
        """How far B's clock is from A's, and how sure that is."""
        return self._tables.matching.offset

    def table(self, name: str) -> Table:
        """One of "calls", "messages", "streams", "rewrites", "offset". Raises UsageError for another name."""
        if name not in COMPARE_RECORDS:
            raise UsageError(f"no table {name!r} in a comparison", "", f"there are {', '.join(COMPARE_RECORDS)}")
        found: Table = getattr(self._tables, name)
        return found

    @property
    def calls(self) -> pd.DataFrame:
        """The calls: what was lost, rewritten, never seen."""
        return self.table("calls").to_pandas()

    @property
    def messages(self) -> pd.DataFrame:
        """The SIP messages, by A's clock."""
        return self.table("messages").to_pandas()

    @property
    def streams(self) -> pd.DataFrame:
        """The RTP streams: what was lost and delayed between the points."""
        return self.table("streams").to_pandas()

    @property
    def rewrites(self) -> pd.DataFrame:
        """What was changed in messages, header by header and SDP by line."""
        return self.table("rewrites").to_pandas()

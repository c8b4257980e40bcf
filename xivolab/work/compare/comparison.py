"""Two capture points compared: what users hold in their hands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xivolab.case import Case, Evidence
from xivolab.errors import UsageError
from xivolab.schema import COMPARE_RECORDS
from xivolab.table import Table
from xivolab.work.compare.clocks import Offset
from xivolab.work.compare.matching import Matching
from xivolab.work.compare.sides import Side, two_points_of
from xivolab.work.compare.tables import Tables

if TYPE_CHECKING:
    import pandas as pd

    from xivolab.report.html import Block
    from xivolab.work.compare.ladder import TwoPointLadder


def compare(
    a: Case | Evidence,
    b: Case | Evidence | None = None,
    *,
    keylog: Evidence | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Comparison:
    """Compare two captures of the same calls, taken at two points: cases, files or folders.

    One case folder is enough when its `case.toml` tells of two capture points; `keylog` is for both. Nothing is read before the first table is
    asked for. Raises EvidenceError for a file that cannot be read, UsageError when there are not two points.
    """
    if b is None:
        if isinstance(a, Case):
            raise UsageError("two captures are expected", "compare", "give both: compare(a, b)")
        a, b = two_points_of(Path(a))
    return Comparison(Side(a, progress, keylog), Side(b, progress, keylog))


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

    def summary(self, lang: str = "en") -> Block:
        """What both points saw, in words and tables: shows itself in a notebook. Raises UsageError for another language."""
        from xivolab.views.clock import language
        from xivolab.work.compare.page import summary

        return summary(self._tables, language(lang, ("en", "fr")))

    def text(self, width: int = 80, lang: str = "en", call: str | int | None = None) -> str:
        """The same in lines of at most `width` columns; `call` for one call, as in `ladder`."""
        from xivolab.work.compare.ladder import find_pair
        from xivolab.work.compare.page import as_text

        return as_text(self._tables, lang, width, None if call is None else find_pair(self._tables, call).id)

    def rows_of_call(self, name: str, call: str | int) -> Table:
        """The rows of one table that belong to one call, as in `ladder`."""
        from xivolab.work.compare.ladder import find_pair

        table, key = self.table(name), find_pair(self._tables, call).id
        field = "id" if name == "calls" else "call"
        return table if field not in table.columns else table.select(table[field] == key)

    def rewrites_text(self, lang: str = "en", call: str | int | None = None) -> str:
        """What was rewritten, message by message, in lines; `call` for one call, as in `ladder`."""
        from xivolab.work.compare.page import rewrites_as_text

        rows = self.table("rewrites") if call is None else self.rows_of_call("rewrites", call)
        return rewrites_as_text(self._tables, rows, lang)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return self.summary()._repr_mimebundle_()

    def ladder(
        self, call: str | int | None = None, *, lang: str = "en", secrets: bool = False, tz: str | None = None
    ) -> TwoPointLadder:
        """The ladder of one call with both points: shows itself in a notebook.

        `call` is an index into `calls`, an id, Call-ID or number, not needed when there is one call. The other options are
        those of `xivolab.views.ladder.ladder`. Raises UsageError when that is not one call.
        """
        from xivolab.views.clock import language, zone
        from xivolab.work.compare.ladder import TwoPointLadder, find_pair

        return TwoPointLadder(
            self._tables, find_pair(self._tables, call), language(lang, ("en", "fr")), secrets, zone(tz)
        )

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

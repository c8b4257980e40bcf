"""The tables of a paste as a person asks for them: by their name, or by the command that printed them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from xivolab.asterisk.cli.tables import table_of_command
from xivolab.asterisk.cli.words import title
from xivolab.table import Table

if TYPE_CHECKING:
    import pandas as pd


class CliTables(Mapping[str, "pd.DataFrame"]):
    """DataFrames by table ("endpoints") or command ("pjsip list endpoints"); iterates over those that have rows.

    A table nobody printed is empty, not missing; another name raises KeyError. `table(name)` gives the same without pandas.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables

    def table(self, name: str) -> Table:
        """The table of that name or command. Raises KeyError."""
        found = table_of_command(name)
        if found is None:
            raise KeyError(f"no table {name!r}: there are {', '.join(self._tables)}")
        return self._tables[found]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.table(name).to_pandas()

    def __iter__(self) -> Iterator[str]:
        return (name for name, table in self._tables.items() if len(table))

    def __len__(self) -> int:
        return sum(bool(len(table)) for table in self._tables.values())

    def __repr__(self) -> str:
        return f"<CliTables {', '.join(f'{name}: {len(self._tables[name])}' for name in self) or 'empty'}>"

    def _repr_html_(self) -> str:
        import pandas as pd

        rows = [(name, title(name, "fr"), title(name, "en"), len(self._tables[name])) for name in self]
        return str(pd.DataFrame(rows, columns=["table", "fr", "en", "rows"]).to_html(index=False, border=0))

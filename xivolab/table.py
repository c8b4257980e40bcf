"""A table of one kind of record: numpy columns inside, JSON rows or a DataFrame when somebody asks.

Pandas is imported only by `to_pandas()`: a JSON or CSV writer never needs it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xivolab.json_text import json_rows
from xivolab.schema import NULL_INT, Field, Kind, Record

if TYPE_CHECKING:
    import pandas as pd

_DTYPES: dict[Kind, type] = {
    "time": np.int64,
    "int": np.int64,
    "float": np.float64,
    "bool": np.int8,
    "str": object,
    "list": object,
}


def column(field: Field, values: Sequence[Any]) -> NDArray[Any]:
    """The numpy column of `field` for Python values, None for null: shape (n,), dtype as `xivolab.schema` says."""
    if field.kind == "str":
        return np.array(values, dtype=object).reshape(len(values))
    if field.kind == "list":
        out = np.empty(len(values), dtype=object)
        for row, value in enumerate(values):  # a slice would spread lists of one length over a second axis
            out[row] = value
        return out
    null: Any = {"time": NULL_INT, "int": NULL_INT, "float": np.nan, "bool": -1}[field.kind]
    return np.array([null if v is None else v for v in values], dtype=_DTYPES[field.kind])


def _python(field: Field, values: NDArray[Any] | Made) -> list[Any]:
    """The JSON values of a column."""
    raw: list[Any] = values.tolist()
    if field.kind == "time":
        return [None if v == NULL_INT else v / 1e9 for v in raw]
    if field.kind == "int":
        return [None if v == NULL_INT else v for v in raw]
    if field.kind == "float":
        return [None if v != v or v in (float("inf"), float("-inf")) else v for v in raw]
    if field.kind == "bool":
        return [None if v < 0 else bool(v) for v in raw]
    return raw


class Made:
    """A column whose values are made when somebody asks for them, some at a time: they would take much memory.

    `make` gives the values of some rows of what it was made for, `texts` the same as JSON.
    """

    def __init__(
        self,
        make: Callable[[NDArray[np.int64]], Sequence[Any]],
        rows: NDArray[np.int64],
        texts: Callable[[NDArray[np.int64]], list[str]] | None = None,
    ) -> None:
        self._make, self._rows, self._texts = make, rows, texts

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, rows: Any) -> Made:
        return Made(self._make, self._rows[rows], self._texts)

    def tolist(self) -> list[Any]:
        """The values."""
        return list(self._make(self._rows))

    def json_texts(self) -> list[str] | None:
        """The values as JSON, None where somebody else must write it."""
        return self._texts(self._rows) if self._texts else None


class Table:
    """Rows of one record, column by column.

    `columns` maps each field of `record` to a numpy array of shape (n,), in the order of the schema.
    Raises ValueError when a column is missing, unknown or of another length.
    """

    def __init__(self, record: Record, columns: Mapping[str, NDArray[Any] | Made]) -> None:
        names = [field.name for field in record.fields]
        if set(names) != set(columns):
            raise ValueError(f"table {record.plural}: columns differ from the schema: {set(names) ^ set(columns)}")
        lengths = {len(values) for values in columns.values()}
        if len(lengths) > 1:
            raise ValueError(f"table {record.plural}: columns of different lengths {lengths}")
        self.record = record
        self.columns: dict[str, Any] = {
            field.name: values if isinstance(values, Made) else np.asarray(values, dtype=_DTYPES[field.kind])
            for field in record.fields
            for values in (columns[field.name],)
        }

    @classmethod
    def from_rows(cls, record: Record, rows: Sequence[Mapping[str, Any]]) -> Table:
        """A table from Python rows: times as int ns, None for null."""
        return cls(record, {f.name: column(f, [row[f.name] for row in rows]) for f in record.fields})

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, name: str) -> NDArray[Any]:
        values = self.columns[name]
        if isinstance(values, Made):
            values = self.columns[name] = column(self.record.field(name), values.tolist())
        found: NDArray[Any] = values
        return found

    def __repr__(self) -> str:
        return f"<Table {self.record.plural}: {len(self)} rows>"

    def select(self, rows: NDArray[Any] | Sequence[int]) -> Table:
        """The table of some rows: a boolean mask or indexes."""
        index = np.asarray(rows)
        if len(index) == 0:
            index = index.astype(np.int64)
        return Table(self.record, {name: values[index] for name, values in self.columns.items()})

    def value(self, name: str, row: int) -> Any:
        """One cell as a JSON value: time in float seconds, None for null."""
        return _python(self.record.field(name), self.columns[name][row : row + 1])[0]

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as JSON objects."""
        names = list(self.columns)
        values = [_python(field, self.columns[field.name]) for field in self.record.fields]
        for row in zip(*values, strict=True):
            yield dict(zip(names, row, strict=True))

    def to_json(self) -> str:
        """A JSON list, one record a line."""
        rows = "".join(self.json_rows(",\n"))
        return f"[\n{rows}\n]" if rows else "[]"

    def json_rows(self, between: str) -> Iterator[str]:
        """The rows as JSON objects, `between` after each but the last, in pieces."""
        return json_rows(self.record.fields, list(self.columns.values()), between)

    def to_csv(self) -> str:
        """RFC 4180, a header of field names; a list is written as JSON, null as nothing."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(list(self.columns))
        for record in self.records():
            writer.writerow(json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for v in record.values())
        return out.getvalue()

    def to_pandas(self) -> pd.DataFrame:
        """A DataFrame with the dtypes of `xivolab.schema`."""
        import pandas as pd

        series: dict[str, Any] = {}
        for field in self.record.fields:
            values = self[field.name]
            if field.kind == "time":
                times = values.astype("datetime64[ns]")
                times[values == NULL_INT] = np.datetime64("NaT")
                series[field.name] = pd.Series(times).dt.tz_localize("UTC")
            elif field.kind == "int":
                series[field.name] = pd.arrays.IntegerArray(values.copy(), values == NULL_INT)
            elif field.kind == "bool":
                series[field.name] = pd.arrays.BooleanArray(values == 1, values < 0)
            elif field.kind == "str":
                series[field.name] = pd.array(values, dtype="string")
            else:
                series[field.name] = values
        return pd.DataFrame(series)

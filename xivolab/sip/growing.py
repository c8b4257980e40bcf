"""Columns that grow in place: nothing is copied to join their parts, and no part is there twice."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Growing:
    """An array of shape (n, *shape) to which rows are added. While a look at it is in use, adding raises BufferError."""

    def __init__(self, dtype: Any, *shape: int) -> None:
        self.dtype = np.dtype(dtype)
        self._shape = shape
        self._bytes = bytearray()

    def __len__(self) -> int:
        return int(len(self._bytes) // (self.dtype.itemsize * prod(self._shape)))

    def add(self, rows: NDArray[Any]) -> None:
        """Append some rows, shape (m, *shape), cast to the dtype."""
        values = np.ascontiguousarray(rows, self.dtype)
        self._bytes += memoryview(values.reshape(-1).view(np.uint8))  # type: ignore[arg-type]  # an array gives its buffer

    def array(self, first: int = 0) -> NDArray[Any]:
        """The rows from `first` on, without a copy."""
        return np.frombuffer(self._bytes, self.dtype).reshape(-1, *self._shape)[first:]

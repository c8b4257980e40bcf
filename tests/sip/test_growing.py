"""Columns that grow in place."""

from __future__ import annotations

import numpy as np
import pytest

from xivolab.sip.growing import Growing


def test_rows_are_cast_and_appended() -> None:
    column = Growing(np.uint16, 2)
    assert column.array().shape == (0, 2)
    column.add(np.array([[1, -1]], np.int64))
    column.add(np.zeros((0, 2)))
    column.add(np.arange(8, dtype=np.int64).reshape(2, 4)[:, ::2])
    assert column.array().tolist() == [[1, 65535], [0, 2], [4, 6]]
    assert column.array(2).tolist() == [[4, 6]]
    assert len(column) == 3


def test_nothing_grows_under_a_look() -> None:
    column = Growing(np.int32)
    column.add(np.arange(3))
    look = column.array()
    with pytest.raises(BufferError):
        column.add(np.arange(3))
    assert look.tolist() == [0, 1, 2]

"""Equal values have equal numbers, and no others do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip import interning
from xivolab.sip.arena import MessageBytes
from xivolab.sip.interning import grouped, intern_rows, intern_spans, unlike_within


def numbers(values: list[object]) -> list[int]:
    known: dict[object, int] = {}
    return [-1 if value == b"" else known.setdefault(value, len(known)) for value in values]


@given(st.lists(st.binary(max_size=9) | st.sampled_from([b"a" * 40, b"a" * 41, b"b" * 40])))
def test_spans(values: list[bytes]) -> None:
    data = MessageBytes.of(values)
    found = intern_spans(data.buffer, data.starts, data.ends)
    assert found.ids.tolist() == numbers(list(values))
    assert [values[row] for row in found.firsts] == list(dict.fromkeys(value for value in values if value))


@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(-(2**63), 2**63 - 1))))
def test_rows(values: list[tuple[int, int]]) -> None:
    found = intern_rows(np.array(values, np.int64).reshape(-1, 2))
    assert found.ids.tolist() == numbers(list(values))


def test_a_hash_alone_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    values = [b"aaaa", b"bbbb", b"aaaa", b"cc", b"bbbb"]
    data = MessageBytes.of(values)
    code = interning.number_spans
    monkeypatch.setattr(interning, "hash_bytes", lambda *_: 5)
    slots, entries = np.full(16, -1, np.int32), np.zeros((5, 3), np.int64)
    ids, firsts = np.zeros(5, np.int32), np.zeros(5, np.int64)
    plain = getattr(code, "py_func", code)
    for name in ("_same_bytes", "number_of"):
        step = getattr(interning, name)
        monkeypatch.setattr(interning, name, getattr(step, "py_func", step))
    assert plain(data.buffer, data.starts, data.ends, slots, entries, ids, firsts) == 3
    assert ids.tolist() == [0, 1, 0, 2, 1]


def test_groups_and_what_is_unlike_in_them() -> None:
    ids = np.array([1, 0, -1, 1, 0, 1], np.int32)
    order, offsets = grouped(ids, 2)
    assert (order.tolist(), offsets.tolist()) == ([1, 4, 0, 3, 5], [0, 2, 5])
    colours = np.array([7, 3, 0, -1, 3, 3], np.int32)
    found = unlike_within(colours, 8, order, offsets)
    assert [found.members[n] for n in found.ids] == [[3], [7, 3]]

"""Names as numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.log.names import Names, endpoint_of


@given(st.lists(st.text(max_size=12), max_size=60))
def test_equal_names_have_one_number(words: list[str]) -> None:
    names = Names(("Dial",))
    numbers = [names.number(word.encode("utf-8", "replace")) for word in words]
    known = {"": 0, "Dial": 1}
    for word, number in zip(words, numbers, strict=True):
        assert known.setdefault(word.encode("utf-8", "replace").decode(), number) == number
    assert len(set(known.values())) == len(known) == len(names)
    assert names.words(np.array(numbers, np.int64)) == [word.encode("utf-8", "replace").decode() for word in words]


def test_there_is_room_for_many(monkeypatch: object) -> None:
    names = Names()
    numbers = [names.channel(f"PJSIP/line{n}-{n:08x}") for n in range(3000)]
    assert names.words(np.array(numbers))[2999] == "PJSIP/line2999-00000bb7"
    assert names.words(names.endpoints(np.array(numbers)))[7] == "line7"
    assert [names.channel(f"PJSIP/line{n}-{n:08x}") for n in range(3000)] == numbers


def test_endpoints_of_channels() -> None:
    assert endpoint_of("PJSIP/alice-desk-0000001a") == "alice-desk"
    assert endpoint_of("DAHDI/i1/0199-1") == "i1/0199-1"
    assert endpoint_of("nobody") == ""

"""What counters of lost packets can have been."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xivolab.asterisk.cli.counters import lost_packets, thousands

WORD = 2**32


def printed(lost: int, packets: int, bits: int) -> tuple[str, int]:
    """The count and the percentage as channels/pjsip/cli_commands.c prints them, in unsigned integers."""
    raw = lost % 2**bits
    text = f"{raw // 1000}K" if raw > 100_000 else str(raw)
    return text, raw * 100 % WORD // packets if packets else 0


def test_the_counter_of_the_course() -> None:
    lost = lost_packets("16777K", 2933079, (572, 572), 24)

    assert (lost.low, lost.high, lost.likely) == (-4, -1, -1)
    assert lost.wrapped
    assert lost.rounded


@pytest.mark.parametrize("bits", [24, 32])
@given(lost=st.integers(-5000, 200_000), packets=st.integers(0, 100_000))
@example(lost=-1, packets=572)
@example(lost=-1, packets=0)
def test_the_real_count_is_always_within_the_bounds(bits: int, lost: int, packets: int) -> None:
    text, percent = printed(lost, packets, bits)

    found = lost_packets(text, percent, (packets, packets), bits)

    assert found.low <= lost <= found.high
    assert found.wrapped == (lost < 0)
    assert found.low <= found.likely <= found.high
    if 0 <= lost <= 100_000:
        assert found.likely == lost


def test_thousands_are_bounds() -> None:
    assert thousands("123K") == (123_000, 123_999)
    assert thousands("572") == (572, 572)

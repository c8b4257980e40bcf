"""The definitions once more in plain Python, straightforward and slow: what the kernels are compared with.

RFC 3550: sequence numbers as in appendix A.1, jitter as in appendix A.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass
class Counts:
    """What became of the sequence numbers of a stream that never restarts."""

    expected: int
    lost: int
    duplicates: int
    out_of_order: int


def extended(sequences: Sequence[int]) -> list[int]:
    """16-bit sequence numbers without their wraps: each is the one nearest to the highest before it."""
    numbers: list[int] = []
    for sequence in sequences:
        highest = max(numbers, default=sequence)
        numbers.append(highest + (sequence - highest + 0x8000) % 0x10000 - 0x8000)
    return numbers


def counts(sequences: Sequence[int]) -> Counts:
    """Loss by sets: a number is lost when it was never seen between the lowest and the highest."""
    numbers = extended(sequences)
    expected = max(numbers) - min(numbers) + 1
    duplicates = len(numbers) - len(set(numbers))
    late = {
        number for at, number in enumerate(numbers) if number < max(numbers[: at + 1]) and number not in numbers[:at]
    }
    return Counts(expected, expected - len(set(numbers)), duplicates, len(late))


def mean_jitter_ms(packets: Sequence[tuple[int, int]], clock: int) -> float:
    """Mean of the running jitter over (arrival in ns, RTP timestamp): J += (|D| - J) / 16."""
    jitter, values = 0.0, []
    for (before, timestamp_before), (arrival, timestamp) in pairwise(packets):
        ticks = (timestamp - timestamp_before + 2**31) % 2**32 - 2**31
        difference = (arrival - before) / 1e6 - ticks * 1000 / clock
        jitter += (abs(difference) - jitter) / 16
        values.append(jitter)
    return sum(values) / len(values)

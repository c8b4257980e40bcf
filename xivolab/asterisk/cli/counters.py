"""Counters of `pjsip show channelstats`: what the few characters that Asterisk prints can have been.

The lost packets that a phone reports are a signed number of 24 bits (RFC 3550, 6.4.1), which Asterisk keeps as an unsigned
one; those that it counts itself are unsigned with 32 bits. A few duplicates make either of them wrap: −1 is printed as
`16777K` or `4294967K`, and the percentage with it is the rest of a division by 2³² (channels/pjsip/cli_commands.c).
"""

from __future__ import annotations

from dataclasses import dataclass

_THOUSAND = 1000
_WORD = 2**32


@dataclass(frozen=True, slots=True)
class Lost:
    """A count of lost packets, below 0 where more came than were expected: the likeliest, and the bounds it lies in."""

    likely: int
    low: int
    high: int
    wrapped: bool
    rounded: bool


def thousands(text: str) -> tuple[int, int]:
    """The smallest and largest count that is printed as `text`: "572", or "16777K" above 100 000."""
    if text.endswith("K"):
        count = int(text[:-1]) * _THOUSAND
        return count, count + _THOUSAND - 1
    return int(text), int(text)


def lost_packets(text: str, percent: int, packets: tuple[int, int], bits: int) -> Lost:
    """What a counter of `bits` was, from what was printed, the percentage beside it, and the packets it is of."""
    size = 2**bits
    low, high = thousands(text)
    rounded = high > low
    wrapped = low >= size // 2
    if wrapped:
        low, high = low - size, min(high, size - 1) - size
    if rounded and packets[0] == packets[1] and packets[0] > 0:
        low, high = _narrowed(low, high, percent, packets[0], size)
    return Lost(high if wrapped else low, low, high, wrapped, rounded)


def _narrowed(low: int, high: int, percent: int, packets: int, size: int) -> tuple[int, int]:
    """The bounds of the counts that give the percentage; as they were when none does, or when they cannot be tried."""
    fits = [lost for lost in range(low, high + 1) if (lost % size) * 100 % _WORD // packets == percent]
    return (fits[0], fits[-1]) if fits else (low, high)

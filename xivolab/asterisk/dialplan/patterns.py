"""Extension patterns: whether one takes a number, and which of two is asked first (main/pbx.c of Asterisk).

A name that begins with `_` is a pattern: X, Z, N are digits from 0, 1, 2; `[13-5]` a set; `.` one or more of anything, `!` zero or
more. In a set nothing is special but a range: `[!N-Z]` holds an exclamation mark. Dashes outside sets are eye candy, in names and
in numbers; spaces outside sets go.
"""

from __future__ import annotations

from functools import cache

Key = tuple[tuple[int, bytes], ...]

_RANGES = {"n": (0x32, 0x39), "x": (0x30, 0x39), "z": (0x31, 0x39)}
_ANY, _EARLY, _END, _BROKEN = 0x18000, 0x28000, 0x30000, 0x40000


def tidy(name: str, *, dashes: bool = False) -> str:
    """A name as Asterisk keeps it: without spaces, and without `dashes` unless told, both only outside sets (ext_strncpy)."""
    kept: list[str] = []
    in_set, pattern = False, name.startswith("_")
    for letter in name:
        if letter == "[" and pattern:
            in_set = True
        elif letter == "]":
            in_set = False
        elif not in_set and (letter == " " or (letter == "-" and not dashes)):
            continue
        kept.append(letter)
    return "".join(kept)


def takes(name: str, number: str) -> bool:
    """Whether an extension of that name or pattern takes a number (_extension_match_core, E_MATCH)."""
    if not name.startswith("_"):
        return _plain(name) == _plain(number)
    if number.startswith("_") and _pattern_key(name[1:]) == _pattern_key(number[1:]):
        return True  # a pattern that is dialled as it stands
    return _matches(_bytes(name)[1:], _bytes(number))


def _matches(pattern: bytes, number: bytes) -> bool:
    at = 0
    digits = number.replace(b"-", b"")
    rest = 0
    while True:
        while pattern[at : at + 1] == b"-":
            at += 1
        if rest == len(digits) or at == len(pattern) or pattern[at : at + 1] == b"/":
            break
        letter = chr(pattern[at])
        if letter == "[":
            end = pattern.find(b"]", at)
            if end < 0:
                return False
            if end == at + 1:  # an empty set counts for nothing
                at += 2
                continue
            if not _in_set(pattern[at + 1 : end], digits[rest]):
                return False
            at = end
        elif letter.lower() in _RANGES:
            low, high = _RANGES[letter.lower()]
            if not low <= digits[rest] <= high:
                return False
        elif letter in ".!":
            return True
        elif pattern[at] != digits[rest]:
            return False
        at += 1
        rest += 1
    if rest < len(digits):
        return False
    return at >= len(pattern) or pattern[at : at + 1] in (b"/", b"!")


def _in_set(letters: bytes, digit: int) -> bool:
    at = 0
    while at < len(letters):
        if at + 2 < len(letters) and letters[at + 1 : at + 2] == b"-":
            if _signed(letters[at]) <= _signed(digit) <= _signed(letters[at + 2]):
                return True
            at += 3
        elif letters[at] == digit:
            return True
        else:
            at += 1
    return False


def order_key(name: str) -> tuple[int, tuple[int, ...] | Key]:
    """Sorts the extensions of a context in the order in which they are asked (ext_cmp): names, then patterns, the narrow first."""
    if not name.startswith("_"):
        return 0, _plain(name)
    return 1, _pattern_key(name[1:])


def _plain(name: str) -> tuple[int, ...]:
    return (*(_signed(byte) for byte in _bytes(name) if byte != 0x2D), 0)


@cache
def _pattern_key(pattern: str) -> Key:
    """A pair for each place of a pattern (ext_cmp_pattern_pos): how many characters it takes, with the lowest; and which."""
    data = _bytes(pattern)
    places: list[tuple[int, bytes]] = []
    at = 0
    while at < len(data):
        letter = chr(data[at])
        at += 1
        if letter == "-":
            continue
        if letter.lower() in _RANGES:
            low, high = _RANGES[letter.lower()]
            places.append(_place(range(low, high + 1)))
        elif letter == ".":
            places.append((_ANY, _NOTHING))
        elif letter == "!":
            places.append((_EARLY, _NOTHING))
        elif letter == "[":
            end = data.find(b"]", at)
            if end < 0:
                places.append((_BROKEN, _NOTHING))
                continue
            if members := _members(data[at:end]):
                places.append(_place(members))
            at = end + 1
        else:
            places.append(_place((data[at - 1],)))
    return (*places, (_END, _NOTHING))


_NOTHING = b"\xff" * 32


def _members(letters: bytes) -> list[int]:
    found: set[int] = set()
    at = 0
    while at < len(letters):
        if at + 2 < len(letters) and letters[at + 1 : at + 2] == b"-":
            found.update(range(letters[at], letters[at + 2] + 1))
            at += 3
        else:
            found.add(letters[at])
            at += 1
    return sorted(found)


def _place(members: range | list[int] | tuple[int, ...]) -> tuple[int, bytes]:
    """Of two sets of one size and one lowest character the one with the lower others comes first: bits are turned round."""
    bits = bytearray(_NOTHING)
    for member in members:
        bits[member // 8] &= ~(1 << (7 - member % 8)) & 0xFF
    return len(members) << 8 | members[0], bytes(bits)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _signed(byte: int) -> int:
    """A byte as the `char` of C on the machines that Asterisk runs on."""
    return byte - 256 if byte > 127 else byte

"""Users and names in addresses written the plain way, `"Name" <sip:user@host>` or `sip:user@host`. Compiled.

What is written in any other way is left to the parser that takes its time (`xivolab.sip.uri`).
"""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper, kernel

_QUOTE, _SPACE, _LESS, _AT, _COLON = 34, 32, 60, 64, 58


@helper
def _letter_or_digit(byte: int) -> bool:
    return 97 <= byte <= 122 or 65 <= byte <= 90 or 48 <= byte <= 57


@helper
def _in_name(byte: int) -> bool:
    """Letters, digits, blanks and `+-.@_`."""
    return _letter_or_digit(byte) or byte == 32 or byte == 43 or byte == 45 or byte == 46 or byte == 64 or byte == 95


@helper
def _in_user(byte: int) -> bool:
    """Letters, digits and `!#%*+-._~`."""
    return (
        _letter_or_digit(byte)
        or byte == 33
        or byte == 35
        or byte == 37
        or byte == 42
        or byte == 43
        or byte == 45
        or byte == 46
        or byte == 95
        or byte == 126
    )


@helper
def _after_name(buffer: Any, at: int, end: int, name: Any) -> int:
    """Behind the bracket that follows a plain name or none; -1 for any other. name (2,) gets where it lies."""
    quoted = at < end and buffer[at] == _QUOTE
    if quoted:
        at += 1
    name[0] = at
    while at < end and _in_name(buffer[at]):
        at += 1
    name[1] = at
    if quoted:
        if at >= end or buffer[at] != _QUOTE:
            return -1
        at += 1
        while at < end and buffer[at] == _SPACE:
            at += 1
    else:
        while name[1] > name[0] and buffer[name[1] - 1] == _SPACE:
            name[1] -= 1
        while name[1] > name[0] and buffer[name[0]] == _SPACE:
            name[0] += 1
    return at + 1 if at < end and buffer[at] == _LESS else -1


@kernel
def plain_users(buffer: Any, starts: Any, ends: Any, named: bool, users: Any) -> None:
    """Write into users (n, 4) int64 where the users of the addresses [starts[k], ends[k]) lie, and the names: the user is
    empty where an address is not written the plain way. `named`: with brackets, as in From; else a URI alone.
    """
    for k in range(len(starts)):
        at, end = starts[k], ends[k]
        users[k, :] = 0
        if named:
            at = _after_name(buffer, at, end, users[k, 2:])
        if at < 0 or end - at < 6:
            continue
        if (buffer[at] | 32) != 115 or (buffer[at + 1] | 32) != 105 or (buffer[at + 2] | 32) != 112:  # sip
            continue
        at += 3
        if (buffer[at] | 32) == 115:
            at += 1
        if buffer[at] != _COLON:
            continue
        at += 1
        here = at
        while here < end and _in_user(buffer[here]):
            here += 1
        if here < end and buffer[here] == _AT:
            users[k, 0], users[k, 1] = at, here

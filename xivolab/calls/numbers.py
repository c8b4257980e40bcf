"""Telephone numbers as they are written in SIP users, and when two of them are the same."""

from __future__ import annotations

import re
from functools import lru_cache

from xivolab.sip.uri import bare_user

_SEPARATORS = re.compile(r"[-. ()]")
_NUMBER = re.compile(r"\+?[0-9*#]+")

NAMELESS = frozenset({"anonymous", "asterisk", "unknown", "unavailable", "restricted", "invalid", "s"})
"""Users a PBX writes where it knows or tells no caller: they name nobody."""


@lru_cache(maxsize=65536)
def number_key(user: str | None) -> str | None:
    """What two writings of one number share: its last 9 digits without `+`, `00`, country code and outgoing prefix.

    A short number keeps all digits but leading zeros. None for a user that is no number.
    """
    digits = _SEPARATORS.sub("", bare_user(user or ""))
    if not _NUMBER.fullmatch(digits):
        return None
    digits = digits.lstrip("+")
    return (digits.lstrip("0") or digits)[-9:] or None


@lru_cache(maxsize=65536)
def user_key(user: str | None) -> str | None:
    """The number a user is, else its name in lower case; None for one that names nobody."""
    if not user or user.lower() in NAMELESS:
        return None
    return number_key(user) or bare_user(user).lower()


def same_party(one: str | None, other: str | None) -> bool:
    """Whether two users are one number (however it is written) or one name."""
    key = user_key(one)
    return key is not None and key == user_key(other)

"""When two telephone numbers are the same: on their last 9 digits, whatever prefix stands before them."""

from __future__ import annotations

import re

_COMPARED = 9
_SEPARATORS = re.compile(r"[\s.()/-]")
_NUMBER = re.compile(r"\+?[0-9*#]+")


def same_number(wanted: str, found: str | None) -> bool:
    """Whether `found` (a number or a SIP user) is the one wanted.

    Names and short numbers must be equal; longer numbers agree when their last 9 digits do, so that +33…, 0033…, 0… and
    an outgoing prefix make no difference.
    """
    if found is None:
        return False
    a, b = _SEPARATORS.sub("", wanted), _SEPARATORS.sub("", found)
    if a == b:
        return True
    if not (_NUMBER.fullmatch(a) and _NUMBER.fullmatch(b)):
        return False
    return min(len(a), len(b)) >= _COMPARED and a[-_COMPARED:] == b[-_COMPARED:]

"""`core show hints`."""

from __future__ import annotations

import pytest

from xivolab.asterisk.cli.hints import hints
from xivolab.asterisk.cli.lines import lines_of


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (
            (
                "1002@numbers                  : PJSIP/bob                                                     State:Unavailable     "
                "Presence:not_set         Watchers  0"
            ),
            ("1002", "numbers", "PJSIP/bob", "Unavailable", "not_set", 0, False),
        ),
        (
            "   6001@default         : SIP/Bob-mobile&SIP/B  State:InUse        Watchers 12",
            ("6001", "default", "SIP/Bob-mobile&SIP/B", "InUse", None, 12, True),
        ),
        (
            "*735123@a-long-conte: Custom:x  State:Idle Presence:away Watchers  1",
            ("*735123", "a-long-conte", "Custom:x", "Idle", "away", 1, True),
        ),
    ],
)
def test_every_width(line: str, fields: tuple[object, ...]) -> None:
    [found] = hints(
        list(lines_of([" -= Registered Asterisk Dial Plan Hints =-", line, "----------------", "- 1 hints registered"]))
    )

    assert tuple(found.fields.values()) == fields

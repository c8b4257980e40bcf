"""How the arrows of a ladder look."""

from __future__ import annotations

import pytest

from xivolab.testing import tcall, tmessage
from xivolab.views.flow import flow
from xivolab.views.ladder_style import Style, style


def look(*args: str, **more: bool) -> Style:
    return style(next(flow(tcall([tmessage(*args, **more)], [])).arrows()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first_line", "ink", "shape"),
    [
        ("BYE sip:x SIP/2.0", "request", "round"),
        ("SIP/2.0 183 Session Progress", "muted", "square"),
        ("SIP/2.0 200 OK", "success", "square"),
        ("SIP/2.0 302 Moved", "redirect", "square"),
        ("SIP/2.0 404 Not Found", "failure", "diamond"),
        ("SIP/2.0 401 Unauthorized", "redirect", "diamond"),  # a challenge is no failure
    ],
)
def test_the_look_of_a_message(first_line: str, ink: str, shape: str) -> None:
    found = look(first_line)
    assert (found.ink, found.shape, found.dash) == (ink, shape, "solid")


def test_what_was_sent_again_is_dashed_and_what_was_captured_twice_dotted() -> None:
    assert look(retransmission=True).dash == "dashed"
    assert look(capture_duplicate=True).dash == "dotted"

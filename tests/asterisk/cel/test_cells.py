from __future__ import annotations

import pytest

from xivolab.asterisk.cel.cells import plausible


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("eventtype", "BRIDGE_ENTER"),
        ("eventtime", "1795420050.854569"),
        ("uniqueid", "mds1-1756309232.14"),
        ("appdata", "anything | at all"),
        ("extra", '{"extra":"a|b"}'),
        ("call_log_id", ""),
        ("id", "(null)"),
    ],
)
def test_what_a_column_may_hold(column: str, cell: str) -> None:
    assert plausible(column, cell)


@pytest.mark.parametrize(
    ("column", "cell"),
    [("eventtype", "1001"), ("eventtime", "s"), ("uniqueid", "PJSIP/a-1"), ("id", "1756309232.14"), ("answered", "x")],
)
def test_what_it_may_not(column: str, cell: str) -> None:
    assert not plausible(column, cell)

"""Which call a command is about."""

from __future__ import annotations

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.cli.choose import one_call
from xivolab.errors import UsageError


def test_the_only_call_needs_no_key() -> None:
    case = xivolab.open(ROOT / "captures" / "busy")
    assert one_call(case, None) == one_call(case, "1002") == case.call(0)


@pytest.mark.parametrize(
    ("folder", "words"), [("wrong-password", "no call in this evidence"), ("", "calls in this evidence")]
)
def test_no_call_or_several_are_told(folder: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        one_call(xivolab.open(ROOT / "captures" / folder), None)

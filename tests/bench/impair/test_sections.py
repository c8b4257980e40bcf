"""Options of Asterisk's files, read and changed one at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.bench.impair import sections

TEXT = """\
; A line.
[kx3v9a2m]
type = endpoint
context = default ; not read as part of the name
allow => alaw

[kx3v9a2m](base)
type=auth
password = secret
;password = commented

[other]
type = endpoint
"""


def test_an_option_is_read_from_the_section_of_the_type() -> None:
    assert sections.get(TEXT, "kx3v9a2m", "auth", "password") == "secret"
    assert sections.get(TEXT, "kx3v9a2m", "endpoint", "allow") == "alaw"
    assert sections.get(TEXT, "kx3v9a2m", "endpoint", "password") is None
    assert sections.get(TEXT, "nobody", "endpoint", "allow") is None


def test_only_that_option_changes() -> None:
    changed = sections.change(TEXT, "kx3v9a2m", "auth", password="other")

    assert sections.get(changed, "kx3v9a2m", "auth", "password") == "other"
    assert changed.splitlines()[:6] == TEXT.splitlines()[:6]
    assert ";password = commented" in changed
    assert "[other]\ntype = endpoint\n" in changed


def test_an_option_is_added_and_taken_out() -> None:
    changed = sections.change(TEXT, "other", "endpoint", context="from-extern")
    assert sections.get(changed, "other", "endpoint", "context") == "from-extern"
    again = sections.change(changed, "other", "endpoint", context=None)
    assert sections.get(again, "other", "endpoint", "context") is None


def test_a_section_that_is_not_there_is_told() -> None:
    with pytest.raises(KeyError, match=r"\[nobody\] of type endpoint"):
        sections.change(TEXT, "nobody", "endpoint", context="x")


def test_sections_are_listed_by_type() -> None:
    assert sections.names(TEXT, "endpoint") == ["kx3v9a2m", "other"]


@given(st.text(alphabet="[]=; \nabtype", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for name in sections.names(text, "a"):
        assert sections.get(text, name, "a", "type") == "a"

"""Who takes a number, in words."""

from __future__ import annotations

import pytest

from xivolab.asterisk.dialplan import dialplan_written, who_takes
from xivolab.asterisk.dialplan.words import sentences, why_in_words
from xivolab.schema import DIALPLAN_MATCH

WRITTEN = """[a]
exten => 1,1,Dial(x)
exten => 2/555,1,NoOp()
include => b
[b]
exten => _.,1,NoOp()
[c]
exten => 1,1,NoOp()
switch => Realtime/@x
include => b,09:00-17:00,*,*,*
[d]
"""


def told(context: str, number: str, lang: str = "en") -> list[str]:
    found = who_takes(dialplan_written({"x": WRITTEN}), context, number)
    return sentences(found, number, context, lang)


def test_the_answer_and_what_may_make_it_wrong() -> None:
    assert told("a", "1") == ["1 is taken by 1, a: Dial(x)"]
    assert told("a", "2") == [
        "2 is taken by _., a → b: NoOp()",
        "some extensions are for other callers: give the caller with --caller",
        "this pattern takes h, i and t as well: the end of the call goes there, too",
    ]
    assert told("c", "2") == [
        "nothing tells who takes 2 in c",
        "Realtime/@x (c) is asked before and may take it",
        "some includes hold at some times only: give the time with --at",
    ]
    assert told("d", "2") == ["nobody takes 2 in d: a phone that calls it gets 404, a menu goes to extension i"]


@pytest.mark.parametrize(("context", "number"), [("a", "1"), ("a", "2"), ("c", "2"), ("d", "2")])
def test_all_of_it_in_french(context: str, number: str) -> None:
    assert not set(told(context, number)) & set(told(context, number, "fr"))


def test_every_verdict_has_its_words() -> None:
    for why in DIALPLAN_MATCH.field("why").values:
        assert why_in_words(why, "en") != why_in_words(why, "fr")

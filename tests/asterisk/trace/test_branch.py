"""Conditions and targets as the log prints them."""

from __future__ import annotations

import pytest

from xivolab.asterisk.trace.branch import Target, branch, subroutine, target


@pytest.mark.parametrize(
    ("args", "holds", "taken"),
    [
        ("1?DND,1", True, "DND,1"),
        ("0?DND,1", False, ""),
        ("?:noblindxfer", False, "noblindxfer"),
        ("INTERNAL?:return", True, ""),
        ("0?sipremoveheader,1:pjsipheader,1", False, "pjsipheader,1"),
        ("10?report", True, "report"),
        ("00?a:b", False, "b"),
        ("1?dstring,1():dlocal,1()", True, "dstring,1()"),
        ("1?sub,1(a:b):other", True, "sub,1(a:b)"),
    ],
)
def test_a_condition_is_what_asterisk_takes_it_for(args: str, holds: bool, taken: str) -> None:
    assert (branch(args).holds, branch(args).taken) == (holds, taken)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("user,s,1(167,)", Target("user", "s", "1", "167,")),
        ("missedcall,1", Target(None, "missedcall", "1")),
        ("return", Target(None, None, "return")),
        ("xivo-subroutine,s,1()", Target("xivo-subroutine", "s", "1", "")),
        (
            "xivo-connectedline,s,1(70060,Debierre Portier )",
            Target("xivo-connectedline", "s", "1", "70060,Debierre Portier "),
        ),
        ("", None),
        ("a,b,c,d", None),
    ],
)
def test_a_target_may_leave_its_first_parts_out(text: str, found: Target | None) -> None:
    assert target(text) == found


@pytest.mark.parametrize(
    ("app", "args", "context"),
    [
        ("Gosub", "user,s,1(167,)", "user"),
        ("GosubIf", "1?record,1(exten,2)", None),
        ("Macro", "dialout-trunk,11,180", "macro-dialout-trunk"),
        ("ExecIf", "1?Gosub(sub-x,s,1(a))", "sub-x"),
    ],
)
def test_what_calls_a_subroutine(app: str, args: str, context: str | None) -> None:
    found = subroutine(app, args)
    assert found is not None
    assert found.context == context


@pytest.mark.parametrize(
    ("app", "args"), [("GosubIf", "0?record,1"), ("Set", "X=1"), ("ExecIf", "0?Gosub(x,s,1)"), ("Gosub", "")]
)
def test_what_calls_none(app: str, args: str) -> None:
    assert subroutine(app, args) is None

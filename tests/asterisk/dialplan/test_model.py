"""Contexts and their extensions."""

from __future__ import annotations

from xivolab.asterisk.dialplan.model import Context, Dialplan, Step


def test_extensions_stand_in_the_order_in_which_they_are_asked() -> None:
    context = Context("default")
    for name, caller in (("_X.", None), ("_1X", None), ("_1X", "555"), ("_1X", ""), ("12", None), ("1-2", "_5.")):
        context.extension(name, caller).steps[1] = Step("NoOp")

    assert [(one.name, one.caller) for one in context.extensions] == [
        ("1-2", "_5."),
        ("12", None),
        ("_1X", ""),
        ("_1X", "555"),
        ("_1X", None),
        ("_X.", None),
    ]


def test_a_name_is_one_whatever_dashes_it_has() -> None:
    context = Context("default")

    assert context.extension("1-2", None) is context.extension("12", None)
    assert context.find("1 2", None) is not None
    assert context.find("12", "555") is None


def test_a_dialplan_makes_contexts_and_an_extension_knows_its_place() -> None:
    plan = Dialplan()
    extension = plan.context("a").extension("1", None)
    assert extension.place is None
    extension.hint = Step("", "PJSIP/a", None, "x.conf:1")
    assert extension.place == "x.conf:1"
    extension.steps[2] = Step("Dial", "PJSIP/a", "ring", "x.conf:2")

    assert extension.place == "x.conf:2"
    assert str(extension.steps[2]) == "Dial(PJSIP/a)"
    assert [context.name for context in plan] == ["a"]

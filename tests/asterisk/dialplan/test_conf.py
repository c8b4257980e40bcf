"""extensions.conf, read as the real Asterisk reads it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.asterisk.dialplan.conftest import Asterisk
from xivolab.asterisk.cli import CliText, cli_tables
from xivolab.asterisk.dialplan import Context, dialplan_shown, dialplan_written

TRICKY = """[general]
static=yes
[globals]
TRUNK=PJSIP/operator
FIRST=9
[ring](!)
exten => _1XXX,1(start),Dial(PJSIP/${EXTEN},20)  ; rings
 same => n,GotoIf($[${X}=1]?start:done)
 same => n(done),Hangup()
[made-up](ring)
exten=> 1000 , 1 , NoOp(a, b (c))
exten => 1000,n+5,NoOp
exten => 1000,n(here),Set(A=1\\;2)
exten => 1000,here+1,NoOp(after)
exten => 1000,hint,PJSIP/alice&PJSIP/bob
exten => 1000,1,NoOp(twice)
exten => ${FIRST}11,1,NoOp()
exten => 1[0],1,NoOp(no pattern)
exten => _1[2,3]4,1,NoOp(a comma in a set)
exten => _10-0X/(555) 12-34,1,NoOp(dashes)
exten => _10-0X/,1,NoOp(without a number)
exten => s,1,NoOp()
exten => s,s(label),NoOp(label of one that is there)
;-- exten => 7,1,NoOp()
exten => 8,1,NoOp() --;
include => other
include => later,09:00-17:00,mon-fri,*,*
ignorepat => 9
switch => Realtime/made-up@x
eswitch => Lua/${EXTEN}
[made-up](+)
exten => 2000,1,Macro(x,${TRUNK})
same => n,Hangup()
[other]
exten => _.,1,NoOp()
[other]
exten => 3000,1,NoOp(again)
exten => 3000,nonsense,NoOp()
same => n,NoOp(n)
[later]
same => n,NoOp(nothing before)
"""


def described(context: Context) -> list[object]:
    extensions = [
        (one.name, one.caller, one.hint and one.hint.data, [(n, str(step)) for n, step in sorted(one.steps.items())])
        for one in context.extensions
    ]
    return [extensions, context.includes, context.switches, context.ignore_patterns]


def test_every_line_means_what_it_means_to_asterisk(asterisk: Asterisk) -> None:
    """Variables but global ones in names are the same: Asterisk keeps them in the arguments."""
    asterisk.load(TRICKY)
    shown = dialplan_shown(cli_tables([CliText("shown", asterisk.ask("dialplan show").splitlines())])["dialplan"])
    written = dialplan_written({"extensions.conf": TRICKY})

    assert {"made-up", "other", "later"} == set(written.contexts)
    for name in ("made-up", "other"):
        assert described(written.contexts[name]) == described(shown.contexts[name])
    labels = {step.label for one in shown.contexts["made-up"].extensions for n, step in one.steps.items() if n > 1}
    assert labels <= {step.label for one in written.contexts["made-up"].extensions for step in one.steps.values()} | {
        None
    }


def test_what_is_left_out_is_told() -> None:
    told = {what for _, _, what in dialplan_written({"extensions.conf": TRICKY}).problems}

    assert told >= {
        "priority 1 of 1000 is there already",
        "no priority 'nonsense' to go on from",
        "`same` before any `exten`",
    }


def test_files_that_are_included_are_read_where_they_stand() -> None:
    files = {
        "/x/extensions.conf": "[a]\nexten => 1,1,A()\n#include b.conf\n",
        "/x/b.conf": " same => n,B()\n[c]\nexten => 2,1,C()\n",
    }
    plan = dialplan_written(files)

    assert [str(step) for step in plan.contexts["a"].extensions[0].steps.values()] == ["A()", "B()"]
    assert set(plan.contexts) == {"a", "c"}


@given(st.text(alphabet="[]exten=>,1n(hint)same+/_X.!\n ${}", max_size=120))
def test_no_text_makes_it_fail(text: str) -> None:
    dialplan_written({"extensions.conf": "[a]\n" + text})

"""A dialplan from what `dialplan show` printed."""

from __future__ import annotations

from xivolab.asterisk.cli import CliText, cli_tables
from xivolab.asterisk.dialplan.shown import dialplan_shown

SHOWN = """[ Context 'a' created by 'pbx_config' ]
  '1' (CID match '') =>  1. NoOp(x)   [a.conf:2]
     [two]   2. Hangup()   [a.conf:3]
  '1' =>  hint: PJSIP/b   [a.conf:4]
  Include =>  'b,09:00-17:00,*,*,*'  [pbx_config]
  Include =>  'b,09:00-17:00,*,*,*'  [pbx_config]
  Ignore pattern => '9'  [pbx_config]
  Alt. Switch =>    'Realtime/@x'  [pbx_lua]
"""


def test_everything_of_a_context() -> None:
    plan = dialplan_shown(cli_tables([CliText("x", SHOWN.splitlines())])["dialplan"])
    [context] = plan

    assert [(one.name, one.caller) for one in context.extensions] == [("1", ""), ("1", None)]
    assert context.extensions[0].steps[2].label == "two"
    assert context.extensions[1].hint is not None
    assert [(include.context, include.when) for include in context.includes] == [("b", "09:00-17:00,*,*,*")]
    assert (context.switches, context.ignore_patterns) == (["Realtime/@x"], ["9"])

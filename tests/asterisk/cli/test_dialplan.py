"""`dialplan show`."""

from __future__ import annotations

from xivolab.asterisk.cli.dialplan import dialplan
from xivolab.asterisk.cli.lines import lines_of

SHOWN = """[ Context 'numbers' created by 'pbx_config' ]
  '1001' =>         1. Gosub(user,s,1(alice))                     [extensions_lines.conf:2]
                    2. Hangup()                                   [extensions_lines.conf:3]
  '1002' (CID match '555') =>  1. NoOp(hello [x])                            [extensions_lines.conf:4]
     [two]          2. NoOp(?a:b)                                 [extensions_lines.conf:5]
  '1002' =>         hint: PJSIP/bob                               [extensions_lines.conf:6]
  '_1[0-3]XX' =>    1. NoOp()                                     [pbx_config]
  'beep' (CID match '') =>  1. Answer()                                   [func_periodic_hook]
  Include =>        'outgoing,09:00-17:00,mon-fri,*,*'            [pbx_config]
  Ignore pattern => '9'                                           [pbx_config]
  Alt. Switch =>    'Realtime/@x'                                 [pbx_config]

-= 6 extensions (8 priorities) in 1 context. =-
"""


def test_all_kinds_of_lines() -> None:
    rows = [found.fields for found in dialplan(list(lines_of(SHOWN.splitlines())))]

    assert {row["context"] for row in rows} == {"numbers"}
    assert [
        (r["kind"], r["exten"], r["cid_match"], r["priority"], r["label"], r["application"], r["data"]) for r in rows
    ] == [
        ("priority", "1001", None, 1, None, "Gosub", "user,s,1(alice)"),
        ("priority", "1001", None, 2, None, "Hangup", None),
        ("priority", "1002", "555", 1, None, "NoOp", "hello [x]"),
        ("priority", "1002", "555", 2, "two", "NoOp", "?a:b"),
        ("hint", "1002", None, None, None, None, "PJSIP/bob"),
        ("priority", "_1[0-3]XX", None, 1, None, "NoOp", None),
        ("priority", "beep", "", 1, None, "Answer", None),
        ("include", None, None, None, None, None, "outgoing,09:00-17:00,mon-fri,*,*"),
        ("ignore-pattern", None, None, None, None, None, "9"),
        ("switch", None, None, None, None, None, "Realtime/@x"),
    ]
    assert rows[0]["registrar"] == "extensions_lines.conf:2"


def test_a_row_broken_by_a_mail() -> None:
    text = """[ Context 'pre-mobility' created by 'pbx_config' ]
's' => 4. Set(XIVO_INTERFACE=${XIVO_INTERFACE}&Local/
${XIVO_MOBILEPHONENUMBER}@default) [example.conf:18]
[return] 5. Return() [example.conf:19]"""
    first, second = (found.fields for found in dialplan(list(lines_of(text.splitlines()))))

    assert first["priority"] == 4
    assert first["registrar"] == "example.conf:18"
    assert (second["label"], second["exten"]) == ("return", "s")

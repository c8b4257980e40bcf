"""Which lines are the output of which command."""

from __future__ import annotations

import pytest

from xivolab.asterisk.cli.lines import lines_of
from xivolab.asterisk.cli.outputs import command_on, kind_of, outputs


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("xivo*CLI> pjsip show channelstats", "pjsip show channelstats"),
        ("*CLI> core show hints", "core show hints"),
        ("CLI> queue show", "queue show"),
        ("root@xivo:~# asterisk -rx 'pjsip list endpoints'", "pjsip list endpoints"),
        ("root@xivo:~# asterisk -rx “core show uptime”", "core show uptime"),
        ("$ ssh pbx asterisk -rx 'dialplan show default'", "dialplan show default"),
        ('[root@pbx ~]# sudo /usr/sbin/asterisk -rvvvx "queue show support"', "queue show support"),
        (" pjsip show endpoint ID_LIGNE", "pjsip show endpoint ID_LIGNE"),
        ("xivo*CLI> ", None),
        ("the pjsip show endpoints below", None),
        ("Objects found: 3", None),
    ],
)
def test_a_prompt_tells_the_command(line: str, command: str | None) -> None:
    assert command_on(line) == command


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("pjsip show channelstats", "channelstats"),
        ("pjsip list aors", "pjsip"),
        ("core show channels", "channels"),
        ("core show channels verbose", "verbose"),
        ("core show channels concise", "concise"),
        ("core show channel PJSIP/x", "channel"),
        ("core show uptime seconds", "server"),
        ("module show", None),
    ],
)
def test_a_command_tells_the_kind(command: str, kind: str | None) -> None:
    assert kind_of(command) == kind


def test_several_outputs_with_times_in_one_paste() -> None:
    text = """Hello, here is what you asked for:
2026-11-25T13:00:00Z
2 active channels
1 active call
xivo*CLI> core show hints
    -= Registered Asterisk Dial Plan Hints =-
1000@default : PJSIP/a State:Idle Presence:not_set Watchers 1
----------------
- 1 hints registered
Regards
2026-11-25T13:00:05Z
 Endpoint:  a/1 In use 1 of inf
"""
    found = list(outputs(lines_of(text.splitlines())))

    assert [(one.kind, one.command) for one in found] == [
        ("server", None),
        ("hints", "core show hints"),
        ("pjsip", None),
    ]
    assert [one.taken_at for one in found] == [1795611600 * 10**9, 1795611600 * 10**9, 1795611605 * 10**9]
    assert "Regards" not in [line.text for one in found for line in one.lines]
    assert found[1].argument == "hints"


def test_a_second_heading_begins_a_second_output() -> None:
    heading = (
        " BridgeId ChannelId ........ UpTime.. Codec.   Count    Lost Pct  Jitter   Count    Lost Pct  Jitter RTT...."
    )
    text = [heading, " PJSIP/a-00000001 not valid", heading, " PJSIP/a-00000001 not valid"]

    assert len(list(outputs(lines_of(text)))) == 2

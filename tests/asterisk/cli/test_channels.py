"""`core show channels` in its three forms, and one channel."""

from __future__ import annotations

from typing import Any

from xivolab.asterisk.cli.channels import channel_details, channels
from xivolab.asterisk.cli.lines import lines_of

# configs of main/cli.c, handle_chanlist: %-80.80s %-24.24s %-24.24s %4d %-7.7s %-12.12s %-25.25s %-15.15s %8.8s %-11.11s …
VERBOSE = (
    "{:<80.80} {:<24.24} {:<24.24} {:>4} {:<7.7} {:<12.12} {:<25.25} {:<15.15} {:>8.8} {:<11.11} {:<11.11} {:<20.20}"
)
HEADING = VERBOSE.format(
    "Channel",
    "Context",
    "Extension",
    "Prio",
    "State",
    "Application",
    "Data",
    "CallerID",
    "Duration",
    "Accountcode",
    "PeerAccount",
    "BridgeID",
)
ALICE = ("PJSIP/alice-00000000", "user", "s", "1", "Up", "Dial", "PJSIP/bob,20", "1001", "00:00:15", "", "sales")
BOB = ("PJSIP/bob-00000001", "default", "", "1", "Up", "AppDial", "(Outgoing Line)", "1002", "00:00:15", "it", "")
BRIDGE = "4975e084-f0f7-4e5b-b"


def rows(text: str, form: str) -> list[dict[str, Any]]:
    return [found.fields for found in channels(list(lines_of(text.splitlines())), form) if found.table == "channels"]


def test_the_plain_form_with_what_is_cut() -> None:
    found = rows(
        """Channel                                                          Location                         State   Application(Data)
PJSIP/alice-00000000                                             s@user:1                         Up      Dial(PJSIP/bob,20)
Local/1002@default-00000001;2                                    1002@default:1                   Dialing Queue(support,t,,,300,,,,,
PJSIP/bob-00000001                                               (None)                           Ringing AppDial((Outgoing Line))
3 active channels
2 of 50 max active calls ( 4.00% of capacity)
7 calls processed""",
        "plain",
    )

    assert [(r["exten"], r["context"], r["priority"], r["state"]) for r in found] == [
        ("s", "user", 1, "Up"),
        ("1002", "default", 1, "Dialing"),
        (None, None, None, "Ringing"),
    ]
    assert [(r["application"], r["data"]) for r in found] == [
        ("Dial", "PJSIP/bob,20"),
        ("Queue", "support,t,,,300,,,,,"),
        ("AppDial", "(Outgoing Line)"),
    ]


def test_totals_are_a_row_about_the_server() -> None:
    text = "3 active channels\n2 of 50 max active calls ( 4.00% of capacity)\n7 calls processed"
    [server] = channels(list(lines_of(text.splitlines())), "plain")

    assert server.table == "servers"
    assert {name: value for name, value in server.fields.items() if value is not None} == {
        "channels": 3,
        "calls": 2,
        "calls_max": 50,
        "calls_processed": 7,
    }


def test_the_concise_form_is_split_from_both_ends() -> None:
    """The arguments of an application may hold the separator."""
    [row] = rows(
        "PJSIP/alice-00000000!default!100!2!Up!Playback!tt-monkeys!hello!world!1001!!!3!15!!default-1795613186.4",
        "concise",
    )

    assert (row["application"], row["data"], row["caller_id"]) == ("Playback", "tt-monkeys!hello!world", "1001")
    assert (row["ama_flags"], row["duration_s"], row["bridge"]) == (3, 15, None)
    assert row["uniqueid"] == "default-1795613186.4"


def test_the_verbose_form_by_its_columns() -> None:
    text = "\n".join([HEADING, VERBOSE.format(*ALICE, BRIDGE), VERBOSE.format(*BOB, BRIDGE)])
    alice, bob = rows(text, "verbose")

    assert (alice["context"], alice["exten"], alice["priority"], alice["caller_id"]) == ("user", "s", 1, "1001")
    assert (alice["account"], alice["peer_account"], alice["bridge"]) == (None, "sales", BRIDGE)
    assert (bob["exten"], bob["application"], bob["data"]) == (None, "AppDial", "(Outgoing Line)")
    assert (bob["account"], bob["peer_account"], bob["duration_s"]) == ("it", None, 15)


def test_the_verbose_form_whose_alignment_is_lost() -> None:
    text = "\n".join(" ".join(VERBOSE.format(*row, BRIDGE).split()) for row in (ALICE, BOB))
    alice, bob = rows(text, "verbose")

    assert (alice["context"], alice["exten"], alice["data"], alice["caller_id"]) == (
        "user",
        "s",
        "PJSIP/bob,20",
        "1001",
    )
    assert alice["bridge"] == BRIDGE
    assert (bob["context"], bob["exten"], bob["data"]) == ("default", None, "(Outgoing Line)")


def test_one_channel() -> None:
    text = """ -- General --
           Name: PJSIP/alice-00000000
       UniqueID: 1795613186.0
 -- PBX --
        Context: user
Call Identifer: [C-00000001]
      Variables:
XIVO_SRCNUM=77999
NOTE=one
two
  CDR Variables:
level 1: dst=1002
"""
    found = [one.fields for one in channel_details(list(lines_of(text.splitlines())), None)]

    assert {row["channel"] for row in found} == {"PJSIP/alice-00000000"}
    assert [(row["section"], row["name"], row["value"]) for row in found][2:] == [
        ("pbx", "Context", "user"),
        ("pbx", "Call Identifer", "[C-00000001]"),
        ("variables", "XIVO_SRCNUM", "77999"),
        ("variables", "NOTE", "one\ntwo"),
        ("cdr", "dst", "1002"),
    ]


def test_a_channel_that_runs_no_application() -> None:
    text = "Local/1003@default-00000000;1                                    1003@default:1                   Up      (None)                        "
    (row,) = channels(list(lines_of([text])), "plain")
    assert (row.fields["channel"], row.fields["exten"], row.fields["application"]) == (
        "Local/1003@default-00000000;1",
        "1003",
        None,
    )

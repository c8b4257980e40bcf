"""The calls of logs, as the kernels find them and as a walk over objects does."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzzing.logs import log_case
from tests.asterisk.log.made import SAMPLES, bridge, left, logs, said, step, written
from tests.asterisk.log.plain import plain_calls
from xivolab.asterisk.log import Logs

CHANNELS = [
    "PJSIP/a-0000001a",
    "PJSIP/b-0000001b",
    "Local/1@d-00000001;1",
    "SIP/é-0000001c",
    "odd",
    "CBAnn/1-00000000;1",
]
MISSING = (
    "[Nov 23 07:51:10] NOTICE[93] res_pjsip_session.c:  a: Call (UDP:1.2.3.4:5) to extension '9' rejected because "
    "extension not found in context 'd'."
)
SIP = "[Nov 23 07:51:10] VERBOSE[7] res_pjsip_logger.c: <--- Received SIP request (4 bytes) from UDP:1.2.3.4:5 --->\n"
channels = st.sampled_from(CHANNELS)
LINES = st.one_of(
    st.builds(
        step,
        st.sampled_from(
            ["Dial", "Answer", "Playback", "Hangup", "Busy", "Congestion", "NoOp", "Set", "Queue", "Gosub", "VoiceMail"]
        ),
        st.sampled_from(
            [
                "",
                "PJSIP/b,20",
                "17",
                "99999999999",
                "²",
                "x,noanswer",
                "XIVO_SRCNUM=101",
                "__WAZO_DSTNUM=2é",
                "XIVO_DSTNUM=",
                "SIP Call-ID for this call: c1@x ",
                "Call-ID",
                'a", "b") in new stack',
            ]
        ),
        channels,
        st.sampled_from(["1002@default:1", "s@user:2", "1002@default:01", "é@x:1", "@:1", "s@x]:1"]),
    ),
    st.builds(bridge, st.sampled_from(["joined", "left"]), channels, st.sampled_from("xyz")),
    st.builds(
        "bridge_channel.c: Channel {} {} 'softmix' base-bridge <r>".format,
        channels,
        st.sampled_from(["joined", "left"]),
    ),
    st.builds(
        "bridge_channel.c: Channel {} swapped with {} into 'x' basic-bridge <{}>".format,
        channels,
        channels,
        st.sampled_from("xyz"),
    ),
    st.builds(left, channels),
    st.builds("app_dial.c: {} answered {}".format, channels, channels),
    st.builds("app_dial.c: {} is {}".format, channels, st.sampled_from(["ringing", "busy", "circuit-busy", "here"])),
    st.builds("app_dial.c: {} is making progress passing it to {}".format, channels, channels),
    st.builds("pbx.c: Auto fallthrough, channel '{}' status is 'BUSY'".format, channels),
    st.builds("app_dial.c: Now forwarding {} to 'Local/2@x' (thanks to y)".format, channels),
    st.sampled_from(
        [
            "app_dial.c: Called PJSIP/b",
            "app_dial.c: Called two words",
            "app_dial.c: Nobody picked up in 20000 ms",
            "app_dial.c: Nobody picked up in a while",
            "app_dial.c: Everyone is busy/congested at this time (1:1/0/0)",
            "app_dial.c: Everyone is busy/congested at this time (2:0/1/1)",
            "app_dial.c: Everyone is busy/congested at this time (1:0/0/001)",
            "app_dial.c: Everyone is busy",
            "app_dial.c: Unable to create channel of type 'PJSIP' (cause 20 - Subscriber absent)",
            "app_dial.c: Unable to create channel of type 'PJSIP' (cause 0 - x)",
            "pbx.c: Spawn extension (a, b, 1) exited non-zero on 'x' or (a, b, 1) exited non-zero on 'y'",
            "pbx.c: Executing [broken",
            "asterisk.c: Asterisk Ready.",
            "[Nov 23 07:51:10] Asterisk 22.1.0 built by nobody @ x",
            "[Nov 23 07:51:10] NOTICE[93] x.c: Disconnecting channel 'PJSIP/a-0000001a' for lack of audio RTP activity",
            "[Nov 23 07:51:10] NOTICE[93] x.c: Disconnecting channel 'nobody' for lack of audio RTP activity",
            MISSING,
            f"{SIP}INVITE sip:1002@x SIP/2.0\nFrom: <sip:a@x>\nCall-ID: c1\n",
            f"{SIP}INVITE sip:9@x SIP/2.0\nFrom: <sip:b@x>\nCall-ID: c2\n",
            "[Nov 23 07:51:10] VERBOSE[9] app_dial.c: PJSIP/b-0000001b is ringing",
            "[Nov 23 07:51:10]     -- PJSIP/b-0000001b is ringing",
        ]
    ),
)
ENTRIES = st.lists(
    st.tuples(LINES, st.integers(1, 4), st.sampled_from([7, 8, 9]), st.integers(0, 59)), min_size=1, max_size=40
)


def text_of(entries: list[tuple[str, int, int, int]], jumps: bool) -> str:
    second, out = 0, []
    for line, callid, thread, moment in entries:
        second = moment if jumps else min(second + moment // 12, 59)
        out.append(said(line, callid=callid, thread=thread, first=second))
    return "".join(out)


def told(made: Logs) -> list[dict[str, Any]]:
    return [
        {
            **call.fields,
            "channels": call.channels,
            "talked": call.talked,
            "call_ids": call.call_ids,
            "numbers": call.numbers,
            "boots": call.boots,
            "groups": [(group.boot, group.callid, group.places) for group in call.groups],
        }
        for call in made.calls
    ]


def told_plainly(made: Logs) -> list[dict[str, Any]]:
    return [
        {
            **call.fields,
            "channels": call.channels,
            "talked": call.talked,
            "call_ids": call.call_ids,
            "numbers": {name: number for name, number in call.numbers.items() if number},
            "boots": call.boots,
            "groups": [
                (group.boot, group.callid, [(entry.file, entry.line) for entry in group.entries])
                for group in call.groups
            ],
        }
        for call in plain_calls(made)
    ]


def same(*paths: Path) -> None:
    assert told(logs(*paths)) == told_plainly(logs(*paths))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_calls_of_samples(path: Path) -> None:
    same(path)


def test_calls_of_all_samples_at_once_as_logs_of_one_server(tmp_path: Path) -> None:
    same(*(written(tmp_path, path.read_bytes(), f"{n}") for n, path in enumerate(SAMPLES)))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ENTRIES, st.booleans())
def test_calls_of_any_records(tmp_path: Path, entries: list[tuple[str, int, int, int]], jumps: bool) -> None:
    same(written(tmp_path, text_of(entries, jumps)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ENTRIES, st.integers(0, 40), st.integers(0, 40))
def test_calls_of_files_that_overlap(
    tmp_path: Path, entries: list[tuple[str, int, int, int]], first: int, last: int
) -> None:
    one = written(tmp_path, text_of(entries[:last], jumps=False), "full")
    same(one, written(tmp_path, text_of(entries[first:], jumps=False), "messages"))


@pytest.mark.parametrize("seed", range(60))
def test_calls_of_damaged_logs(tmp_path: Path, seed: int) -> None:
    same(written(tmp_path, log_case(random.Random(seed))))

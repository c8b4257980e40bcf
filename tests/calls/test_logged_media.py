"""Streams of logs and their calls."""

from __future__ import annotations

from pathlib import Path

from tests.asterisk.log.made import left, logs, said, step, written
from xivolab.asterisk.rtp_log.flows import Flow
from xivolab.calls import StreamRows, build
from xivolab.calls.logged import ids_of, logged_calls
from xivolab.calls.logged_media import calls_of, tie_logged
from xivolab.calls.sources import add_told
from xivolab.sip import analyse
from xivolab.sip.store import RawMessages

STREAMS = StreamRows(
    ["a", "b", "c"],
    ["10.0.0.1:4000"] * 3,
    [None] * 3,
    ["0x00000000"] * 3,
    [1] * 3,
    [2] * 3,
    [4.0, 3.5, 1.0],
    ["nb"] * 3,
)


def flow(callid: int, boot: int = 0) -> Flow:
    return Flow("10.0.0.1:4000", False, callid, 0, boot, 1, 9, None, None)


def test_the_call_id_of_the_lines_ties_where_sdp_does_not(tmp_path: Path) -> None:
    read = logs(written(tmp_path, said(step("Dial", "PJSIP/bob"), left())))
    none = build(analyse(RawMessages.from_rows([]), [], None, 0), STREAMS)
    told = add_told(none, list(logged_calls(read.calls, none)))
    (call,) = told.calls["id"].tolist()
    known = calls_of(read, {0: flow(1), 1: flow(1, boot=1), 2: flow(-1)}, ids_of(read.calls, told))
    assert known == {0: call}
    tied = tie_logged(told, STREAMS, {0: call, 1: call, 2: "another"})
    assert tied.stream_calls == [call, call, None]
    assert tied.stream_rules == ["log", "log", None]
    assert tied.calls["streams"].tolist() == [[0, 1]]
    assert tied.calls["stream_ids"].tolist() == [["a", "b"]]
    assert tied.calls["mos_min"].tolist() == [3.5]
    assert told.calls["streams"].tolist() == [[]]  # as it was


def test_what_sdp_tied_stays(tmp_path: Path) -> None:
    read = logs(written(tmp_path, said(step("Dial", "PJSIP/bob"), left())))
    none = build(analyse(RawMessages.from_rows([]), [], None, 0), STREAMS)
    told = add_told(none, list(logged_calls(read.calls, none)))
    told.stream_calls[0] = "sip"
    assert tie_logged(told, STREAMS, {0: told.calls["id"][0]}).stream_calls == ["sip", None, None]

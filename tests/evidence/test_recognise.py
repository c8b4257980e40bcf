"""What a file is, by its content."""

from __future__ import annotations

import io
import tarfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.captures import ROOT
from xivolab.evidence.recognise import KINDS, recognise, taken_for

RECORDED = [
    pytest.param(case.parent / file["path"], file["kind"], id=f"{case.parent.name}/{file['path']}")
    for case in sorted([*ROOT.glob("captures/*/case.toml"), *ROOT.glob("sample_logs/*/case.toml")])
    for file in tomllib.loads(case.read_text())["files"]
    if (case.parent / file["path"]).stat().st_size  # a call refused before it had a channel left no CEL
]


@pytest.mark.parametrize(("path", "kind"), RECORDED)
def test_every_recorded_file_is_what_the_recorder_says(path: Path, kind: str) -> None:
    assert recognise(path.read_bytes()[:65536]) == kind


def _tar(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


TAR_OF_CLI_OUTPUT = _tar("channels.txt", b"2 active channels\n1 active call\n")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        pytest.param(b"\xd4\xc3\xb2\xa1", "capture", id="pcap-little-endian"),
        pytest.param(b"\xa1\xb2\xc3\xd4", "capture", id="pcap-big-endian"),
        pytest.param(b"\x4d\x3c\xb2\xa1", "capture", id="pcap-nanoseconds"),
        pytest.param(b"\x34\xcd\xb2\xa1", "capture", id="pcap-modified"),
        pytest.param(b"\x0a\x0d\x0d\x0a", "capture", id="pcapng"),
        pytest.param(b"snoop\0\0\0\0\0\0\2", "capture", id="snoop"),
        pytest.param(b"[Nov 23 06:54:59] NOTICE[81] chan_sip.c: Peer", "asterisk-log", id="log-without-year"),
        pytest.param(b"[2026-11-23 06:54:59.123] VERBOSE[81][C-0000001] pbx.c: -- E", "asterisk-log", id="log-iso"),
        pytest.param(b"[Nov 23 06:54:57] Asterisk 22.1 built by nobody @ x", "asterisk-log", id="log-just-rotated"),
        pytest.param(b"full:12:[Nov 23 06:54:59] NOTICE[81] a.c: Peer", "asterisk-log", id="log-out-of-grep"),
        pytest.param(b"> [Nov 23 06:54:59] NOTICE[81] a.c: Peer", "asterisk-log", id="log-in-a-mail"),
        pytest.param(b"Nov 4 18:30:40 pbx asterisk[3]: NOTICE[3]: a.c:1 in f: x", "asterisk-log", id="log-by-syslog"),
        pytest.param(
            b"2026-11-25T17:11:17.824062+00:00 pbx asterisk[3]: NOTICE[3]: a.c:1 in f: x",
            "asterisk-log",
            id="log-by-syslog-today",
        ),
        pytest.param(
            b'{"hostname":"","timestamp":"x","identifiers":{"lwp":1,"callid":""},"logmsg":{',
            "asterisk-log",
            id="log-json",
        ),
        pytest.param(b'    -- Executing [1@a:1] Dial("SIP/x", "y") in', "asterisk-log", id="console"),
        pytest.param(b"<--- Received SIP request (1 bytes) from UDP:1.2.3.4:5 --->", "asterisk-log", id="sip-logger"),
        pytest.param(b"Got  RTP packet from    1.2.3.4:8 (type 00,", "asterisk-log", id="rtp-debug"),
        pytest.param(b'"CHAN_START","1795416900.2","Alice"', "cel-csv", id="cel"),
        pytest.param(b"linkedid;eventtype;eventtime\n1795416900.2;ANSWER;", "cel-csv", id="cel-with-a-header"),
        pytest.param(b'"1795416900.2","Alice","CHAN_START"\n', "cel-csv", id="cel-in-another-order"),
        pytest.param(b"Call Date,Caller,Called,Period,user Field\n", "journal-csv", id="journal-export"),
        pytest.param(b"1795420050|1.1|support|NONE|ENTERQUEUE||1001|1\n", "queue-log", id="queue-log"),
        pytest.param(
            b'"Dial","SIP/b","2023-07-26 01:51:32","","2023-07-26 01:52:04","31","0","NO ANSWER",', "cdr-csv", id="cdr"
        ),
        pytest.param(b"x.csv => ${CSV_QUOTE(${eventtype})},${eventtime}\n", "cel-mapping", id="cel-custom-conf"),
        pytest.param(b" id | eventtype | eventtime \n----+---", "cel-psql", id="psql"),
        pytest.param(b" id | cid_num |  \nchanname   |\n uniqueid | exten", "cel-psql", id="psql-broken"),
        pytest.param(" eventtype  │ channame".encode(), "cel-psql", id="psql-unicode"),
        pytest.param(b"-[ RECORD 1 ]-+---\neventtype | ANSWER\n", "cel-psql", id="psql-expanded"),
        pytest.param(b" eventtype  channame  \n---------- --------\n", "cel-psql", id="psql-border-0"),
        pytest.param(b"id | date | source_name | \nsource_exten | answered", "cel-psql", id="psql-journal"),
        pytest.param(b"2 active channels\n1 active call\n", "cli", id="core-show-channels"),
        pytest.param(b"No objects found.\n", "cli", id="nothing-to-show"),
        pytest.param(b"Dear colleague,\nplease look at the capture.\n", None, id="a-letter"),
        pytest.param(TAR_OF_CLI_OUTPUT, None, id="tar"),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_recognised(head: bytes, kind: str | None) -> None:
    assert recognise(head) == kind


@pytest.mark.parametrize(
    ("head", "what", "remedy"),
    [
        (b"", "the file is empty", "check that the capture or copy worked"),
        (TAR_OF_CLI_OUTPUT, "this is a tar archive, too deep inside others", "unpack it first"),
        (b"%PDF-1.7", "this is a PDF document", "give the capture or log itself"),
        (b"hello", "neither a capture nor an Asterisk log, CEL or CLI output", "say what it is: --as KIND:FILE"),
    ],
)
def test_what_is_no_evidence_gets_advice(head: bytes, what: str, remedy: str) -> None:
    assert taken_for(head) == (what, remedy)


@given(st.binary(max_size=400))
def test_any_bytes_are_something_or_nothing(head: bytes) -> None:
    assert recognise(head) in (*KINDS, None)

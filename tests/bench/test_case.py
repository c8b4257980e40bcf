"""A case folder as the recorder writes it is one that the rest of xivolab reads."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from xivolab.bench.case import Case, File, Host, write_case, write_truth
from xivolab.bench.truth import Call, Fault, Registration, Truth, Words
from xivolab.evidence.folder import read_folder

CASE = Case(
    name="busy",
    title=Words(en='Busy: "later"', fr="Occupé : « plus tard »"),
    recorded=datetime(2026, 11, 23, 7, 0, 1, 250_000, tzinfo=UTC),
    asterisk="22.10.1",
    hosts=(Host("pbx", "pbx", ("10.77.0.10", "fd77::10")), Host("alice", "phone", ("10.77.0.11",))),
)
FILES = [File("capture.pcap", "capture", "pbx:eth0"), File("full", "asterisk-log")]


def test_the_case_room_reads_it(tmp_path: Path) -> None:
    for file in FILES:
        (tmp_path / file.path).touch()
    write_case(tmp_path, CASE, FILES)

    folder = read_folder(tmp_path)

    assert [(file.path.name, file.kind, file.host, file.capture_point) for file in folder.files] == [
        ("capture.pcap", "capture", "pbx", "pbx:eth0"),
        ("full", "asterisk-log", "pbx", None),
    ]
    assert {address: (host.name, host.role) for address, host in folder.hosts.items()} == {
        "10.77.0.10": ("pbx", "pbx"),
        "fd77::10": ("pbx", "pbx"),
        "10.77.0.11": ("alice", "phone"),
    }


def test_the_head_says_what_it_is_and_how_to_record_it_again(tmp_path: Path) -> None:
    write_case(tmp_path, CASE, FILES)

    assert tomllib.loads((tmp_path / "case.toml").read_text())["case"] == {
        "name": "busy",
        "title": {"en": 'Busy: "later"', "fr": "Occupé : « plus tard »"},
        "recorded": datetime(2026, 11, 23, 7, 0, 1, tzinfo=UTC),
        "command": "xivolab pbx record busy",
        "asterisk": "22.10.1",
    }


def test_the_truth_comes_back(tmp_path: Path) -> None:
    truth = Truth(
        calls=(Call("alice", "1002", "busy", 486, answered=False, released_by="callee", legs=2),),
        registrations=(Registration("sip:bob@10.77.0.10"),),
        faults=(Fault("callee-busy", Words("bob refuses", "bob refuse")),),
    )

    write_truth(tmp_path, truth)

    assert tomllib.loads((tmp_path / "truth.toml").read_text()) == {
        "calls": [
            {
                "from_user": "alice",
                "to_user": "1002",
                "state": "busy",
                "status": 486,
                "answered": False,
                "released_by": "callee",
                "legs": 2,
                "streams": 0,
                "codecs": [],
            }
        ],
        "registrations": [{"aor": "sip:bob@10.77.0.10", "accepted": 1, "rejected": 0}],
        "faults": [{"code": "callee-busy", "detail": {"en": "bob refuses", "fr": "bob refuse"}}],
    }

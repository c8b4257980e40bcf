"""The case folder: what `case.toml` says, and what is wrong with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xivolab.errors import EvidenceError
from xivolab.evidence.folder import FolderFile, HostInfo, read_folder, write_folder

CASE = """
[case]
name = "busy"
[[files]]
path = "capture.pcap"
kind = "capture"
host = "pbx"
capture_point = "pbx:eth0"
[[files]]
path = "sub/full"
[[hosts]]
name = "alice"
role = "phone"
addresses = ["10.77.0.11", "fd77::11"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    for name in ("capture.pcap", "sub/full", "truth.toml", ".hidden"):
        (tmp_path / name).touch()
    return tmp_path


def test_the_files_and_hosts_that_it_names(folder: Path) -> None:
    (folder / "case.toml").write_text(CASE)
    told = read_folder(folder)
    assert told.files == [
        FolderFile(folder / "capture.pcap", "capture", "pbx", "pbx:eth0"),
        FolderFile(folder / "sub" / "full"),
    ]
    assert told.hosts == {"10.77.0.11": HostInfo("alice", "phone"), "fd77::11": HostInfo("alice", "phone")}


def test_without_it_all_files_but_hidden_ones_and_the_truth(folder: Path) -> None:
    assert read_folder(folder).files == [FolderFile(folder / "capture.pcap"), FolderFile(folder / "sub" / "full")]


def test_a_folder_of_cases_has_the_files_and_hosts_of_them_all(tmp_path: Path) -> None:
    for name, host in (("one", "alice"), ("two", "bob")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "case.toml").write_text(
            f'[[files]]\npath = "a.pcap"\nkind = "capture"\n[[hosts]]\nname = "{host}"\naddresses = ["{host}.example"]\n'
        )
        (tmp_path / name / "a.pcap").touch()
    (tmp_path / "three.pcap").touch()
    (tmp_path / "round").symlink_to(tmp_path)
    told = read_folder(tmp_path)
    assert [file.path.relative_to(tmp_path).as_posix() for file in told.files] == [
        "one/a.pcap",
        "three.pcap",
        "two/a.pcap",
    ]
    assert {address: host.name for address, host in told.hosts.items()} == {
        "alice.example": "alice",
        "bob.example": "bob",
    }


def test_a_file_that_is_named_but_missing_is_still_listed(tmp_path: Path) -> None:
    """Whoever opens it tells that it is missing."""
    (tmp_path / "case.toml").write_text('[[files]]\npath = "gone.pcap"\n')
    assert read_folder(tmp_path).files == [FolderFile(tmp_path / "gone.pcap")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("files = [", "not valid TOML: "),
        ("\xff", "not valid TOML: "),
        ("files = 3", "[[files]] is expected to be a list of tables; write [[files]]"),
        ("hosts = [1]", "[[hosts]] is expected to be a list of tables; write [[hosts]]"),
        ('[[files]]\nkind = "capture"', 'a file without path; write path = "capture.pcap"'),
        ('[[files]]\npath = "../x"', "'../x' is outside the folder; move the file into the folder"),
        ('[[files]]\npath = "/etc/passwd"', "'/etc/passwd' is outside the folder; move the file into the folder"),
        (
            '[[files]]\npath = "a"\nkind = "photo"',
            "unknown kind 'photo'; use one of capture, asterisk-log, cel-csv, cel-psql, cel-mapping, journal-csv, cdr-csv, queue-log, cli, dialplan",
        ),
        (
            '[[hosts]]\nname = "alice"\naddresses = 5',
            'addresses are expected to be a list; write addresses = ["10.0.0.1"]',
        ),
        (
            '[[hosts]]\nname = "alice"\naddresses = "10.0.0.1"',
            'addresses are expected to be a list; write addresses = ["10.0.0.1"]',
        ),
    ],
)
def test_what_is_wrong_with_it_is_told_in_a_line_that_names_it(tmp_path: Path, text: str, message: str) -> None:
    described = tmp_path / "case.toml"
    described.write_bytes(text.encode("latin-1"))
    with pytest.raises(EvidenceError, match="^" + re.escape(f"{described}: {message}")):
        read_folder(tmp_path)


def test_the_zone_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text('[[files]]\npath = "full"\ntime_zone = "Pacific/Noumea"\n')
    assert [file.time_zone for file in read_folder(tmp_path).files] == ["Pacific/Noumea"]
    (tmp_path / "case.toml").write_text('[[files]]\npath = "full"\ntime_zone = "Noumea"\n')
    with pytest.raises(EvidenceError, match="time zone"):
        read_folder(tmp_path)


def test_a_link_that_leads_out_of_the_folder_is_outside(tmp_path: Path) -> None:
    inside = tmp_path / "case"
    inside.mkdir()
    (inside / "link").symlink_to(tmp_path)
    (inside / "case.toml").write_text('[[files]]\npath = "link/a"\n')
    with pytest.raises(EvidenceError, match="outside the folder"):
        read_folder(inside)


def test_a_folder_that_was_written_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.pcap").write_bytes(b"")
    hosts = {"10.0.0.1": HostInfo('al"ice', "phone"), "fd00::1": HostInfo('al"ice', "phone")}
    files = [FolderFile(tmp_path / "a.pcap", "capture", "pbx", "pbx:any")]
    write_folder(tmp_path, "made", files, hosts)
    told = read_folder(tmp_path)
    assert (told.hosts, told.files) == (hosts, files)

"""Evidence opened as the options say."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from tests.made import sip
from tests.terminal import Run
from xivolab.cli.opening import Source, taken_for
from xivolab.errors import UsageError
from xivolab.net.keylog import TLS_KEY_LOG
from xivolab.net.write import Interface, Packet, PcapngWriter
from xivolab.testing import tpcap, ttls, tudp


def test_kinds_of_files() -> None:
    assert taken_for(["capture:a.bin", "asterisk-log:c:\\full"]) == {"a.bin": "capture", "c:\\full": "asterisk-log"}
    assert taken_for([]) == {}


@pytest.mark.parametrize("option", ["capture", "capture:", ":a.bin"])
def test_a_kind_without_a_file_is_an_error_of_usage(option: str) -> None:
    with pytest.raises(UsageError, match="a kind and a file are expected"):
        taken_for([option])


def test_a_wrong_zone_is_told_before_a_wrong_file() -> None:
    with pytest.raises(UsageError, match="unknown time zone"):
        Source(tz="Pariss").open(["no-such-file"])


def test_evidence_without_a_capture_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "channels.txt").write_text("2 active channels\n1 active call\n")
    ran = run("calls", str(tmp_path / "channels.txt"))
    assert (ran.status, ran.out) == (0, "0 calls\n")
    assert ran.err.startswith("xivolab: no capture in this evidence (cli): ")


def secure_call(folder: Path) -> tuple[str, str]:
    """A capture with a call in TLS, and its key log."""
    made = ttls([("client", sip("INVITE sip:bob@10.0.0.2 SIP/2.0"), 1.0), ("server", sip("SIP/2.0 486 Busy"), 1.1)])
    (folder / "keys").write_text(made.key_log)
    return str(tpcap(folder / "tls.pcap", made.packets)), str(folder / "keys")


@pytest.mark.parametrize("command", ["calls", "dialogs", "messages", "problems"])
def test_a_key_log(run: Run, tmp_path: Path, command: str) -> None:
    capture, keys = secure_call(tmp_path)
    rows = json.loads(run(command, capture, "--keylog", keys, "--json").out)
    assert rows
    assert rows != json.loads(run(command, capture, "--json").out)


def test_every_command_that_takes_evidence_takes_a_key_log(run: Run) -> None:
    for command in (
        "calls",
        "ladder",
        "cut",
        "diff",
        "audio",
        "traffic",
        "compare",
        "report",
        "batch",
        "doctor",
        "live",
        "channels",
        "cli",
    ):
        assert "--keylog" in run(command, "--help").out, command


def test_a_cut_keeps_the_keys_of_its_capture(run: Run, tmp_path: Path) -> None:
    made = ttls([("client", sip("INVITE sip:bob@10.0.0.2 SIP/2.0"), 1.0), ("server", sip("SIP/2.0 486 Busy"), 1.1)])
    secret = struct.pack("<II", TLS_KEY_LOG, len(made.key_log)) + made.key_log.encode()
    with (tmp_path / "tls.pcapng").open("wb") as out:
        writer = PcapngWriter(out, [Interface("eth0", 1)], [secret])
        for number, packet in enumerate([*made.packets, tudp("10.0.0.1:53", "10.0.0.2:53", b"x" * 20, 2.0)], 1):
            writer.write(Packet(number, packet.time_ns, 1, packet.data, len(packet.data)), 0)
    before = json.loads(run("dialogs", str(tmp_path / "tls.pcapng"), "--json").out)
    assert [row["transport"] for row in before] == ["TLS"]
    assert run("cut", str(tmp_path / "tls.pcapng"), "-o", str(tmp_path / "call.pcapng")).status == 0
    assert json.loads(run("dialogs", str(tmp_path / "call.pcapng"), "--json").out) == before


@pytest.mark.parametrize(
    ("content", "status", "told"),
    [
        (None, 2, "keys: no such key log; check the path"),
        ("", 0, "keys: there is no key in this key log; write it while"),
        ("Dear all,", 2, "keys: no line of this file is that of a TLS key log; give"),
        ("-----BEGIN PRIVATE KEY-----", 2, "keys: this is a private key, no key log"),
        (
            f"CLIENT_RANDOM {'ab' * 32} {'cd' * 48}",
            0,
            "tls.pcap: no key of keys is of a TLS connection in this evidence; ",
        ),
    ],
)
def test_what_is_wrong_with_a_key_log(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, status: int, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    secure_call(tmp_path)
    Path("keys").unlink()
    if content is not None:
        Path("keys").write_text(content)
    ran = run("calls", "tls.pcap", "--keylog", "keys", "--json")
    assert (ran.status, ran.err.startswith(f"xivolab: {told}")) == (status, True), ran.err

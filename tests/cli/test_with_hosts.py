"""Names and roles beside addresses in JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.captures import ROOT
from tests.made import ALICE_SIP, BOB_SIP, sip
from tests.terminal import Run
from xivolab.testing import tpcap, tudp

CAPTURE = str(ROOT / "captures" / "trunk-call")


@pytest.mark.parametrize("name", ["dialogs", "streams", "registrations", "messages", "icmp"])
def test_names_and_roles_of_both_ends(name: str, run: Run) -> None:
    plain = json.loads(run(name, CAPTURE, "--json").out)
    told = json.loads(run(name, CAPTURE, "--with-hosts", "--json").out)
    added = ("src_host", "src_role", "dst_host", "dst_role")
    assert [{key: row[key] for key in row if key not in added} for row in told] == plain
    roles = {"alice": "phone", "bob": "phone", "pbx": "pbx", "operator": "operator"}
    for end in ("src", "dst"):
        hosts = {row[f"{end}_host"] for row in told}
        assert hosts <= roles.keys()
        assert all(row[f"{end}_role"] == roles[row[f"{end}_host"]] for row in told)
    assert told


def test_who_is_not_known_is_null(run: Run, tmp_path: Path) -> None:
    capture = tpcap(tmp_path / "made.pcap", [tudp(ALICE_SIP, BOB_SIP, sip())])
    (row,) = json.loads(run("dialogs", str(capture), "--with-hosts", "--json").out)
    assert [row[name] for name in ("src_host", "src_role", "dst_host", "dst_role")] == [None] * 4


def test_csv_has_them_too(run: Run) -> None:
    (head, *_) = csv.reader(io.StringIO(run("dialogs", CAPTURE, "--with-hosts", "--csv").out))
    assert head[-4:] == ["src_host", "src_role", "dst_host", "dst_role"]


def test_records_without_ends_have_no_hosts(run: Run) -> None:
    ran = run("calls", CAPTURE, "--with-hosts", "--json")
    assert ran.status == 2
    assert "calls have no src and dst" in ran.err

"""`pjsip show` and `pjsip list`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.captures import ROOT
from xivolab.asterisk.cli.lines import lines_of
from xivolab.asterisk.cli.pjsip import pjsip

TRUNK = (ROOT / "sample_logs" / "trunk-call" / "endpoints.txt").read_text()


def rows(text: str, table: str, command: str | None = None) -> list[dict[str, Any]]:
    found = pjsip(list(lines_of(text.splitlines())), command)
    return [one.fields for one in found if one.table == table]


def test_what_stands_below_an_endpoint_belongs_to_it() -> None:
    assert [(row["endpoint"], row["cid"], row["state"]) for row in rows(TRUNK, "endpoints")] == [
        ("alice", "1001", "In use"),
        ("bob", "1002", "Unavailable"),
        ("operator", None, "In use"),
    ]
    assert [(row["endpoint"], row["aor"]) for row in rows(TRUNK, "contacts")] == [
        ("alice", "alice"),
        ("operator", "operator"),
    ]
    assert [(row["endpoint"], row["direction"]) for row in rows(TRUNK, "auths")] == [
        ("alice", "in"),
        ("bob", "in"),
        ("operator", "out"),
    ]


def test_a_name_that_fills_its_column_may_be_cut() -> None:
    by_aor = {row["aor"]: row for row in rows(TRUNK, "contacts")}

    assert by_aor["alice"]["cut"]
    assert by_aor["alice"]["uri"].endswith("@10.77.0.11:")
    assert (by_aor["operator"]["cut"], by_aor["operator"]["rtt_ms"]) == (False, None)


def test_channels_have_their_extension_and_their_line() -> None:
    alice, operator = rows(TRUNK, "pjsip-channels")

    assert (alice["channel"], alice["application"], alice["exten"]) == ("PJSIP/alice-00000000", "Dial", "0199001234")
    assert (operator["exten"], operator["connected_name"], operator["connected_number"]) == (None, "Alice", "1001")


COURSE = """
Endpoint:  <Endpoint/CID.....................................>  <State.....>  <Channels.>
I/OAuth:  <AuthId/UserName...........................................................>
==========================================================================================
Endpoint:  knax1wql/70060                                       Not in use    0 of inf
OutAuth:  knax1wql/knax1wql
Aor:  knax1wql                                           1
Contact:  knax1wql/sip:knax1wql@10.27.81.128:5060    d77fd8abee NonQual nan
Transport:  transport-udp udp 0    104  0.0.0.0:5060
ParameterName : ParameterValue
===================================================================================================
100rel                             : yes
CHANNEL(hangup_handler_push)       : hangup_handlers,s,1
accountcode :
acl :
"""


def test_the_settings_of_one_endpoint_as_a_pdf_leaves_them() -> None:
    settings = rows(COURSE, "parameters")

    assert {row["object"] for row in settings} == {"knax1wql"}
    assert {row["name"]: row["value"] for row in settings} == {
        "100rel": "yes",
        "CHANNEL(hangup_handler_push)": "hangup_handlers,s,1",
        "accountcode": None,
        "acl": None,
    }
    [transport] = rows(COURSE, "transports")
    assert (transport["address"], transport["port"], transport["tos"]) == ("0.0.0.0", 5060, 104)


@pytest.mark.parametrize(
    ("line", "auth", "status", "expires"),
    [
        (
            " itsp/sip:itsp.example.com:5060        itsp-auth       Rejected          (exp. 56s)",
            "itsp-auth",
            "Rejected",
            56,
        ),
        (
            " itsp/sip:itsp.example.com:5060        n/a             Registered        (exp. 12s ago)",
            None,
            "Registered",
            -12,
        ),
        (" itsp/sip:itsp.example.com:5060        n/a             Unregistered", None, "Unregistered", None),
    ],
)
def test_registrations_of_every_age(line: str, auth: str | None, status: str, expires: int | None) -> None:
    [row] = rows(line, "registrations")

    assert (row["registration"], row["server_uri"]) == ("itsp", "sip:itsp.example.com:5060")
    assert (row["auth"], row["status"], row["expires_s"]) == (auth, status, expires)


def test_identifications_have_a_row_for_each_criterion() -> None:
    text = """
   Identify:  sipp-identify/sipp
        Match: 172.30.0.0/24
        Match: !172.30.0.7/32
   Identify:  by-header/itsp
        Header: X-Trunk: paris
   Identify:  listed/other
"""
    found = [(r["identify"], r["endpoint"], r["by"], r["match"], r["negated"]) for r in rows(text, "identifies")]

    assert found == [
        ("sipp-identify", "sipp", "address", "172.30.0.0/24", False),
        ("sipp-identify", "sipp", "address", "172.30.0.7/32", True),
        ("by-header", "itsp", "header", "X-Trunk: paris", False),
        ("listed", "other", None, None, False),
    ]


def test_a_contact_of_an_asterisk_without_hashes() -> None:
    [row] = rows("  Contact:  6001/sip:6001@192.0.2.5:5060    Avail      12.300", "contacts")

    assert (row["uri"], row["hash"], row["status"], row["rtt_ms"]) == ("sip:6001@192.0.2.5:5060", None, "Avail", 12.3)


def test_settings_without_the_object_are_told_by_the_command() -> None:
    [row] = rows(" ParameterName : ParameterValue\n ====\n a : b", "parameters", "pjsip show aor 6001")

    assert (row["kind"], row["object"]) == ("aor", "6001")

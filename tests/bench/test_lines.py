"""Asterisk's configuration, rendered from lines and trunks."""

from __future__ import annotations

import configparser

import pytest

from xivolab.bench.lines import ALICE, BOB, OPERATOR, PBX, Setup, render, render_operator


def sections(text: str) -> list[tuple[str, dict[str, str]]]:
    """The sections of a pjsip file, in order: names repeat, one per type."""
    found = []
    for part in text.split("\n["):
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(part if part.startswith("[") else f"[{part}")
        name = parser.sections()[0]
        found.append((name, dict(parser[name])))
    return found


def of_type(text: str, name: str, kind: str) -> dict[str, str]:
    return next(options for section, options in sections(text) if section == name and options.get("type") == kind)


def test_a_line_is_an_endpoint_with_its_credentials_and_its_place() -> None:
    pjsip = render(Setup(lines=(ALICE,)))["pjsip_lines.conf"]

    assert [(name, options["type"]) for name, options in sections(pjsip)] == [
        ("alice", "endpoint"),
        ("alice", "auth"),
        ("alice", "aor"),
    ]
    assert of_type(pjsip, "alice", "endpoint")["callerid"] == '"Alice" <1001>'
    assert of_type(pjsip, "alice", "endpoint")["direct_media"] == "no"


def test_a_scenario_changes_every_endpoint() -> None:
    pjsip = render(Setup(endpoint={"direct_media": "yes", "rtp_timeout": "10"}))["pjsip_lines.conf"]

    for line in (ALICE, BOB):
        endpoint = of_type(pjsip, line.user, "endpoint")
        assert (endpoint["direct_media"], endpoint["rtp_timeout"]) == ("yes", "10")


def test_numbers_ring_their_lines_and_a_scenario_adds_its_own() -> None:
    numbers = render(Setup(lines=(BOB,), numbers={"2000": "Dial(PJSIP/bob&PJSIP/carol,20)"}))["extensions_lines.conf"]

    assert "exten => 1002,1,Gosub(user,s,1(bob))" in numbers
    assert "exten => 2000,1,Dial(PJSIP/bob&PJSIP/carol,20)" in numbers
    assert "include => outgoing" not in numbers


def test_a_trunk_registers_and_is_known_by_its_address_on_both_sides() -> None:
    files = render(Setup(trunk=True))

    assert of_type(files["pjsip_lines.conf"], "operator", "registration")["server_uri"] == f"sip:{OPERATOR}"
    assert of_type(files["pjsip_lines.conf"], "operator", "identify")["match"] == OPERATOR
    assert of_type(render_operator()["pjsip_lines.conf"], "xivo", "identify")["match"] == PBX
    assert "include => outgoing" in files["extensions_lines.conf"]


@pytest.mark.parametrize(
    ("setup", "module"),
    [(Setup(), "bridge_native_rtp.so"), (Setup(trunk=True), "res_pjsip_outbound_registration.so")],
)
def test_modules_are_left_out_as_the_scenario_needs(setup: Setup, module: str) -> None:
    assert f"noload = {module}" in render(setup)["modules_scenario.conf"]


def test_direct_media_keeps_the_native_bridge() -> None:
    assert render(Setup(native_bridge=True))["modules_scenario.conf"] == ""


def test_the_log_has_xivo_s_dates_unless_the_scenario_wants_milliseconds() -> None:
    assert render(Setup())["logger_general.conf"] == ""
    assert render(Setup(date_format="%F %T.%3q"))["logger_general.conf"] == "dateformat = %F %T.%3q\n"

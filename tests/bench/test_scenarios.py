"""The scenarios, and the samples that were recorded from them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.captures import ROOT
from xivolab.bench import judge
from xivolab.bench.scenario import Scenario
from xivolab.bench.scenarios import find, list_scenarios
from xivolab.bench.truth import Between, Call, Fault, Logged, Queued, Registration, Truth, Turn, Words
from xivolab.errors import UsageError
from xivolab.evidence.folder import read_folder

SCENARIOS = list_scenarios()
STATES = ["completed", "cancelled", "busy", "rejected", "no-answer", "failed"]
EVIDENCE = {"capture", "asterisk-log", "cel-csv", "cel-psql", "cli"}

each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)


def sample(scenario: Scenario) -> Path:
    return ROOT / "captures" / scenario.name


def truth_of(scenario: Scenario) -> Truth:
    data: dict[str, list[dict[str, Any]]] = tomllib.loads((sample(scenario) / "truth.toml").read_text())
    return Truth(
        calls=tuple(Call(**{**call, "codecs": tuple(call["codecs"])}) for call in data.get("calls", [])),
        registrations=tuple(Registration(**registration) for registration in data.get("registrations", [])),
        faults=tuple(Fault(fault["code"], Words(**fault["detail"])) for fault in data.get("faults", [])),
        between=tuple(Between(**between) for between in data.get("between", [])),
        turns=tuple(Turn(**turn) for turn in data.get("turns", [])),
        queued=tuple(Queued(**queued) for queued in data.get("queued", [])),
        logged=tuple(Logged(**{**logged, "calls": tuple(logged["calls"])}) for logged in data.get("logged", [])),
    )


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(UsageError, match="nonsense: no such scenario; `xivolab pbx scenarios` lists them"):
        find("nonsense")


@each_scenario
def test_a_scenario_says_in_both_languages_what_it_shows(scenario: Scenario) -> None:
    assert find(scenario.name) is scenario
    assert scenario.title.en != scenario.title.fr
    assert ":" in scenario.title.en
    assert " :" in scenario.title.fr


def test_there_is_one_sample_of_each_scenario_and_none_of_a_forgotten_one() -> None:
    names = [scenario.name for scenario in SCENARIOS]

    for part in ("captures", "sample_logs"):
        assert sorted(path.parent.name for path in (ROOT / part).glob("*/case.toml")) == names


def test_the_samples_stay_small() -> None:
    files = [path for part in ("captures", "sample_logs") for path in (ROOT / part).rglob("*") if path.is_file()]

    assert sum(path.stat().st_size for path in files) < 18_000_000


@each_scenario
def test_tshark_sees_what_the_scenario_did(scenario: Scenario) -> None:
    taps = [scenario.tap, *([scenario.second] if scenario.second else [])]

    assert judge.fault_of({tap: sample(scenario) / tap.file for tap in taps}, scenario, truth_of(scenario)) is None


@each_scenario
def test_the_truth_speaks_the_words_of_the_definitions(scenario: Scenario) -> None:
    truth = truth_of(scenario)

    assert truth.calls or truth.registrations
    for call in truth.calls:
        assert call.state in STATES
        assert call.answered == (call.status == 200) == (call.state == "completed")
        assert call.released_by in ("caller", "callee", "server")


@each_scenario
def test_the_server_s_side_is_complete(scenario: Scenario) -> None:
    folder = ROOT / "sample_logs" / scenario.name

    files = read_folder(folder).files

    assert {file.kind for file in files} | {"capture"} >= EVIDENCE
    assert {path for path in folder.rglob("*") if path.is_file()} == {file.path for file in files} | {
        folder / "case.toml"
    }


@each_scenario
def test_the_log_begins_with_the_version_and_holds_the_signalling(scenario: Scenario) -> None:
    log = (ROOT / "sample_logs" / scenario.name / "full").read_bytes()

    assert b"Asterisk 22." in log.splitlines()[0]
    assert b"<--- Received SIP request" in log
    assert b"\r\n" in log


@pytest.mark.parametrize("name", ["clean-call", "tcp-call", "ipv6-call", "trunk-call", "hold-resume", "direct-media"])
def test_the_log_of_a_healthy_call_has_no_warning(name: str) -> None:
    log = (ROOT / "sample_logs" / name / "full").read_text()

    assert not any(word in log for word in ("WARNING[", "ERROR[", "Unreachable"))

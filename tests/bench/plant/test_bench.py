"""A bench: up, mended, and down without a trace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from xivolab.bench.model import Configuration
from xivolab.bench.plant import health
from xivolab.bench.plant.bench import Bench
from xivolab.bench.plant.parts import parts
from xivolab.bench.plant.wait import until
from xivolab.errors import LabError, UsageError


def test_what_is_not_up_is_told_with_the_remedy() -> None:
    pytest.importorskip("python_on_whales")
    with pytest.raises(LabError, match="xivolab pbx up --bench nobody"):
        _ = Bench("nobody").state


def test_all_parts_run_in_networks_with_no_way_out(bench: Bench) -> None:
    assert [part.name for part in parts(bench.state)] == ["db", "mail", "pbx", "operator", "router", "phones"]
    for net in bench.state.subnets:
        told = json.loads(bench.engine.call("network", "inspect", bench.network(net)))[0]
        assert told.get("internal", told.get("Internal")) is True
    for part in bench.parts:
        told = json.loads(bench.engine.call("inspect", bench.container(part)))[0]
        assert not told["HostConfig"]["PortBindings"]


def test_the_database_answers_from_here_with_the_bench_s_password(bench: Bench) -> None:
    assert bench.sql("SELECT current_user, %s::int", [7]) == [("asterisk", 7)]


def test_up_again_changes_nothing(bench: Bench) -> None:
    before = bench.engine.call("ps", "--quiet", "--no-trunc", "--filter", f"label={bench.engine.label}").split()

    bench.up()

    after = bench.engine.call("ps", "--quiet", "--no-trunc", "--filter", f"label={bench.engine.label}").split()
    assert sorted(after) == sorted(before)


def test_what_runs_is_what_the_database_says_until_somebody_changes_one_of_them(bench: Bench) -> None:
    assert bench.difference() == []
    assert bench.apply() == [], "nothing is to be told when nothing changed"

    bench.pbx.ask("dialplan remove extension 2000@default")
    assert [str(one) for one in bench.difference()] == ["extension 2000@default: not running"]
    bench.pbx.ask("dialplan reload")


def test_another_configuration_is_put_into_effect(bench: Bench) -> None:
    before = bench.configuration
    changed = before.model_dump()
    changed["users"][0]["ringseconds"] = 45
    try:
        assert bench.apply(Configuration.of(changed)) == [], "how long it rings is asked of the database, at each call"
        assert bench.configuration.users[0].ringseconds == 45
    finally:
        bench.apply(before)


def test_two_phones_talk_and_it_is_in_the_journal(bench: Bench) -> None:
    calling, called = bench.phone("1001"), bench.phone("1002")
    before = bench.sql("SELECT coalesce(max(id), 0) FROM call_log")[0][0]

    call = calling.call("1002")
    there = called.wait_call()
    there.answer()
    call.wait_answered()
    call.hang_up()

    query = "SELECT source_exten, destination_exten, answered FROM call_log WHERE id > %s"
    row = until(lambda: bench.sql(query, [before]), 10, "no row of the journal", "call_log", "")
    assert row == [("1001", "1002", True)]


def test_phones_go_on_after_a_reset(bench: Bench) -> None:
    bench.reset()

    call = bench.phone("1002").call("1001")
    bench.phone("1001").wait_call().answer()
    call.wait_answered()
    call.hang_up()


def test_there_are_as_many_phones_as_asked_for(bench: Bench) -> None:
    try:
        bench.up(phones=2)
        assert sorted(bench.phones.phones) == ["1001", "1002"]
        with pytest.raises(UsageError, match=r"no phone '1003'.*1001, 1002"):
            bench.phone("1003")
    finally:
        bench.up(phones=6)
    assert sorted(bench.phones.phones) == ["1001", "1002", "1003", "1004", "1005", "1006"]


def test_killed_in_the_middle_it_comes_up_again(bench: Bench) -> None:
    """`kill -9` of the first process of the PBX and of the database, then of the command that brings them up again."""
    for part in ("pbx", "db"):
        os.kill(bench.engine.pid(bench.container(part)), signal.SIGKILL)
    words = [sys.executable, "-c", f"from xivolab.bench.plant import Bench; Bench({bench.name!r}).up()"]
    with subprocess.Popen(words) as halfway:
        time.sleep(2.5)
        halfway.kill()

    bench.up()

    assert [one for one in health.look(bench) if not one.ok and one.part in ("pbx", "db", "phones")] == []

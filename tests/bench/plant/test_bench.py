"""A bench: up, mended, and down without a trace."""

from __future__ import annotations

import json

import pytest

from xivolab.bench.plant.bench import Bench
from xivolab.bench.plant.parts import parts
from xivolab.errors import LabError


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

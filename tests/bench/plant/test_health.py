"""The health of the parts: what runs, what was stopped, what is gone."""

from __future__ import annotations

from xivolab.bench.plant import health
from xivolab.bench.plant.bench import Bench


def test_a_service_that_was_stopped_is_told(bench: Bench) -> None:
    bench.service("stop", "call_logd")
    try:
        sick = {(one.part, one.what): one.found for one in health.look(bench) if not one.ok}
        assert sick["pbx", "journal"] == "does not run"
    finally:
        bench.service("start", "call_logd")
    assert ("pbx", "journal") not in {(one.part, one.what) for one in health.look(bench) if not one.ok}


def test_a_container_that_was_killed_is_told_and_mended(bench: Bench) -> None:
    bench.engine.call("kill", bench.container("mail"))
    told = [one for one in health.look(bench) if one.part == "mail"]
    assert [(one.what, one.ok) for one in told] == [("container", False)]

    bench.up()

    assert all(one.ok for one in health.look(bench) if one.part == "mail")


def test_the_database_and_asterisk_tell_their_versions(bench: Bench) -> None:
    found = {(one.part, one.what): one.found for one in health.look(bench)}

    assert found["pbx", "asterisk"].startswith("Asterisk 22.")
    assert found["db", "database"].startswith("PostgreSQL ")

from __future__ import annotations

from xivolab.bench.model.presets import course, small


def test_the_small_one_has_what_a_bench_begins_with() -> None:
    configuration = small(phones=12)
    assert [line.number for _, line in configuration.lines()] == [str(1001 + n) for n in range(12)]
    assert [trunk.name for trunk in configuration.trunks] == ["operator"]
    assert {incall.destination for incall in configuration.incalls} >= {"user:1001", "user:1012"}
    assert len({line.secret for _, line in configuration.lines()}) == 12


def test_the_course_has_its_ids_and_line_names() -> None:
    configuration = course()
    assert {user.id: (user.lines[0].number, user.lines[0].name) for user in configuration.users}[167] == (
        "70060",
        "knax1wql",
    )
    assert configuration.user("77999").id == 170
    assert configuration.user("70060").fullname == "Debierre Portier "
    assert {route.name: route.priority for route in configuration.outcalls}["cabines"] == 4

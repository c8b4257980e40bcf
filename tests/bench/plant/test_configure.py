"""Files in Asterisk's folder."""

from __future__ import annotations

from xivolab.bench.plant import configure
from xivolab.bench.plant.bench import Bench
from xivolab.bench.plant.state import State


def test_the_ground_has_this_bench_s_secrets() -> None:
    state = State("class", {})
    ground = configure.ground(state)

    assert state.secret("ami") in ground["manager.conf"]
    assert state.secret("ari") in ground["ari.conf"]
    assert not any("@" in line and "_SECRET" in line for text in ground.values() for line in text.splitlines())


def test_a_file_that_is_no_more_goes_and_the_others_are_read(bench: Bench) -> None:
    ground = configure.ground(bench.state)
    extra = ground | {"extensions.conf": ground["extensions.conf"] + "exten => 777,1,Answer()\n", "more.conf": "[x]\n"}
    try:
        bench.put(extra)
        assert "777" in bench.pbx.ask("dialplan show default")
        assert bench.execute("pbx", "stat", "-c", "%U %a", "/etc/asterisk/more.conf").split() == ["asterisk", "640"]
    finally:
        bench.put(ground)
    assert "777" not in bench.pbx.ask("dialplan show default")
    assert "more.conf" not in bench.execute("pbx", "ls", "/etc/asterisk")


def test_asterisk_finds_nothing_to_complain_of(bench: Bench) -> None:
    bench.service("restart", "asterisk")
    bench.wait_booted()
    log = bench.execute("pbx", "sh", "-c", "sed -n '/Asterisk .* built by/,$p' /var/log/asterisk/messages")

    assert [line for line in log.splitlines() if "ERROR" in line] == []

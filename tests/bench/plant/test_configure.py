"""Files in Asterisk's folder."""

from __future__ import annotations

from xivolab.bench.plant import configure
from xivolab.bench.plant.bench import Bench
from xivolab.bench.plant.configure import Written
from xivolab.bench.plant.state import State
from xivolab.bench.render import render


def test_the_ground_has_this_bench_s_secrets() -> None:
    state = State("class", {})
    ground = configure.ground(state)

    assert state.secret("ami") in ground["manager.conf"]
    assert state.secret("ari") in ground["ari.conf"]
    assert not any("@" in line and "_SECRET" in line for text in ground.values() for line in text.splitlines())


def test_a_file_that_is_no_more_goes_and_the_others_are_read(bench: Bench) -> None:
    texts = {**configure.ground(bench.state), **render(bench.configuration)}
    extra = texts | {
        "extensions.conf": texts["extensions.conf"] + "\n[lab]\nexten => 777,1,Answer()\n",
        "more.conf": "[x]\n",
    }
    try:
        bench.put(extra)
        assert "777" in bench.pbx.ask("dialplan show lab")
        assert bench.execute("pbx", "stat", "-c", "%U %a", "/etc/asterisk/more.conf").split() == ["asterisk", "640"]
    finally:
        bench.apply()
    assert "777" not in bench.pbx.ask("dialplan show lab")
    assert "more.conf" not in bench.execute("pbx", "ls", "/etc/asterisk")


def test_as_little_is_read_again_as_will_do() -> None:
    def said(*names: str) -> list[str]:
        return configure.reloads(Written({}, dict.fromkeys(names, "1"), again=False))

    assert said() == []
    assert said("extensions.conf") == ["dialplan reload"]
    assert said("queues.conf", "extensions_lib_user.conf") == ["dialplan reload", "queue reload all"]
    assert said("manager.conf", "queues.conf") == ["core reload"]


def test_another_transport_needs_a_start_and_another_line_does_not(bench: Bench) -> None:
    texts = {**configure.ground(bench.state), **render(bench.configuration)}
    pjsip = texts["pjsip.conf"]
    container = bench.container("pbx")
    try:
        line = configure.write(bench.engine, container, texts | {"pjsip.conf": pjsip + "\n[lab]\ntype = aor\n"})
        more = "\n[transport-lab]\ntype = transport\nprotocol = udp\nbind = 0.0.0.0:5062\n"
        transport = configure.write(bench.engine, container, texts | {"pjsip.conf": pjsip + more})
    finally:
        configure.write(bench.engine, container, texts)
    assert (line.changed, line.again) == (["pjsip.conf"], False)
    assert (transport.changed, transport.again) == (["pjsip.conf"], True)


def test_asterisk_finds_nothing_to_complain_of(bench: Bench) -> None:
    bench.service("restart", "asterisk")
    bench.wait_booted()
    log = bench.execute("pbx", "sh", "-c", "sed -n '/Asterisk .* built by/,$p' /var/log/asterisk/messages")

    assert [line for line in log.splitlines() if "ERROR" in line] == []

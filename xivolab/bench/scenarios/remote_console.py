"""What a terminal shows of `asterisk -rvvvvvv`, byte for byte: colours, prompts, commands that somebody types."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.lines import Setup
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Logged, Truth, Words, answered

_LOGGER = """[general]
dateformat = %F %T.%3q
[logfiles]
console => notice,warning,error,dtmf
full => notice,warning,error,verbose,dtmf
"""
# What is kept: the file, the options of the console.
_CONSOLES = {"console": "-rvvvvvv", "console-timestamps": "-rvvvvvvT", "console-plain": "-nrvvvvvvT"}


def _open(stage: Stage, name: str, options: str) -> None:
    """Open a console in a terminal of its own, in which somebody asks for the channels after some seconds."""
    typed = "sleep 6; echo core show channels; sleep 600"
    terminal = f"TERM=xterm-256color script -qfc 'asterisk {options}' /scenario/{name}"
    stage.engine.start(stage.pbx.container, "sh", "-c", f"({typed}) | {terminal} > /dev/null")


def _play(stage: Stage) -> Truth:
    for name, options in _CONSOLES.items():
        _open(stage, name, options)
        stage.kept[name] = f"/scenario/{name}"
    stage.wait(2)
    stage.connect("alice", "1002", "bob")
    stage.talk(3)
    stage.phones["alice"].press("1")
    stage.phones["alice"].hang_up()
    stage.settle()
    stage.engine.execute(stage.pbx.container, "pkill", "-x", "script")
    stage.wait(0.5)
    return Truth(
        calls=(answered("alice", "1002", streams=0),),
        logged=tuple(Logged(name, "console", "%F %T.%3q", (0,)) for name in _CONSOLES),
    )


SCENARIO = Scenario(
    name="remote-console",
    title=Words(
        en="Consoles: what three terminals show of asterisk -r during a call, with colours, timestamps, and without",
        fr="Consoles : ce que trois terminaux montrent d'asterisk -r pendant un appel, avec couleurs, dates, et sans",
    ),
    play=_play,
    setup=Setup(files={"logger.conf": _LOGGER}),
    tap=Tap(media=False),
    max_jitter_ms=None,
)

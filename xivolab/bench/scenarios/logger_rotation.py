"""A log is rotated in the middle of each call, in every way that Asterisk knows."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Logged, Truth, Words, answered

_LOGS = "/var/log/asterisk"
# The last one leaves the files where they are: its call is in full itself.
_STRATEGIES = ("sequential", "rotate", "timestamp", "none")


def _play(stage: Stage) -> Truth:
    logged = []
    for number, strategy in enumerate(_STRATEGIES):
        general = f"[general]\nrotatestrategy = {strategy}\n"
        files = "[logfiles]\nconsole => notice,warning,error\nfull => notice,warning,error,verbose,dtmf\n"
        stage.configure({"logger.conf": general + files})
        stage.pbx.ask("logger reload")
        stage.phones["alice"].dial("1002")
        stage.phones["bob"].ring(1)
        stage.pbx.ask("logger rotate")
        stage.phones["bob"].answer()
        stage.talk(1.5)
        stage.pbx.ask("logger rotate")
        stage.wait(0.5)
        stage.phones["alice"].hang_up()
        stage.settle()
        if strategy == "none":
            logged.append(Logged("full", "default", "", (number,)))
            continue
        move = f"cd {_LOGS} && mkdir {strategy} && mv full* {strategy}/ && ls {strategy}"
        names = stage.engine.execute(stage.pbx.container, "sh", "-c", move).split()
        stage.pbx.ask("logger reload")
        for name in names:
            stage.kept[f"{strategy}/{name}"] = f"{_LOGS}/{strategy}/{name}"
            logged.append(Logged(f"{strategy}/{name}", "default", "", (number,)))
    return Truth(calls=tuple(answered("alice", "1002", streams=0) for _ in _STRATEGIES), logged=tuple(logged))


SCENARIO = Scenario(
    name="logger-rotation",
    title=Words(
        en="Rotated logs: each call goes over three files, once for every rotatestrategy",
        fr="Journaux tournés : chaque appel s'étend sur trois fichiers, une fois par rotatestrategy",
    ),
    play=_play,
    tap=Tap(media=False),
    max_jitter_ms=None,
)

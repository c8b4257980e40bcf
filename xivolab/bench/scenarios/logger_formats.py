"""The same calls in every form that Asterisk's logger writes; as a date format is one for all files, one call for each."""

from __future__ import annotations

from dataclasses import dataclass

from xivolab.bench.capture import Tap
from xivolab.bench.lines import Setup
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Logged, Truth, Words, answered

_LOGS = "/var/log/asterisk"
_DEFAULT = "%b %e %T"
_LEVELS = "notice,warning,error,verbose,dtmf"


@dataclass(frozen=True, slots=True)
class _Variant:
    """One logger.conf: its name, the date format, and what else stands in [general]."""

    name: str
    date_format: str
    general: tuple[str, ...] = ()


_VARIANTS = (
    _Variant("usual", _DEFAULT),
    _Variant("seconds", "%F %T"),
    _Variant("milliseconds", "%F %T.%3q"),
    _Variant("told", "%b %e %T"),
    _Variant("epoch", "%s"),
    _Variant("zone", "%FT%T.%6q%z"),
    _Variant("fraction", "%F %T.%4q"),
    _Variant("hostname", "%F %T", ("appendhostname = yes",)),
)


def _conf(variant: _Variant, first: bool) -> str:
    """The logger.conf of a variant; the first says nothing of dates and writes to more places."""
    general = [*variant.general] if first else [f"dateformat = {variant.date_format}", *variant.general]
    files = {
        "full": _LEVELS,
        f"{variant.name}-default": f"[default]{_LEVELS}",
        f"{variant.name}-plain": f"[plain]{_LEVELS}",
        f"{variant.name}-json": f"[json]{_LEVELS}",
    }
    if first:
        files |= {
            "messages": "notice,warning,error",
            "quiet": "notice,warning,error,verbose(2)",
            "debug": "[default]debug,notice,warning,error",
            "syslog.local0": _LEVELS,
        }
    lines = [f"{name} => {levels}" for name, levels in files.items()]
    return "\n".join(["[general]", *general, "[logfiles]", "console => notice,warning,error", *lines]) + "\n"


def _play(stage: Stage) -> Truth:
    stage.engine.start(stage.pbx.container, "rsyslogd", "-n")
    stage.wait(1)
    logged = []
    for number, variant in enumerate(_VARIANTS):
        stage.configure({"logger.conf": _conf(variant, number == 0)})
        stage.pbx.ask("logger reload")
        stage.pbx.ask(f"core set debug {int(number == 0)}")
        stage.pbx.ask("pjsip set logger " + ("off" if number else "on"))
        stage.connect("alice", "1002", "bob")
        stage.talk(1)
        stage.phones["alice"].hang_up()
        stage.settle()
        host = ".pbx" if variant.name == "hostname" else ""
        forms = {form: f"{variant.name}-{form}{host}" for form in ("default", "plain", "json")}
        if host:
            forms["full"] = f"full{host}"
        for form, name in forms.items():
            stage.kept[name] = f"{_LOGS}/{name}"
            logged.append(Logged(name, "default" if form == "full" else form, variant.date_format, (number,)))
    for name in ("messages", "quiet", "debug", "syslog", "syslog-today"):
        stage.kept[name] = f"{_LOGS}/{name}"
    logged += [Logged(name, "syslog", "", (0,)) for name in ("syslog", "syslog-today")]
    return Truth(calls=tuple(answered("alice", "1002", streams=0) for _ in _VARIANTS), logged=tuple(logged))


SCENARIO = Scenario(
    name="logger-formats",
    title=Words(
        en="The logger: the same calls in [default], [plain], [json] and syslog, with eight settings of dates and ids",
        fr="Le journal : les mêmes appels en [default], [plain], [json] et syslog, avec huit réglages de dates et d'ids",
    ),
    play=_play,
    setup=Setup(),
    tap=Tap(media=False),
    max_jitter_ms=None,
)

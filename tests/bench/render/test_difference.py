from __future__ import annotations

from xivolab.bench.model import Configuration
from xivolab.bench.model.presets import course
from xivolab.bench.render.difference import difference, expected


class Console:
    """Answers as the command line of an Asterisk that runs a configuration."""

    def __init__(self, configuration: Configuration) -> None:
        self.there = expected(configuration)

    def ask(self, command: str) -> str:
        if command == "pjsip show endpoints":
            rows = [f" Endpoint:  {name:<51}  Not in use    0 of inf" for name in self.there["endpoint"]]
            return "\n".join(
                [
                    " Endpoint:  <Endpoint/CID.....................................>  <State.....>  <Channels.>",
                    "=" * 90,
                    *rows,
                ]
            )
        if command == "queue show":
            rows = [
                f"{name} has 0 calls (max unlimited) in 'ringall' strategy (0s holdtime, 0s talktime), W:0, C:0, A:0, SL:0.0%, SL2:0.0% within 0s\n   No Members\n   No Callers\n"
                for name in self.there["queue"]
            ]
            return "\n".join(rows)
        context = command.rpartition(" ")[2]
        lines = [f"[ Context '{context}' created by 'pbx_config' ]"]
        for name in sorted(self.there["extension"]):
            exten, _, where = name.partition("@")
            if where == context:
                quoted = f"'{exten}' =>"
                lines.append(f"  {quoted:<17} {'1. NoOp()':<45} [extensions.conf:1]")
        return "\n".join(lines)


def test_nothing_differs_where_the_configuration_runs() -> None:
    assert difference(course(), Console(course()).ask) == []


def test_what_is_configured_and_does_not_run_is_told_and_the_other_way_round() -> None:
    older = course()
    newer = older.copy_checked(
        users=[*older.users, {"firstname": "Neuf", "lines": [{"name": "neufneuf", "number": "70999"}]}],
        groups=[{"name": "accueil", "number": "71000"}],
        incalls=older.model_dump()["incalls"][1:],
    )
    told = [str(found) for found in difference(newer, Console(older).ask)]
    assert told == [
        "endpoint neufneuf: not running",
        "extension 70999@default: not running",
        "extension 71000@default: not running",
        "extension 0359083091@from-extern: runs, but is not configured",
        "queue accueil: not running",
    ]

"""Who takes a number: the real Asterisk is asked, with thousands of patterns and numbers."""

from __future__ import annotations

import re
import time
from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.asterisk.dialplan.conftest import Asterisk
from tests.asterisk.dialplan.made import Made, dialplans, numbers
from xivolab.asterisk.cli import CliText, cli_tables
from xivolab.asterisk.dialplan import dialplan_shown, dialplan_written, who_takes
from xivolab.asterisk.dialplan.lookup import Match
from xivolab.errors import UsageError

# A thousand questions to a server are no small example: to shrink one would take for ever.
NO_SHRINKING = (Phase.explicit, Phase.generate)

WRITTEN = """
[globals]
PREFIX=9
[phones](!)
exten => _1XXX,1(ring),Dial(PJSIP/${EXTEN},20)
 same => n,Hangup()
[default](phones)
exten => 1001,1,Answer()
exten => 1002,hint,PJSIP/bob
exten => _1[0-4]X!/555,1,NoOp(for 555)
include => open,09:00-17:00,mon-fri,*,*
include => closed
include => nowhere
switch => Realtime/@x
[open]
exten => _0.,1,Dial(PJSIP/${EXTEN}@trunk)
[closed]
exten => _0.,1,Playback(closed)
exten => _0.,n+10(end),Hangup()
exten => ${PREFIX}11,1,NoOp()
include => default
"""


def told(found: list[Match]) -> list[tuple[str, str | None, str]]:
    return [(match.context, match.extension.name if match.extension else match.switch, match.why) for match in found]


def test_the_order_and_why_each_is_not_the_one() -> None:
    plan = dialplan_written({"extensions.conf": WRITTEN})

    assert told(who_takes(plan, "default", "1002")) == [
        ("default", "1002", "no-priority"),
        ("default", "_1[0-4]X!", "other-caller"),
        ("default", "_1XXX", "taken"),
        ("default", "Realtime/@x", "switch"),
        ("nowhere", None, "missing-context"),
    ]
    assert told(who_takes(plan, "default", "1002", caller="555"))[1:3] == [
        ("default", "_1[0-4]X!", "taken"),
        ("default", "_1XXX", "later"),
    ]


def test_includes_that_hold_at_some_times() -> None:
    plan = dialplan_written({"extensions.conf": WRITTEN})
    noon, night = datetime(2026, 11, 25, 12, 0), datetime(2026, 11, 25, 22, 0)  # a Wednesday

    def by_day(at: datetime | None) -> list[str]:
        return [why for _, name, why in told(who_takes(plan, "default", "0123", at=at)) if name == "_0."]

    assert by_day(noon) == ["taken", "later"]
    assert by_day(night) == ["not-now", "taken"]
    assert by_day(None) == ["unknown-time", "taken"]


def test_another_priority_and_the_path_to_it() -> None:
    plan = dialplan_written({"extensions.conf": WRITTEN})
    [taken] = [match for match in who_takes(plan, "default", "0123", priority=12) if match.why == "taken"]

    assert taken.path == ("default", "closed")
    assert taken.extension is not None
    assert taken.extension.steps[12].label == "end"
    assert str(taken.step) == "Hangup()"


def test_an_unknown_context_is_told_with_those_like_it() -> None:
    with pytest.raises(UsageError, match="no context 'defualt' in this dialplan; did you mean default"):
        who_takes(dialplan_written({"extensions.conf": WRITTEN}), "defualt", "1")


SHOWN = re.compile(
    r"^(?:\[ (?:Included c|C)ontext '(?P<context>[^']*)'|  '(?P<name>.*?)'(?: \(CID match '(?P<caller>.*)'\))? =>)",
    re.M,
)


def asked(asterisk: Asterisk, number: str, context: str) -> list[tuple[str, str, str | None]]:
    """The extensions that Asterisk lists for a number, in its order; a context that it shows twice only once."""
    found: list[tuple[str, str, str | None]] = []
    seen: set[str] = set()
    here, again = "", False
    for line in SHOWN.finditer(asterisk.ask(f"dialplan show {number}@{context}")):
        if line["context"] is not None:
            here = line["context"]
            again = here in seen
            seen.add(here)
        elif not again:
            found.append((here, line["name"], line["caller"]))
    return found


def ours(found: list[Match]) -> list[tuple[str, str, str | None]]:
    return [(match.context, match.extension.name, match.extension.caller) for match in found if match.extension]


@settings(max_examples=12, suppress_health_check=list(HealthCheck), phases=NO_SHRINKING)
@given(st.data())
def test_the_order_is_that_of_the_real_asterisk(asterisk: Asterisk, data: st.DataObject) -> None:
    """The same extensions in the same order, from the file and from what Asterisk shows of it.

    Of includes that go in circles `dialplan show` shows more than a call asks: those are left to the next test.
    """
    made = data.draw(dialplans(contexts=12, circles=False))
    text = "".join(context.text("NoOp({n})") for context in made)
    asterisk.load(text)
    written = dialplan_written({"extensions.conf": text})
    shown = dialplan_shown(cli_tables([CliText("shown", asterisk.ask("dialplan show").splitlines())])["dialplan"])
    everything = [pattern for context in made for pattern, _ in context.extensions]
    for context in made:
        for number in data.draw(st.lists(numbers(everything), min_size=30, max_size=30)):
            expected = asked(asterisk, number, context.name)
            assert ours(who_takes(written, context.name, number)) == expected, (number, context.name, text)
            assert ours(who_takes(shown, context.name, number)) == expected, (number, context.name, text)


@settings(max_examples=3, suppress_health_check=list(HealthCheck), phases=NO_SHRINKING)
@given(st.data())
def test_calls_go_where_we_say(asterisk: Asterisk, data: st.DataObject) -> None:
    """Real channels, with callers and includes: each extension writes down that it took the call."""
    made = data.draw(dialplans(contexts=8, circles=True))
    calls = data.draw(st.lists(_calls(made), min_size=80, max_size=80))
    driver = [
        f"exten => q{n},1,Set(CALLERID(num)={caller})\n same => n,Set(Q={n})\n same => n,Goto({context},{number},1)\n"
        for n, (context, number, caller) in enumerate(calls)
    ]
    # `_.` and `_!` take the end of the call, "h", as well.
    took = 'ExecIf($["${{EXTEN}}" != "h"]?Set(DB(hit/${{Q}})={context}|{n}))'
    text = "".join(context.text(took) for context in made) + "[driver]\n" + "".join(driver)
    asterisk.load(text)
    asterisk.ask("database deltree hit")
    for n in range(len(calls)):
        asterisk.ask(f"channel originate Local/q{n}@driver/n application NoOp")
    deadline = time.monotonic() + 20
    while "0 active channels" not in asterisk.ask("core show channels count") and time.monotonic() < deadline:
        time.sleep(0.05)
    hits = dict(re.findall(r"/hit/(\d+)\s*: (\S+)", asterisk.ask("database show hit")))
    plan = dialplan_written({"extensions.conf": text})
    for n, (context, number, caller) in enumerate(calls):
        taken = [match for match in who_takes(plan, context, number, caller=caller) if match.why == "taken"]
        expected = taken[0].step.data.rpartition("=")[2].rstrip(")") if taken and taken[0].step else None
        assert hits.get(str(n)) == expected, (context, number, caller, text)


@st.composite
def _calls(draw: st.DrawFn, made: list[Made]) -> tuple[str, str, str]:
    everything = [pattern for context in made for pattern, _ in context.extensions]
    context = draw(st.sampled_from(made))
    # A dash in the arguments of Goto would be an extension's, a letter a priority's label.
    number = re.sub(r"[^0-9*#+]", "", draw(numbers(everything))) or "7"
    return context.name, number, draw(st.sampled_from(("", "555", "56", "1001", "7")))

"""What the parts of a report say, in both languages, of cases made to order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.report.made_case import BOTH_WAYS, T0, MadeCase, S, call, problem, registration, stream, talk
from xivolab.report.parts.remarks import remarks
from xivolab.report.parts.story import story
from xivolab.report.report import Report
from xivolab.report.words import Lang
from xivolab.testing import ALICE, BOB, PBX


def _report(lang: Lang = "en", **told: Any) -> Report:
    return Report(MadeCase(**told), lang)  # type: ignore[arg-type]


def _story(lang: Lang = "en", reason: str = "OK", **told: Any) -> str:
    report = _report(lang, calls=[call(**told)])
    return story(report, report.ranked[0], reason)


def test_the_header_has_the_figures_and_the_files() -> None:
    block = _report(calls=[call(), call(id="2", state="failed")], streams=talk(*BOTH_WAYS)).header()
    assert "<b>2</b><span>Calls</span>" in block.body
    assert "<b>1</b><span>Failures</span>" in block.body
    assert "<b>2,000</b><span>RTP packets</span>" in block.body
    assert "a.pcap" in block.body
    assert block.text.startswith("a.pcap\n")


def test_a_header_without_anything_in_it() -> None:
    assert "<b>0</b><span>Calls</span>" in _report().header().body


def test_the_list_of_calls_leads_to_their_sections() -> None:
    block = _report(calls=[call()]).calls()
    assert '<a href="#call-call-1">1001 → 1002</a>' in block.body
    assert "completed" in block.text


def test_a_list_that_is_too_long_says_so() -> None:
    block = _report(calls=[call(id=str(n)) for n in range(5)]).calls(at_most=3)
    assert block.body.count("<a href") == 3
    assert "2 more calls" in block.body


def test_no_calls() -> None:
    assert "Aucun appel" in _report("fr").calls().body
    assert _report().sections() is None


def test_names_from_a_capture_are_escaped() -> None:
    block = _report(calls=[call(caller="<script>alert(1)</script>")]).calls()
    assert "<script" not in block.body


def test_the_story_of_a_healthy_call() -> None:
    assert _story(mos_min=4.4) == (
        "1001 called 1002 at 22:13:20.000 UTC. It rang after 500 ms. The call was answered, and they talked for 10.0 s. "
        "Ended by the caller. Codec: PCMA. Worst MOS: 4.40 (narrow-band)."
    )


@pytest.mark.parametrize(
    ("told", "reason", "sentence"),
    [
        ({"state": "busy", "status": 486}, "Busy Here", "l'appelant a reçu 486 Busy Here."),
        ({"state": "cancelled", "status": 487}, "Request Terminated", "L'appelant a renoncé avant le décroché."),
        ({"state": "failed", "status": None}, "", "aucune réponse finale n'a été vue."),
        ({"state": "ringing", "status": None, "end": None}, "", "Les pièces s'arrêtent avant la fin de l'appel."),
    ],
)
def test_the_story_of_a_call_nobody_answered(told: dict[str, Any], reason: str, sentence: str) -> None:
    unanswered = {"answered": False, "answered_by": None, "answered_at": None, "connected_at": None}
    assert sentence in _story("fr", reason, **{**unanswered, **told})


def test_the_story_of_a_call_the_server_answered() -> None:
    assert "Only the server answered" in _story(answered_by="server", connected_at=None)


def test_remarks_name_hosts_and_figures() -> None:
    report = _report("fr", calls=[call(streams=[0, 1])], streams=[*talk((BOB, PBX), lost_pct=5.04), *talk((PBX, BOB))])
    assert remarks(report, report.ranked[0]) == [f"5,0\xa0% de perte {BOB}:4000 → {PBX}:4000"]


def test_streams_without_a_call() -> None:
    rows = [stream(call=None, codec=None, mos=None), stream(id="2")]
    block = _report(streams=rows).other_streams()
    assert block is not None
    assert block.body.count("<tr>") == 2, "the heading and the one stream"
    assert f"{ALICE}:4000" in block.body
    assert _report(streams=[stream()]).other_streams() is None


def test_refused_registrations_come_first() -> None:
    rows = [registration(), registration(id="2", aor="sip:<mallory>@pbx", accepted=0, rejected=2, last_status=403)]
    block = _report("fr", registrations=rows).registrations()
    assert block is not None
    assert block.body.index("&lt;mallory&gt;") < block.body.index("sip:alice")
    assert "refusé" in block.body
    assert _report().registrations() is None


def test_problems_are_told_with_their_place() -> None:
    block = _report(problems=[problem()]).problems()
    assert block is not None
    assert "a.pcap: byte 24: cut" in block.body
    assert _report().problems() is None


def test_the_summary_has_what_the_index_shows() -> None:
    calls = [call(mos_min=3.1), call(id="2", state="rejected", mos_min=None, mos_scale=None)]
    rejected = registration(accepted=0, rejected=1)
    facts = _report(calls=calls, streams=[stream()], registrations=[rejected], problems=[problem()]).summary()
    assert facts["calls"] == 2
    assert facts["failures"] == 2
    assert facts["worst_mos"] == 3.1
    assert facts["problems"] == ["a.pcap: byte 24: cut"]
    assert facts["start"] == (T0 + 2 * S) / S


def test_mos_of_two_scales_are_not_compared() -> None:
    calls = [call(mos_min=4.0), call(id="2", mos_min=2.0, mos_scale="wb")]
    assert _report(calls=calls).summary()["worst_mos"] == 4.0

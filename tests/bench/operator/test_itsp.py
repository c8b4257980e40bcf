"""The operator, by real calls through a real trunk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from xivolab.bench.impair import capture, probe
from xivolab.bench.impair.scene import Scene
from xivolab.bench.operator import Operator
from xivolab.bench.operator.render import EARLY_HZ, EMERGENCY_HZ, VOICE_HZ
from xivolab.bench.phone.audio import heard
from xivolab.errors import LabError, UsageError


@pytest.fixture
def operator(scene: Scene) -> Iterator[Operator]:
    yield scene.operator
    scene.operator.hang_up()
    scene.operator.become("good")


def test_a_call_out_is_answered_and_noted(operator: Operator, scene: Scene, tmp_path: Path) -> None:
    call = scene.probe(0).call("0199005999")
    call.wait_answered()

    assert heard(call.listen(0.5, tmp_path / "heard.wav")).tone_hz == pytest.approx(VOICE_HZ, abs=5)
    call.hang_up()
    assert (operator.seen()[-1].to, operator.seen()[-1].caller) == ("0199005999", "0199005678")
    assert operator.registered()


@pytest.mark.parametrize(
    ("personality", "status"), [("congested", 503), ("unavailable", 480), ("busy", 486), ("broken", 500)]
)
def test_it_refuses_as_told(operator: Operator, scene: Scene, personality: str, status: int) -> None:
    operator.become(personality)
    with capture.at_pbx(scene) as taken:
        look = probe.call_outside(scene)

    assert status in taken.answers(scene.bench.address("operator", "wan"))
    assert not look.reaches_operator


def test_an_early_voice_is_heard_before_the_answer(operator: Operator, scene: Scene, tmp_path: Path) -> None:
    operator.become("early-media")
    call = scene.probe(0).call("0199005999")
    call.wait_media("active")
    early = heard(call.listen(1, tmp_path / "early.wav"))

    assert call.state == "ringing"
    assert call.status == 183
    assert early.tone_hz == pytest.approx(EARLY_HZ, abs=5)
    call.hang_up()


def test_silence_is_silence_and_ends(operator: Operator, scene: Scene) -> None:
    operator.become("silent")
    call = scene.probe(0).call("0199005999")
    with pytest.raises(LabError, match="is calling, not ringing"):
        call.wait("ringing", "ended", timeout=3)
    call.hang_up(wait=False)
    operator.become("good")

    again = scene.probe(0).call("0199005999")
    again.wait_answered()
    again.hang_up()


def test_emergencies_get_through_to_a_congested_operator(operator: Operator, scene: Scene, tmp_path: Path) -> None:
    operator.become("congested")
    call = scene.probe(0).call("112")
    call.wait_answered()

    assert heard(call.listen(0.5, tmp_path / "heard.wav")).tone_hz == pytest.approx(EMERGENCY_HZ, abs=5)
    call.hang_up()


def test_it_calls_a_direct_number(operator: Operator, scene: Scene, tmp_path: Path) -> None:
    first = scene.probe(0)
    operator.call("0199005601", caller="0155501234", name="Jean")
    call = first.wait_call()
    call.answer()

    assert "0155501234" in call.other
    assert "Jean" in call.other
    assert heard(call.listen(0.5, tmp_path / "heard.wav")).tone_hz == pytest.approx(VOICE_HZ, abs=5)


def test_a_personality_that_is_none_is_told(operator: Operator) -> None:
    with pytest.raises(UsageError, match="no operator is 'grumpy'; name one of good, slow"):
        operator.become("grumpy")

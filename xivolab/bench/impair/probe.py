"""Calls placed to see whether anything is wrong, and what they show. Voices are tones, so that what is heard tells who speaks."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from xivolab.bench.impair.scene import Scene
from xivolab.bench.operator.render import VOICE_HZ
from xivolab.bench.phone import Call, Phone, Voice
from xivolab.bench.phone.audio import Heard, heard
from xivolab.errors import LabError

CALLER_HZ, CALLEE_HZ = 620, 1150
_NEAR_HZ = 8
_TONE_SHARE = 0.5
_PURE_SHARE = 0.9


@dataclass(slots=True)
class Look:
    """What one call showed. `status` is the last one of the INVITE (0: none came), `refused` that of a REGISTER that failed."""

    refused: dict[str, int] = field(default_factory=dict)
    status: int = 0
    provisional: list[int] = field(default_factory=list)
    answered: bool = False
    setup_s: float = 0.0
    callee: Heard | None = None
    caller: Heard | None = None
    codec: str = ""

    @property
    def callee_hears(self) -> bool:
        """Whether the caller's voice arrives."""
        return _is(self.callee, CALLER_HZ)

    @property
    def caller_hears(self) -> bool:
        """Whether the callee's voice arrives."""
        return _is(self.caller, CALLEE_HZ)

    @property
    def reaches_operator(self) -> bool:
        """Whether it is the operator's voice that the caller hears: a PBX that apologises answers too."""
        return self.answered and _is(self.caller, VOICE_HZ)

    @property
    def clean(self) -> bool:
        """Whether both voices arrive whole: a tone with holes in it is no pure tone."""
        return all(
            one is not None and one.tone_share > _PURE_SHARE and one.silent_share < 0.1
            for one in (self.caller, self.callee)
        )


def call_inside(scene: Scene, seconds: float = 1.5, **details: object) -> Look:
    """The first line calls the second."""
    first, second = scene.probe(0, **details), scene.probe(1)
    look = Look()
    for phone in (first, second):
        last = phone.registration()
        if not phone.is_registered():
            look.refused[phone.name] = int(last["status"]) if last else 0
    if look.refused:
        return look
    began = time.monotonic()
    call = first.call(scene.line(1).number)
    try:
        incoming = second.wait_call(6)
    except LabError:
        return _failed(call, look)
    with _ended(call, incoming):
        try:
            incoming.answer()
            call.wait_answered(5)
        except LabError:
            return _failed(call, look)
        look.setup_s = time.monotonic() - began
        return _listen(call, incoming, look, seconds)


def call_outside(scene: Scene, number: str = "0199005999", seconds: float = 1.0) -> Look:
    """The first line calls a number of the operator's side, which answers with a tone of its own."""
    look = Look()
    first = scene.probe(0)
    began = time.monotonic()
    call = first.call(number)
    try:
        call.wait("in-call", timeout=8)
    except LabError:
        return _failed(call, look)
    with _ended(call):
        look.setup_s = time.monotonic() - began
        look.answered = True
        look.status = 200
        look.provisional = _provisional(call)
        with tempfile.TemporaryDirectory(prefix="xivolab-probe-") as folder:
            look.caller = heard(call.listen(seconds, Path(folder) / "caller.wav"))
    return look


def call_in(scene: Scene, did: str) -> Phone | None:
    """Somebody outside calls a number of ours; the phone that rings, None when none does."""
    first, second = scene.probe(0), scene.probe(1)
    scene.operator.call(did)
    deadline = time.monotonic() + 5
    try:
        while time.monotonic() < deadline:
            for phone in (first, second):
                if phone.calls():
                    return phone
            time.sleep(0.1)
        return None
    finally:
        scene.operator.hang_up()


def said(look: Look) -> str | None:
    """What is wrong with an ordinary call, in a sentence; None when nothing is."""
    if look.refused:
        told = ", ".join(f"{name} ({status or 'no answer'})" for name, status in look.refused.items())
        return f"not registered: {told}"
    if not look.answered:
        return f"the call does not reach the other phone: {look.status or 'no answer at all'}"
    if not (look.callee_hears or look.caller_hears):
        return "neither hears the other"
    if not look.callee_hears:
        return "the caller speaks and the callee does not hear it"
    if not look.caller_hears:
        return "the callee speaks and the caller does not hear it"
    return None


def _listen(call: Call, incoming: Call, look: Look, seconds: float) -> Look:
    look.answered = True
    look.status, look.codec, look.provisional = 200, call.codec, _provisional(call)
    call.say(Voice(tones=(CALLER_HZ,)))
    incoming.say(Voice(tones=(CALLEE_HZ,)))
    # What was said before the tones shall not be in what is measured.
    time.sleep(0.6)
    files = call.record(), incoming.record()
    time.sleep(seconds)
    for one in (call, incoming):
        one.stop_recording()
    look.caller, look.callee = (heard(scene_file) for scene_file in (call.phone.phones.file(name) for name in files))
    return look


def _failed(call: Call, look: Look) -> Look:
    look.status, look.provisional = call.status, _provisional(call)
    call.hang_up(wait=False)
    return look


def _provisional(call: Call) -> list[int]:
    return [int(event["status"]) for event in call.events("call") if 100 < int(event.get("status") or 0) < 200]


@contextmanager
def _ended(*calls: Call) -> Iterator[None]:
    try:
        yield
    finally:
        for call in calls:
            if call.state != "ended":
                call.hang_up(wait=False)


def _is(one: Heard | None, frequency: int) -> bool:
    return one is not None and abs(one.tone_hz - frequency) <= _NEAR_HZ and one.tone_share > _TONE_SHARE

"""Faults of the operator: each is one of its personalities."""

from __future__ import annotations

import time
from collections.abc import Callable

from xivolab.bench.impair import probe
from xivolab.bench.impair.fault import Fault, Undo
from xivolab.bench.impair.scene import Scene
from xivolab.bench.truth import Words


def _becomes(personality: str) -> Callable[[Scene], Undo]:
    def inject(scene: Scene) -> Undo:
        scene.operator.become(personality)
        return {}

    return inject


def _good_again(scene: Scene, undo: Undo) -> None:
    del undo
    scene.operator.become("good")


def _outgoing(scene: Scene) -> str | None:
    look = probe.call_outside(scene)
    if look.reaches_operator:
        return None
    how = (
        "is answered by the PBX itself"
        if look.answered
        else f"ends with {look.status}"
        if look.status >= 300
        else "is not answered"
    )
    return f"a call to the operator {how}"


def _ringback(scene: Scene) -> str | None:
    look = probe.call_outside(scene)
    if not look.reaches_operator:
        return "a call does not reach the operator"
    return None if set(look.provisional) & {180, 183} else "a caller hears nothing until the other side answers"


def _supervised(scene: Scene) -> str | None:
    """Whether the PBX thinks that its operator is there."""
    scene.bench.pbx.ask(f"pjsip qualify {scene.trunk}")
    # After 3 s without an answer Asterisk says so.
    time.sleep(4)
    state = scene.contact_state(scene.trunk)
    return None if state == "Avail" else f"the PBX says its operator is {state or 'not there'}"


def _fault(
    name: str, personality: str, en: str, fr: str, *codes: str, look: Callable[[Scene], str | None] = _outgoing
) -> Fault:
    return Fault(name, Words(en, fr), codes, _becomes(personality), _good_again, look, ("C6", "D6"))


FAULTS = (
    _fault("operator-congested", "congested", "The operator answers 503", "L'opérateur répond 503", "service-unavailable"),
    _fault("operator-unavailable", "unavailable", "The operator answers 480", "L'opérateur répond 480", "callee-unavailable"),
    _fault("operator-forbids", "forbids", "The operator answers 403", "L'opérateur répond 403", "call-forbidden"),
    _fault("operator-declines", "declines", "The operator answers 603", "L'opérateur répond 603", "call-forbidden"),
    _fault("operator-silent", "silent", "The operator does not answer calls", "L'opérateur ne répond pas aux appels", "trunk-unreachable"),
    _fault("operator-other-codecs", "other-codecs", "The operator knows other codecs only", "L'opérateur ne connaît que d'autres codecs", "codec-not-acceptable"),
    _fault("operator-no-ringback", "no-ringback", "The operator gives no ringing", "L'opérateur n'envoie pas de sonnerie", "no-ringback", look=_ringback),
    _fault("operator-no-options", "no-options", "The operator ignores OPTIONS", "L'opérateur ignore les OPTIONS", "trunk-unreachable", look=_supervised),
)  # fmt: skip

"""Mistakes made in the forms: the configuration itself says what should not be, and is in effect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xivolab.bench.impair import probe
from xivolab.bench.impair.fault import Fault, Undo
from xivolab.bench.impair.scene import Scene
from xivolab.bench.model import Configuration
from xivolab.bench.truth import Words

Data = dict[str, Any]
Change = Callable[[Data], None]
# What a caller of the bench's own direct numbers dials, and what the first line dials outside.
_OUTSIDE = "0199005999"


def _set(change: Change) -> Callable[[Scene], Undo]:
    """Change the configuration as plain data, and put it into effect."""

    def inject(scene: Scene) -> Undo:
        before = scene.bench.configuration
        data = before.model_dump(mode="json")
        change(data)
        scene.bench.apply(Configuration.of(data))
        return {"before": before.yaml()}

    return inject


def _as_before(scene: Scene, undo: Undo) -> None:
    scene.bench.apply(Configuration.from_yaml(undo["before"]))


def _users(data: Data) -> list[Data]:
    """The users with a line, in the order of their lines."""
    return [user for user in data["users"] if user["lines"]]


def _disturb_nobody(data: Data) -> None:
    _users(data)[1]["enablednd"] = True


def _forward_away(data: Data) -> None:
    users = _users(data)
    users[1] |= {"enableunc": True, "destunc": users[2]["lines"][0]["number"]}


def _forward_round(data: Data) -> None:
    users = _users(data)
    for user, other in ((users[1], users[2]), (users[2], users[1])):
        user |= {"enableunc": True, "destunc": other["lines"][0]["number"]}


def _close(data: Data) -> None:
    data["schedules"].append({"name": "fermé", "opened": [{"hours": "03:00-03:01"}]})
    _users(data)[1]["schedule"] = "fermé"


def _forbid(data: Data) -> None:
    data["rights"].append({"name": "national", "authorization": "deny", "extens": ["0XXXXXXXXX"]})
    _users(data)[0]["rights"].append("national")


def _strip_too_much(data: Data) -> None:
    for route in data["outcalls"]:
        for pattern in route["patterns"]:
            if len(pattern["exten"]) > 3:
                pattern["stripnum"] += 1


def _forget_number(data: Data) -> None:
    number = _users(data)[0]["lines"][0]["number"]
    data["incalls"] = [incall for incall in data["incalls"] if not _leads_to(incall, number)]


def _leads_to(incall: Data, number: str) -> bool:
    return str(number) in str(incall["destination"])


def _inside(scene: Scene) -> str | None:
    return probe.said(probe.call_inside(scene))


def _outside(scene: Scene) -> str | None:
    look = probe.call_outside(scene, _OUTSIDE)
    if not look.reaches_operator:
        return f"a call outside does not get through: {look.status or 'no answer'}"
    arrived = scene.operator.seen()[-1].to
    return None if arrived == _OUTSIDE else f"{_OUTSIDE} is dialled, and {arrived} arrives at the operator"


def _direct(scene: Scene) -> str | None:
    """Somebody outside calls a number of the first line, one that it had when everything was well."""
    return None if probe.call_in(scene, scene.direct_number) else f"a call to {scene.direct_number} rings nowhere"


def _fault(
    name: str, change: Change, look: Callable[[Scene], str | None], en: str, fr: str, code: str, *rows: str
) -> Fault:
    return Fault(name, Words(en, fr), (code,), _set(change), _as_before, look, rows)


FAULTS = (
    _fault("user-dnd", _disturb_nobody, _inside, "A user does not want to be disturbed", "Un utilisateur ne veut pas être dérangé", "dnd-active", "E7"),
    _fault("user-forwarded", _forward_away, _inside, "A user's calls go elsewhere", "Les appels d'un utilisateur sont renvoyés", "call-forwarded", "D14", "E8"),
    _fault("forward-loop", _forward_round, _inside, "Two users forward to each other", "Deux utilisateurs se renvoient l'un à l'autre", "forward-loop", "D14", "E5"),
    _fault("schedule-closed", _close, _inside, "A user's hours are almost never open", "Les horaires d'un utilisateur ne sont presque jamais ouverts", "schedule-closed", "E23", "D7"),
    _fault("right-denied", _forbid, _outside, "A user may not call outside", "Un utilisateur n'a pas le droit d'appeler l'extérieur", "call-right-denied", "D9", "D11"),
    _fault("route-strips", _strip_too_much, _outside, "A route takes one digit too many off", "Une route retire un chiffre de trop", "number-not-found", "D6", "D8"),
    _fault("number-forgotten", _forget_number, _direct, "A direct number leads nowhere", "Un numéro direct ne mène nulle part", "dialplan-no-extension", "E43", "D5"),
)  # fmt: skip

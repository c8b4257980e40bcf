"""Faults of the home's router: looked for with a phone that stands in the home."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from xivolab.bench.impair.fault import Fault, Undo
from xivolab.bench.impair.scene import Scene
from xivolab.bench.nat import Home
from xivolab.bench.phone import Phone
from xivolab.bench.truth import Words
from xivolab.errors import LabError

_NAME = "home"


def registered(scene: Scene, line: str) -> dict[str, str]:
    """What the PBX keeps of a line's registration: `uri` as it would call it, `via_addr` as the phone told it. Empty without one."""
    told = scene.bench.pbx.ask("database show registrar")
    found = re.findall(rf"/registrar/contact/{re.escape(line)};@\S+\s*: (\{{.*\}})", told)
    # Of several it is the newest one.
    return max((json.loads(one) for one in found), key=lambda one: int(one["expiration_time"]), default={})


def move_in(scene: Scene) -> Phone:
    """The phone of the third line, in the home, registered. LabError when it cannot."""
    _ = scene.phones.link
    if _NAME in scene.phones.phones:
        scene.phones.dismiss(_NAME)
    home = Home(scene.bench)
    return home.hire(_NAME, replace(scene.account(2), registrar=home.registrar))


def _with_helper(scene: Scene) -> Undo:
    Home(scene.bench).open(alg=True)
    return {}


def _without_helper(scene: Scene, undo: Undo) -> None:
    del undo
    Home(scene.bench).open()


def _changed_on_the_way(scene: Scene) -> str | None:
    """Whether what a phone of the home writes about itself reaches the PBX as it was written."""
    home = Home(scene.bench)
    home.ensure()
    try:
        move_in(scene)
        told = registered(scene, scene.line(2).name).get("via_addr")
    except LabError as error:
        return f"a phone of the home does not register: {error.what}"
    finally:
        scene.phones.dismiss(_NAME)
    own = home.own_address(0)
    return None if told == own else f"a phone of the home writes {own} into its Via, and {told} arrives"


FAULTS = (
    Fault(
        "sip-alg",
        Words("The home's router rewrites SIP (ALG)", "Le routeur de la maison réécrit le SIP (ALG)"),
        ("sip-alg",),
        _with_helper,
        _without_helper,
        _changed_on_the_way,
        ("C11", "C12"),
    ),
)

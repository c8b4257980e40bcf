"""What a fault is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xivolab.bench.impair.scene import Scene
from xivolab.bench.truth import Words

Undo = dict[str, Any]
"""What `revert` needs to know, as plain JSON: another command may be the one that reverts."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that can be wrong with a telephone system.

    `codes` are the findings that its evidence must raise, `rows` those of the course's table that it is a broken variant of.
    `inject` breaks and tells how to mend; `look` places calls or registers and says what is wrong, None when nothing is. A fault
    that is not `sealable` leaves its name where a learner can read it.
    """

    name: str
    title: Words
    codes: tuple[str, ...]
    inject: Callable[[Scene], Undo]
    revert: Callable[[Scene, Undo], None]
    look: Callable[[Scene], str | None]
    rows: tuple[str, ...] = ()
    sealable: bool = True

    def symptom(self, scene: Scene) -> str | None:
        """What is wrong now, seen from outside, by real calls; None when nothing is: then the fault is not there."""
        return self.look(scene)

    def fixed(self, scene: Scene) -> bool:
        """Whether the symptom is gone, whoever mended it and how."""
        return self.look(scene) is None

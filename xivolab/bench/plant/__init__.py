"""The bench that stays: a XiVO-like PBX with its database, phones, operator, router and mail, in containers.

`Bench(name)` is the way in from Python; it is found here, and made when it is asked for: the commands' help needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xivolab.bench.plant.bench import Bench

__all__ = ["Bench"]


def __getattr__(name: str) -> Any:
    if name == "Bench":
        from xivolab.bench.plant.bench import Bench

        return Bench
    raise AttributeError(name)

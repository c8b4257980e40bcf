"""A finding: one thing that is wrong, or worth knowing, with its proof. Its sentences are made at the edge (`words.py`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Role = Literal["cause", "consequence"]


@dataclass(frozen=True, slots=True)
class Proof:
    """A place in the evidence and what it shows: `tshark -Y frame.number==FRAME` or `sed -n LINEp` of `file` prints `text`.

    A row of a database has neither frame nor line.
    """

    file: str
    text: str
    frame: int | None = None
    line: int | None = None

    def record(self) -> dict[str, Any]:
        """As the JSON record has it."""
        place = {"line": self.line} if self.frame is None else {"frame": self.frame}
        return {"file": self.file, **place, "text": self.text}


class Later(Sequence[Proof]):
    """Proofs that are looked for when somebody reads them: a whole log is searched for each."""

    def __init__(self, make: Callable[[], Sequence[Proof]]) -> None:
        self._make = make

    @cached_property
    def _found(self) -> Sequence[Proof]:
        return self._make()

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, index: Any) -> Any:
        return self._found[index]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found. `call` is a row of the calls, None for what concerns no single call.

    `fields` fill the holes of the rule's words, `variant` chooses among them. `about` names the object (an endpoint, an
    address, a direction) where one call can have the same finding twice. `role` and `cause` are set once all rules have
    been asked: a consequence has the `cause` it follows from.
    """

    code: str
    call: int | None
    proofs: Sequence[Proof]
    fields: Mapping[str, Any] = field(default_factory=dict)
    variant: str = ""
    about: str = ""
    time: int | None = None
    role: Role = "cause"
    cause: Finding | None = None

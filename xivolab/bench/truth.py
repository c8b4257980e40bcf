"""What really happened in a recording, told by the scenario that made it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call as docs/definitions name its parts. `streams` counts RTP streams at the capture point."""

    from_user: str
    to_user: str
    state: str
    status: int | None
    answered: bool
    released_by: str
    legs: int
    streams: int = 0
    codecs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registration:
    """The registration of one address of record; at most one of `accepted`, `rejected` counts above zero."""

    aor: str
    accepted: int = 1
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What was broken on purpose, by the code of the finding that should name it."""

    code: str
    detail: Words


@dataclass(frozen=True, slots=True)
class Between:
    """RTP packets that the network dropped on their way from one capture point to the other, as it counted them."""

    source: str
    target: str
    lost: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody did in the course of a call that changed who talks with whom; `by`, `of` and `to` are users.

    `kind` is blind-transfer or attended-transfer (`by` sends `of` to `to`), pickup (`by` takes the call that rings at
    `of`), park (`by` parks `of`), unpark (`by` talks with `of`, nobody when the time was over), forward (what was for
    `of` goes to `to`) or join (`by` enters the conference `to`).
    """

    kind: str
    by: str
    of: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """A call in a queue: `outcome` is answered (by the user `agent`), abandoned or timeout; times of the scenario's clock."""

    queue: str
    caller: str
    outcome: str
    agent: str = ""
    waited_s: float = 0.0
    talked_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Logged:
    """A file that the PBX's logger wrote in its own way; `calls` are places in the list of calls.

    `form` is default, plain, json, syslog or console.
    """

    path: str
    form: str
    date_format: str
    calls: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """Calls, registrations and faults of one recording; `between` where it was captured at two points.

    `turns` in their order, `queued` and `logged` where the recording is about them.
    """

    calls: tuple[Call, ...] = ()
    registrations: tuple[Registration, ...] = ()
    faults: tuple[Fault, ...] = field(default=())
    between: tuple[Between, ...] = ()
    turns: tuple[Turn, ...] = ()
    queued: tuple[Queued, ...] = ()
    logged: tuple[Logged, ...] = ()


def answered(
    from_user: str, to_user: str, released_by: str = "caller", *, legs: int = 2, streams: int = 4, status: int = 200
) -> Call:
    """A call in alaw that was answered and ended."""
    return Call(from_user, to_user, "completed", status, True, released_by, legs, streams, ("PCMA",))

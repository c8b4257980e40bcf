"""What tshark sees in a capture: the recorder's judge, apart from the analysis that the samples are made to test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xivolab.net.tshark import oracle_fields, oracle_streams

_CHALLENGES = (401, 407)


@dataclass(frozen=True, slots=True)
class Stream:
    """One RTP stream; jitter in milliseconds."""

    src: str
    dst: str
    packets: int
    lost: int
    max_jitter_ms: float


@dataclass(frozen=True, slots=True)
class Dialog:
    """One Call-ID of an INVITE: who called what, and the first final answer that was no challenge.

    A challenge where there is no other, 0 without any.
    """

    call_id: str
    from_user: str
    to_user: str
    status: int


def streams(capture: Path) -> list[Stream]:
    """Return the RTP streams of a capture, as tshark counts them."""
    return [
        Stream(row["src"], row["dst"], row["packets"], row["wireshark_lost"], row["jitter_max_ms"])
        for row in oracle_streams(capture)
    ]


def dialogs(capture: Path) -> list[Dialog]:
    """Return the dialogs that an INVITE began, in order."""
    begun: dict[str, tuple[str, str]] = {}
    final: dict[str, int] = {}
    challenged: dict[str, int] = {}
    fields = ("sip.Call-ID", "sip.Method", "sip.Status-Code", "sip.from.user", "sip.r-uri.user")
    for call_id, method, status, caller, called in oracle_fields(capture, "sip.CSeq.method == INVITE", fields):
        if method == "INVITE":
            begun.setdefault(call_id, (caller, called))
        elif status and int(status) >= 200:
            (challenged if int(status) in _CHALLENGES else final).setdefault(call_id, int(status))
    answers = {**challenged, **final}
    return [Dialog(call_id, *users, answers.get(call_id, 0)) for call_id, users in begun.items()]


def register_answers(capture: Path) -> list[tuple[str, int]]:
    """Return (user, status) of every answer to a REGISTER, in order."""
    answers = "sip.CSeq.method == REGISTER && sip.Status-Line"
    rows = oracle_fields(capture, answers, ("sip.to.user", "sip.Status-Code"))
    return [(user, int(status)) for user, status in rows]

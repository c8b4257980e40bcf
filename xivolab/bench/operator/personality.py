"""How an operator behaves towards calls: the good one, and the bad ones that a trunk meets in its life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Personality:
    """What becomes of a call to the operator.

    After `ring_s` seconds it is answered, or refused with `status`. `early`: "180" rings; "183" plays a voice before the answer,
    "183-silent" says that one comes and sends none; "none" says 100 and no more. `codecs` are Asterisk's names. Methods in
    `ignores` ("INVITE", "OPTIONS", …) are lost on the way in, as in a network that is cut or filters.
    """

    name: str
    ring_s: float = 1.0
    status: int = 200
    early: Literal["180", "183", "183-silent", "none"] = "180"
    codecs: tuple[str, ...] = ("alaw", "ulaw", "g722")
    ignores: tuple[str, ...] = ()


PERSONALITIES = {
    one.name: one
    for one in (
        Personality("good"),
        Personality("slow", ring_s=8),
        Personality("early-media", early="183", ring_s=3),
        Personality("early-silence", early="183-silent", ring_s=3),
        Personality("no-ringback", early="none", ring_s=3),
        Personality("congested", status=503, ring_s=0),
        Personality("unavailable", status=480, ring_s=0),
        Personality("busy", status=486, ring_s=0),
        Personality("declines", status=603, ring_s=0),
        Personality("forbids", status=403, ring_s=0),
        Personality("knows-no-number", status=404, ring_s=0),
        Personality("broken", status=500, ring_s=0),
        Personality("announces-failure", status=503, early="183", ring_s=3),
        Personality("never-answers", ring_s=600),
        Personality("other-codecs", codecs=("gsm",)),
        Personality("silent", ignores=("INVITE",)),
        Personality("no-options", ignores=("OPTIONS",)),
        Personality("dead", ignores=("INVITE", "OPTIONS", "REGISTER", "BYE", "ACK", "CANCEL")),
    )
}

"""Every fault: put in, seen, taken out, gone; by real calls on a real bench."""

from __future__ import annotations

import os
import re

import pytest

from xivolab.bench.impair import FAULTS, Scene, find
from xivolab.bench.impair.catalogue import draw
from xivolab.errors import UsageError

# Those of the project's fixed list (findings).
CODES = {
    "register-auth-failed",
    "registration-rejected",
    "registration-lost",
    "invite-auth-failed",
    "request-unanswered",
    "codec-not-acceptable",
    "number-not-found",
    "call-forbidden",
    "callee-busy",
    "callee-unavailable",
    "no-answer",
    "service-unavailable",
    "loop-detected",
    "ack-missing",
    "bye-missing",
    "call-dropped",
    "reinvite-failed",
    "transfer-failed",
    "private-address-in-sdp",
    "nat-contact",
    "sip-alg",
    "transcoding",
    "retransmissions",
    "message-too-large",
    "session-timer-expired",
    "no-ringback",
    "sip-scan",
    "tls-failed",
    "dns-failed",
    "icmp-unreachable",
    "no-audio",
    "one-way-audio",
    "media-not-captured",
    "packet-loss",
    "high-jitter",
    "low-mos",
    "rtp-unexpected-source",
    "payload-type-mismatch",
    "ptime-mismatch",
    "silent-stream",
    "dtmf-mismatch",
    "dscp-unmarked",
    "clock-skew",
    "srtp-mismatch",
    "rtp-timeout",
    "endpoint-unavailable",
    "call-right-denied",
    "schedule-closed",
    "dnd-active",
    "call-forwarded",
    "forward-loop",
    "user-limit",
    "dialplan-no-extension",
    "no-translation-path",
    "agi-failed",
    "trunk-unreachable",
    "trunk-limit",
    "queue-no-agent",
    "queue-full",
    "queue-timeout",
    "queue-abandoned",
    "counter-wrapped",
    "log-messages-lost",
    "server-resource",
    "clock-offset",
    "evidence-incomplete",
}


# One for each way of breaking something; XIVOLAB_ALL_FAULTS=1 tries them all, for some minutes.
TRIED = (
    list(FAULTS)
    if os.environ.get("XIVOLAB_ALL_FAULTS")
    else [
        "one-way-audio",
        "jitter",
        "operator-congested",
        "sip-alg",
        "line-password",
        "certificate-expired",
        "disk-full",
    ]
)


@pytest.mark.parametrize("name", TRIED)
def test_a_fault_is_put_in_seen_taken_out_and_gone(name: str, scene: Scene) -> None:
    fault = find(name)
    undo = fault.inject(scene)
    try:
        seen = fault.symptom(scene)
    finally:
        fault.revert(scene, undo)

    assert seen, "nothing is to be seen of it: as an exercise it is void"
    assert fault.fixed(scene), fault.symptom(scene)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_in_both_languages_and_has_its_findings(name: str) -> None:
    fault = FAULTS[name]

    assert fault.title.en != fault.title.fr
    assert fault.codes
    assert set(fault.codes) <= CODES
    assert all(re.fullmatch(r"[A-G]\d+", row) for row in fault.rows)


def test_a_seed_always_draws_the_same() -> None:
    assert draw("class of Monday") is draw("class of Monday")
    assert len({draw(str(number)).name for number in range(200)}) > len(FAULTS) / 2


def test_what_would_give_itself_away_is_never_drawn() -> None:
    assert all(draw(str(number)).sealable for number in range(200))


def test_a_fault_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="there is no fault 'gremlins'; see `xivolab pbx impair --list`"):
        find("gremlins")

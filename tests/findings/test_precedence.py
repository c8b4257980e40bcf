"""Which finding of a call is the consequence of which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xivolab.findings.finding import Finding, Proof
from xivolab.findings.precedence import ECHOES, PROVED_BY_ICMP, with_roles
from xivolab.findings.severity import SEVERITY


def found(*codes: str) -> dict[str, str]:
    given = [Finding(code, 0, (Proof("a.pcap", "x", frame=1),)) for code in codes]
    return {one.code: one.role for one in with_roles(given)}


def test_a_missing_extension_is_told_once() -> None:
    assert found("number-not-found", "dialplan-no-extension") == {
        "number-not-found": "consequence",
        "dialplan-no-extension": "cause",
    }


def test_an_echo_of_an_echo() -> None:
    roles = with_roles([Finding(code, 0, ()) for code in ("low-mos", "rtp-timeout", "one-way-audio", "high-jitter")])

    assert {one.code: one.cause.code for one in roles if one.cause} == {
        "low-mos": "high-jitter",
        "one-way-audio": "rtp-timeout",
    }


def test_icmp_is_evidence_of_what_it_proves() -> None:
    assert found("icmp-unreachable", "request-unanswered")["icmp-unreachable"] == "consequence"
    assert found("icmp-unreachable") == {"icmp-unreachable": "cause"}


def test_the_table_holds_codes() -> None:
    told = {*ECHOES, *PROVED_BY_ICMP, *(code for codes in ECHOES.values() for code in codes)}
    assert told <= set(SEVERITY)


@given(st.lists(st.sampled_from(sorted(SEVERITY)), unique=True, min_size=1, max_size=8))
def test_somebody_is_always_the_cause(codes: list[str]) -> None:
    assert "cause" in found(*codes).values()

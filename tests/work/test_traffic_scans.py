"""Scanners stand apart; a trunk that is refused everything does not."""

from __future__ import annotations

from pathlib import Path

from tests.work.traffic_made import MadeAttempt, call_packets, case_of, register

HONEST = MadeAttempt(50, host="10.0.0.20")


def test_many_users_without_a_single_success_are_a_scan(tmp_path: Path) -> None:
    knocks = [
        packet
        for n in range(10)
        for packet in call_packets(
            n, MadeAttempt(n, status=401, rings_after=None, host="203.0.113.9", user=f"{100 + n}")
        )
    ]
    figures = case_of(tmp_path, [*knocks, *call_packets(99, HONEST)]).traffic().figures
    assert (figures["scan_calls"], figures["scanners"]) == (10, ["203.0.113.9"])
    assert (figures["calls"], figures["asr_pct"]) == (1, 100.0)


def test_a_scanner_says_who_it_is(tmp_path: Path) -> None:
    packets = [
        *register(1, 0, [404], host="203.0.113.9", agent="friendly-scanner"),
        *register(2, 1, [401, 200], host="10.0.0.20"),
        *call_packets(1, MadeAttempt(2, status=404, rings_after=None, host="203.0.113.9", agent="sipvicious")),
    ]
    figures = case_of(tmp_path, packets).traffic().figures
    assert (figures["scan_registrations"], figures["scan_calls"]) == (1, 1)
    assert (figures["registrations"], figures["registrations_accepted"], figures["calls"]) == (1, 1, 0)


def test_a_trunk_that_is_refused_everything_counts(tmp_path: Path) -> None:
    refused = [
        packet
        for n in range(20)
        for packet in call_packets(n, MadeAttempt(n, status=503, rings_after=None, user=f"0{n}"))
    ]
    figures = case_of(tmp_path, refused).traffic().figures
    assert (figures["calls"], figures["isa_pct"], figures["scanners"]) == (20, 100.0, [])


def test_so_does_a_phone_whose_password_is_wrong(tmp_path: Path) -> None:
    packets = [packet for n in range(12) for packet in register(n, n, [401, 401])]
    figures = case_of(tmp_path, packets).traffic().figures
    assert (figures["registrations_rejected"], figures["scan_registrations"]) == (12, 0)

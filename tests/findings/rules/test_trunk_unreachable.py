"""An operator that does not answer."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    line = (
        "res_pjsip_outbound_registration.c: No response received from 'sip:198.51.100.7' on registration attempt to "
        "'sip:trunk@198.51.100.7', retrying in '60'"
    )

    found = only(case_of(tmp_path, log=logged(line, line, of_call=False)))

    assert (found["code"], found["severity"]) == ("trunk-unreachable", "error")


def test_a_registration_that_is_answered(tmp_path: Path) -> None:
    line = "res_pjsip_outbound_registration.c: Outbound registration to 'sip:198.51.100.7' with client 'sip:trunk@198.51.100.7' successful"

    assert codes(case_of(tmp_path, log=logged(line, of_call=False))) == []

"""Specs and results cross processes as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from xivolab.report.spec import ReportSpec, Result


def test_a_spec_comes_back_as_it_was() -> None:
    spec = ReportSpec(("a.pcap", "full"), "out", "name", "fr", thresholds={"low-mos": 3.0}, year=2026)
    assert ReportSpec.from_json(json.loads(json.dumps(spec.to_json()))) == spec


def test_a_result_comes_back_as_it_was() -> None:
    result = Result("ok", "name", "out/name.html", summary={"calls": 2}, seconds=0.5)
    assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result


def test_where_the_artefacts_go() -> None:
    assert ReportSpec(("a",), "out", "case.1").path(".html") == Path("out/case.1.html")

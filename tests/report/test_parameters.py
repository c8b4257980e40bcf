"""Parameters of a report are checked against the notebook before it runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.report.notebook_files import write_notebook
from xivolab import resources
from xivolab.errors import UsageError
from xivolab.report.parameters import parameters
from xivolab.report.spec import ReportSpec

SPEC = ReportSpec(("a.pcap",), "out", "name")


@pytest.fixture
def notebook(tmp_path: Path) -> str:
    """A notebook that declares the parameters of the report."""
    return write_notebook(tmp_path / "small.ipynb")


def test_the_report_notebook_declares_every_parameter_a_report_sends() -> None:
    values = parameters(SPEC, str(resources.notebook("report.ipynb")))
    assert values["evidence"] == ["a.pcap"]
    assert values["thresholds"]["packet-loss"] == 1.0
    assert values["result_file"] == "out/name.json"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lang": "de"}, "lang: no report in 'de'; use en or fr"),
        ({"evidence": ()}, "evidence: a report needs evidence"),
        ({"name": "../escape"}, "no file name"),
        ({"tz": "Europe/Pariss"}, "tz: no such time zone"),
        ({"thresholds": {"loss": 1}}, "there is no such threshold"),
        ({"parameters": {"colour": "red"}}, "the notebook has no parameter colour"),
    ],
)
def test_what_a_report_cannot_take_is_refused(notebook: str, change: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parameters(replace(SPEC, **change), notebook)
    assert message in str(caught.value)


def test_a_notebook_in_a_folder_with_braces(tmp_path: Path) -> None:
    folder = tmp_path / "{braces}"
    folder.mkdir()
    assert parameters(SPEC, write_notebook(folder / "small.ipynb"))["lang"] == "en"

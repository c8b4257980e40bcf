"""Reports of the sample captures: every artefact is there, and the facts of `truth.toml` are in it."""

from __future__ import annotations

import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.report.notebook_files import WRITE_RESULT, write_notebook
from xivolab import resources
from xivolab.errors import EvidenceError, UsageError
from xivolab.report import ReportSpec, Result, run_all, run_report
from xivolab.report.words import Lang, words
from xivolab.testing import tpcap, tudp

CASES = sorted(path.parent for path in resources.captures().glob("*/case.toml"))


def truth(case: Path) -> dict[str, Any]:
    """What really happened."""
    return tomllib.loads((case / "truth.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Result]:
    """The report of each sample in each language."""
    out = tmp_path_factory.mktemp("reports")
    specs = {
        (case.name, lang): ReportSpec((str(case),), str(out), f"{case.name}-{lang}", lang=lang)
        for case in CASES
        for lang in ("en", "fr")
    }
    return dict(zip(specs, run_all(list(specs.values()), jobs=2), strict=True))


class _Text(HTMLParser):
    """The text of a page as it is read, and the addresses it names."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.addresses: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if name in ("src", "href", "srcset", "data") and value]


def _page(result: Result) -> _Text:
    assert result.html is not None, result.error
    page = _Text()
    page.feed(Path(result.html).read_text(encoding="utf-8"))
    return page


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_truth_is_in_the_report(case: Path, lang: Lang, reports: dict[tuple[str, str], Result]) -> None:
    result = reports[case.name, lang]
    text = "".join(_page(result).text)
    told = truth(case)
    assert result.status == "ok"
    # Who takes a parked call dials for it: without log or CEL nothing ties that call to the one that was parked.
    retrieved = sum(turn["kind"] == "unpark" and bool(turn["by"]) for turn in told.get("turns", []))
    assert result.summary["calls"] == len(told.get("calls", [])) + retrieved
    for call in told.get("calls", []):
        assert words(lang)(f"state-{call['state']}") in text
        assert call["status"] is None or str(call["status"]) in text
        assert call["from_user"] in text
    for registration in told.get("registrations", []):
        assert registration["aor"] in text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_is_loaded_from_anywhere(case: Path, reports: dict[tuple[str, str], Result]) -> None:
    result = reports[case.name, "en"]
    page = _page(result)
    assert all(address.startswith(("#", "data:")) for address in page.addresses)
    assert result.html is not None
    source = Path(result.html).read_text(encoding="utf-8")
    assert not re.search(r"url\((?!\s*[\"']?(#|data:))|@import", source)


def test_every_artefact_is_there(reports: dict[tuple[str, str], Result]) -> None:
    result = reports["clean-call", "fr"]
    assert result.html is not None
    html = Path(result.html)
    assert json.loads(html.with_suffix(".json").read_text(encoding="utf-8")) == result.summary
    assert html.with_suffix(".ipynb").is_file()
    assert '<html lang="fr">' in html.read_text(encoding="utf-8")


def test_a_healthy_call_is_pointed_out_for_nothing(reports: dict[tuple[str, str], Result]) -> None:
    summary = reports["clean-call", "en"].summary
    assert (summary["failures"], summary["degraded"], summary["problems"]) == (0, 0, [])


@pytest.mark.filterwarnings("default")  # those of kernels and their sockets are not ours
def test_a_report_with_a_kernel(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "{braces} and spaces"
    result = run_report(ReportSpec((str(sample),), str(out), "clean", title="Ticket <4711>"))
    assert result.status == "ok", result.error
    assert "Ticket <4711>" in "".join(_page(result).text)


@pytest.mark.filterwarnings("default")
def test_a_notebook_that_fails_says_where_and_leaves_no_old_page(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "old.html").write_text("of yesterday")
    notebook = write_notebook(tmp_path / "source.ipynb", WRITE_RESULT, "1 / 0")
    result = run_report(ReportSpec((str(sample),), str(tmp_path), "old", notebook=notebook))
    assert result.status == "failed"
    # Cells are counted as in the notebook it leaves: papermill puts the parameters it was given in one of its own.
    assert result.error == "old, cell 4: ZeroDivisionError: division by zero"
    assert result.error_kind == "ZeroDivisionError"
    assert not (tmp_path / "old.html").exists()


@pytest.mark.filterwarnings("default")
def test_evidence_that_turns_out_to_be_none_is_told_in_its_own_words(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "head.pcap").write_bytes((sample / "capture.pcap").read_bytes()[:10])
    (result,) = run_all([ReportSpec((str(tmp_path / "head.pcap"),), str(tmp_path), "x")])
    assert (result.status, result.error_kind) == ("failed", "EvidenceError")
    assert result.error == f"{tmp_path / 'head.pcap'}: not a capture; give a pcap or pcapng file"


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("written", ["not JSON", "[1, 2]", "{}"])
def test_a_result_file_that_holds_no_result(written: str, sample: Path, tmp_path: Path) -> None:
    notebook = write_notebook(
        tmp_path / "source.ipynb", f"import pathlib; pathlib.Path(result_file).write_text({written!r})"
    )
    (result,) = run_all([ReportSpec((str(sample),), str(tmp_path), "x", notebook=notebook)])
    assert result.status == "failed"
    assert "without its result file" in result.error


def test_a_parameter_the_notebook_has_not(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the notebook has no parameter colour"):
        run_report(ReportSpec((str(sample),), str(tmp_path), "x", parameters={"colour": "red"}))


def test_evidence_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"missing\.pcap"):
        run_report(ReportSpec((str(tmp_path / "missing.pcap"),), str(tmp_path), "x"))


def test_what_a_capture_says_never_becomes_markup(tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    invite = (
        f"INVITE sip:1002@10.0.0.2 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK{evil}\r\n"
        f'From: "{evil}" <sip:{evil}@10.0.0.1>;tag={evil}\r\nTo: <sip:{evil}@10.0.0.2>\r\nCall-ID: {evil}\r\n'
        f"CSeq: 1 INVITE\r\nUser-Agent: {evil}\r\nContent-Length: 0\r\n\r\n"
    )
    refused = invite.replace("INVITE sip:1002@10.0.0.2 SIP/2.0", f"SIP/2.0 404 {evil}")
    capture = tmp_path / "<b>trace.pcap"
    tpcap(
        capture,
        [
            tudp("10.0.0.1:5060", "10.0.0.2:5060", invite.encode()),
            tudp("10.0.0.2:5060", "10.0.0.1:5060", refused.encode(), 0.1),
        ],
    )
    (result,) = run_all([ReportSpec((str(capture),), str(tmp_path), "evil")])
    assert result.html is not None, result.error
    source = Path(result.html).read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in source
    assert not re.search(r"<script|<img|<b>trace", source)

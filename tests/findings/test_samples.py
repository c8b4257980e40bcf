"""The samples, which are recordings of real calls: each has the findings that its truth tells, no others, and their proofs open."""

from __future__ import annotations

import subprocess
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.case import Case
from xivolab.findings.severity import SEVERITY
from xivolab.net.tshark import tshark_path

SAMPLES = sorted(path.parent.name for path in (ROOT / "captures").glob("*/truth.toml"))
_ONLY_A_LOG_TELLS = {"dialplan-no-extension": "number-not-found", "endpoint-unavailable": "number-not-found"}
"""What SIP alone makes of it: the PBX says 404 for both."""
_ONLY_QUEUE_LOG_TELLS = {"queue-abandoned", "queue-timeout"}
_ONLY_A_CAPTURE_TELLS = {"packet-loss", "one-way-audio", "private-address-in-sdp", "sip-alg"}

_REMARKS = {
    "media-not-captured",
    "evidence-incomplete",
    "transcoding",
    "hold",
    "transfer",
    "pickup",
    "parking",
    "dtmf",
} | {
    "early-media",
    "forked",
    "call-forwarded",
}
"""Facts, and what is said of the evidence: a truth tells faults."""


def truth(name: str) -> set[str]:
    told = tomllib.loads((ROOT / "captures" / name / "truth.toml").read_text())
    return {fault["code"] for fault in told.get("faults", ())}


def causes(case: Case) -> set[str]:
    found = case.table("findings")
    return {
        code
        for code, role in zip(found["code"].tolist(), found["role"].tolist(), strict=True)
        if role == "cause" and code not in _REMARKS
    }


def folders(name: str) -> list[Path]:
    both = (ROOT / "captures" / name, ROOT / "sample_logs" / name)
    return [folder for folder in both if folder.is_dir()]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_capture_alone(name: str) -> None:
    wanted = {_ONLY_A_LOG_TELLS.get(code, code) for code in truth(name)}

    assert causes(xivolab.open(ROOT / "captures" / name)) == wanted - _ONLY_QUEUE_LOG_TELLS


@pytest.mark.parametrize("name", SAMPLES)
def test_a_log_alone(name: str) -> None:
    hidden = set() if name == "rtp-debug" else _ONLY_A_CAPTURE_TELLS  # its log tells every packet of RTP

    assert causes(xivolab.open(ROOT / "sample_logs" / name / "full")) == truth(name) - hidden - _ONLY_QUEUE_LOG_TELLS


@pytest.mark.parametrize("name", SAMPLES)
def test_all_there_is(name: str) -> None:
    case = xivolab.open(*folders(name))

    assert causes(case) == truth(name)
    told = {code for codes in case.table("calls")["findings"].tolist() for code in codes} - _REMARKS
    assert told <= truth(name)
    assert all(code in SEVERITY for code in told)


def test_every_proof_opens() -> None:
    """`tshark -Y frame.number==N` of that very file prints the text; `sed -n Np` does."""
    frames: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    lines: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name in SAMPLES:
        for row in xivolab.open(*folders(name)).table("findings").records():
            for proof in row["evidence"]:
                kind = frames if "frame" in proof else lines
                kind[proof["file"]][proof.get("frame", proof.get("line"))].add(proof["text"])
    assert len(frames) > 9
    assert len(lines) > 2
    for file, quoted in lines.items():
        text = Path(file).read_text(errors="replace").split("\n")
        for number, texts in quoted.items():
            assert all(one in text[number - 1] for one in texts), (file, number, texts, text[number - 1])
    for file, by_frame in frames.items():
        wanted = " or ".join(f"frame.number=={number}" for number in by_frame)
        command = [tshark_path(), "-r", file, "-Y", wanted]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        shown = {int(line.split()[0]): line for line in printed.splitlines() if line.strip()}
        for number, texts in by_frame.items():
            assert all(one.lower() in shown[number].lower() for one in texts), (file, number, texts, shown.get(number))


def test_the_asterisk_whose_log_tells_a_stream_is_an_end_of_it() -> None:
    """And what is lost is told and proven from the log alone."""
    log = ROOT / "sample_logs" / "rtp-debug" / "full"
    (found,) = (one for one in xivolab.open(log, tz="UTC").table("findings").records() if one["code"] == "packet-loss")
    proof = found["evidence"][0]
    assert proof["text"] in log.read_text().splitlines()[proof["line"] - 1]

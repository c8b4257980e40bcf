"""The title of a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.made_case import MadeCase, MadeFile
from xivolab.report.title import title_of


@pytest.mark.parametrize(
    ("told", "english", "french"),
    [
        ('title.en = "A call"\ntitle.fr = "Un appel"', "A call", "Un appel"),
        ('title.fr = "Un appel"', "Un appel", "Un appel"),
        ('title = "Ticket 4711"', "Ticket 4711", "Ticket 4711"),
        ('name = "one-way"', "one-way", "one-way"),
        ("", "a.pcap, b.pcap", "a.pcap, b.pcap"),
        ("= broken", "a.pcap, b.pcap", "a.pcap, b.pcap"),
    ],
)
def test_what_a_case_folder_calls_itself(told: str, english: str, french: str, tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text(f"[case]\n{told}\n")
    case = MadeCase(files=[MadeFile(str(tmp_path / "a.pcap")), MadeFile(str(tmp_path / "b.pcap"))])
    assert title_of(case, "en") == english  # type: ignore[arg-type]
    assert title_of(case, "fr") == french  # type: ignore[arg-type]


def test_files_without_a_folder_of_their_own() -> None:
    case = MadeCase(files=[MadeFile("/x/a.pcap"), MadeFile("/y/full")])
    assert title_of(case, "en") == "a.pcap, full"  # type: ignore[arg-type]

"""The tables of samples."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.captures import ROOT
from xivolab.bench import tables


@pytest.mark.parametrize("part", ["captures", "sample_logs"])
def test_the_tables_kept_are_those_of_the_samples_kept(part: str, tmp_path: Path) -> None:
    for case in (ROOT / part).glob("*/case.toml"):
        (tmp_path / part / case.parent.name).mkdir(parents=True)
        shutil.copy(case, tmp_path / part / case.parent.name)

    tables.write(tmp_path)

    assert (tmp_path / part / "README.md").read_text() == (ROOT / part / "README.md").read_text()


def test_a_row_tells_what_it_shows_and_how_to_record_it_again() -> None:
    row = next(line for line in (ROOT / "captures" / "README.md").read_text().splitlines() if "`trunk-call`" in line)

    assert "through the operator's trunk" in row
    assert "pbx:any, pcap" in row
    assert "`xivolab pbx record trunk-call --samples`" in row

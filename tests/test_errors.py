"""Errors as one line, and the same as data."""

from __future__ import annotations

import pytest

from xivolab import errors
from xivolab.errors import EvidenceError, LabError, MissingToolError, Problem, UsageError, XivolabError


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (XivolabError("no such file", "a.pcap", "check the path"), "a.pcap: no such file; check the path"),
        (XivolabError("no such file", "a.pcap"), "a.pcap: no such file"),
        (XivolabError("no such file", remedy="check the path"), "no such file; check the path"),
        (XivolabError("no such file"), "no such file"),
    ],
)
def test_an_error_is_one_line(error: XivolabError, line: str) -> None:
    assert str(error) == line


@pytest.mark.parametrize("kind", [UsageError, EvidenceError, MissingToolError, LabError])
def test_every_kind_can_be_caught_as_ours(kind: type[XivolabError]) -> None:
    with pytest.raises(XivolabError, match="here: wrong; mend it"):
        raise kind("wrong", "here", "mend it")


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = {line.split()[1] for line in (errors.__doc__ or "").splitlines() if line.strip().startswith(("├", "└"))}
    assert drawn == {kind.__name__ for kind in XivolabError.__subclasses__()}


def test_a_problem_reads_like_the_error() -> None:
    assert (
        str(Problem("a.pcap", "byte 24", "cut short", "copy it again")) == "a.pcap: byte 24: cut short; copy it again"
    )
    assert str(Problem("a.pcap", "", "cut short")) == "a.pcap: cut short"
    assert Problem("a.pcap", "", "cut short").severity == "warning"

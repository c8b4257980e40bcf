"""Commands in a part."""

from __future__ import annotations

import pytest

from xivolab.bench.plant.bench import Bench
from xivolab.bench.plant.inside import attach, command
from xivolab.errors import UsageError


def test_one_word_is_the_shell_s_and_none_is_a_shell() -> None:
    assert command([]) == ["bash"]
    assert command(["grep x y | wc -l"]) == ["bash", "-c", "grep x y | wc -l"]
    assert command(["asterisk", "-rx", "core show version"]) == ["asterisk", "-rx", "core show version"]


def test_the_exit_status_and_the_output_come_through(bench: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    assert attach(bench, "pbx", ["echo $LOUD; exit 3"], "asterisk", {"LOUD": "yes"}) == 3
    assert capfd.readouterr().out == "yes\n"


def test_a_part_that_is_none_is_told(bench: Bench) -> None:
    with pytest.raises(UsageError, match="db, mail, pbx"):
        attach(bench, "fax", [], "root", {})

"""Output asked for from a server."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest

from xivolab.asterisk.cli.fetch import fetch, poll, words_of
from xivolab.errors import EvidenceError, MissingToolError, UsageError


@pytest.fixture
def asterisk(tmp_path: Path) -> str:
    """A command that prints its words, one a line, and fails for "core show nothing"."""
    program = tmp_path / "asterisk"
    program.write_text(
        '#!/bin/sh\n[ "$2" = "core show nothing" ] && echo no server >&2 && exit 1\nprintf "%s\\n" "$@"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return f"{program} -rx"


def test_the_command_is_one_word_and_no_shell_sees_it(asterisk: str) -> None:
    answer = fetch(asterisk, "pjsip show  channelstats")

    assert answer.text == "-rx\npjsip show channelstats\n"
    assert answer.told.splitlines()[1:3] == ["*CLI> pjsip show channelstats", "-rx"]


def test_over_ssh_the_command_is_quoted_for_the_other_shell() -> None:
    assert words_of("ssh -p 22 root@pbx asterisk -rx", "queue show") == (
        "ssh",
        "-p",
        "22",
        "root@pbx",
        "asterisk",
        "-rx",
        "'queue show'",
    )
    assert words_of("docker exec pbx asterisk -rx", "queue show")[-1] == "queue show"


@pytest.mark.parametrize(
    "command",
    [
        "core stop now",
        "pjsip show endpoints; rm -rf /",
        "pjsip show $(x)",
        "pjsip show `x`",
        "channel request hangup all",
        "!ls",
        "",
    ],
)
def test_nothing_is_asked_that_may_do_more_than_show(command: str) -> None:
    with pytest.raises(UsageError, match="is not asked"):
        words_of("asterisk -rx", command)


@pytest.mark.parametrize("by", ["", "ssh pbx", "ssh 'pbx"])
def test_what_cannot_be_run_is_told(by: str) -> None:
    with pytest.raises(UsageError):
        words_of(by, "queue show")


def test_failures_are_told_in_a_line(asterisk: str, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="no server"):
        fetch(asterisk, "core show nothing")
    with pytest.raises(MissingToolError, match="is not installed"):
        fetch(f"{tmp_path}/missing -rx", "queue show")
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 5\n")
    slow.chmod(0o755)
    with pytest.raises(EvidenceError, match=r"no answer within 0\.2 s"):
        fetch(f"{slow} -rx", "queue show", timeout=0.2)


def test_polling_ends_in_time(asterisk: str) -> None:
    begun = time.monotonic()
    answers = list(poll(asterisk, ["queue show", "core show hints"], every_s=0.2, for_s=0.5))

    assert [answer.command for answer in answers] == ["queue show", "core show hints"] * 3
    assert time.monotonic() - begun < 2
    assert len(list(poll(asterisk, ["queue show"], every_s=0, for_s=0))) == 1

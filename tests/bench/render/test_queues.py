from __future__ import annotations

from tests.bench.model.everything import everything
from xivolab.bench.render.queues import queues


def test_members_of_a_group_are_lines_and_agents_are_in_no_file() -> None:
    text = queues(everything())
    assert "member = PJSIP/abcdefgh,0,Alice Martin,PJSIP/abcdefgh\n" in text.partition("[accueil]")[2]
    assert "Agent" not in text


def test_options_of_a_queue() -> None:
    text = queues(everything()).partition("[support]")[2]
    for line in ("strategy = rrmemory", "maxlen = 3", "joinempty = paused,unavailable", "leavewhenempty = invalid",
                 "periodic-announce = patience", "autopause = yes", "announce-holdtime = once"):  # fmt: skip
        assert f"{line}\n" in text

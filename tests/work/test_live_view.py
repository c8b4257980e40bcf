"""The state at one moment, for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.work.traffic_made import MadeAttempt, call_packets, case_of
from xivolab.work.live_snapshot import Snapshot
from xivolab.work.live_view import AT_MOST, LiveView, word


def view(folder: Path, *made: MadeAttempt, lang: str = "en") -> LiveView:
    case = case_of(folder, [p for n, one in enumerate(made) for p in call_packets(n, one)])
    return LiveView(Snapshot(case, 0), "lo", True, lang)


def test_before_the_first_packet() -> None:
    waiting = LiveView(None, "lo", True, "fr")
    assert waiting.text().splitlines() == [
        "lo · à l’écoute",
        "Rien encore : dans l’attente du premier paquet.",
    ]
    assert "attente" in waiting._repr_mimebundle_()["text/html"]


def test_before_the_first_call(tmp_path: Path) -> None:
    assert "No call yet." in view(tmp_path).text()


def test_a_list_and_a_ladder(tmp_path: Path) -> None:
    shown = view(tmp_path, MadeAttempt(0, status=486), MadeAttempt(5, talks=None))
    lines = shown.text().splitlines()
    assert lines[1].split("  ") == ["22:13:25", "1001 → 1002", "in call", "1 ms"]
    assert "busy 486" in lines[2]
    assert any("INVITE" in line for line in lines)
    assert max(map(len, shown.text(60).splitlines())) <= 80
    html = shown._repr_mimebundle_()["text/html"]
    assert "xl-badge" in html
    assert 'class="xivolab"' in html


def test_only_so_many_calls_are_listed(tmp_path: Path) -> None:
    shown = view(tmp_path, *[MadeAttempt(n) for n in range(AT_MOST + 3)], lang="fr")
    assert "3 appels plus anciens" in shown.text()
    assert "3 appels plus anciens" in shown._repr_mimebundle_()["text/html"]


def test_what_a_capture_says_is_escaped(tmp_path: Path) -> None:
    html = view(tmp_path, MadeAttempt(0, user="<img src=x>"))._repr_mimebundle_()["text/html"]
    assert "<img" not in html


@pytest.mark.parametrize("key", ["running", "stopped", "waiting", "no-calls", "lasted", "loss", "packets"])
def test_words_are_in_both_languages(key: str) -> None:
    assert word(key, "en") != word(key, "fr")

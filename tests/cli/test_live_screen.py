"""The screen: what fills it, and what its keys do."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from tests.work.traffic_made import MadeAttempt, call_packets, case_of
from xivolab.cli.live_screen import frame, tail
from xivolab.work.live_snapshot import Snapshot
from xivolab.work.live_view import LiveView


def drawn(view: LiveView, width: int, height: int, key: str | None = None) -> list[str]:
    console = Console(width=width, height=height, color_system=None)
    with console.capture() as captured:
        console.print(frame(view, width, height, key))
    return captured.get().rstrip("\n").split("\n")


def view(folder: Path, calls: int, lang: str = "en", key: str | None = None) -> LiveView:
    packets = [packet for n in range(calls) for packet in call_packets(n, MadeAttempt(20 * n, challenged=True))]
    return LiveView(Snapshot(case_of(folder, packets), 0), "lo", True, lang, key=key)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (60, 15)])
@pytest.mark.parametrize("calls", [0, 1, 50])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_fits(width: int, height: int, calls: int, lang: str, tmp_path: Path) -> None:
    lines = drawn(view(tmp_path, calls, lang), width, height)
    assert len(lines) <= height
    assert max(map(len, lines)) <= width
    assert ("stop" if lang == "en" else "arrêter") in lines[-1]
    assert ("│" in "\n".join(lines)) == bool(calls)


def test_the_call_chosen_stays_in_sight(tmp_path: Path) -> None:
    oldest = view(tmp_path, 50).snapshot
    assert oldest is not None
    key = oldest.calls[-1].record["id"]
    lines = drawn(view(tmp_path, 50, key=key), 80, 24, key)
    assert any(line.startswith("22:13:20") for line in lines)
    assert "44 earlier calls" in "\n".join(lines)


def test_a_long_ladder_keeps_its_head_and_its_end() -> None:
    lines = ["title", "date", "", "a   b", *[f"{n} │ │" for n in range(40)]]
    shown = tail(lines, 20)
    assert len(shown) == 20
    assert shown[:5] == ["title", "date", "", "a   b", "…"]
    assert shown[-1] == "39 │ │"
    assert tail(lines, 100) == lines
    assert len(tail(lines, 2)) == 2
    assert tail(lines, 4) == ["a   b", "…", "38 │ │", "39 │ │"]

"""How traffic is laid out in pixels."""

from __future__ import annotations

from tests.views.traffic_tables import by, series, summary
from xivolab.views.scene import Box, Curve, Item, Scene, Text
from xivolab.views.traffic import traffic_plots


def scene(calls: list[int], failed: list[int] | None = None, lang: str = "en") -> Scene:
    shares = by(*[("peer", f"host{n}", 9 - n, 0) for n in range(8)], ("status", "404", 3, 4))
    return traffic_plots(summary(), series(calls, failed), shares, lang=lang).scene()


def flat(items: tuple[Item, ...]) -> list[Item]:
    return [inner for item in items for inner in (flat(item.items) if hasattr(item, "items") else [item])]


def test_everything_lies_within_the_picture() -> None:
    drawn = scene([1, 2, 3] * 400, [0, 1, 0] * 400)
    for item in flat(drawn.items):
        if isinstance(item, Box):
            assert item.x >= 0
            assert item.x + item.width <= drawn.width + 0.01
            assert item.y + item.height <= drawn.height
        elif isinstance(item, Text):
            assert 0 <= item.x <= drawn.width
            assert 0 < item.y <= drawn.height
        elif isinstance(item, Curve):
            assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in item.points)


def test_failures_are_a_line_of_their_own_with_a_word() -> None:
    words = [item.text for item in flat(scene([1, 2], [0, 1]).items) if isinstance(item, Text)]
    assert "━ failed or rejected" in words
    assert not any("failed" in item.text for item in flat(scene([1, 2]).items) if isinstance(item, Text))


def test_a_steady_level_is_one_box() -> None:
    washes = [item for item in flat(scene([2] * 100).items) if isinstance(item, Box) and item.fill == "wash"]
    assert len(washes) == 1


def test_the_shares_that_are_not_shown_are_counted() -> None:
    words = [item.text for item in flat(scene([1], lang="fr").items) if isinstance(item, Text)]
    assert "3 autres" in words
    assert "3 · ASR 50,0 % · 4 REG" in words


def test_hours_of_seconds_make_a_small_picture() -> None:
    drawn = traffic_plots(summary(), series([n % 7 for n in range(7200)]), by()).svg()
    assert len(drawn) < 60_000

"""Draws the media of a ladder: bands between lanes, and what is known of each stream."""

from __future__ import annotations

from xivolab.views.captions import Captions
from xivolab.views.flow import Media, Voice
from xivolab.views.ladder_grid import LABEL, SMALL, VOICE_HEIGHT, Grid, Strip
from xivolab.views.measure import fit, text_width, whole_parts
from xivolab.views.scene import Box, Details, Group, Ink, Line, Text


def bands(grid: Grid) -> list[Box]:
    """One band for each pair of lanes and stretch of time in which RTP runs between them, wide ones behind."""
    spans: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for strip in grid.strips:
        for voice in strip.row.voices if isinstance(strip.row, Media) else ():
            stretches = spans.setdefault(voice.pair, [])
            bottom = max(grid.y_of(voice.stream.end, strip), strip.bottom)
            if stretches and stretches[-1][1] >= strip.top:
                stretches[-1] = (stretches[-1][0], max(stretches[-1][1], bottom))
            else:
                stretches.append((strip.top, bottom))
    boxes = []
    for pair, stretches in sorted(spans.items(), key=lambda item: item[0][0] - item[0][1]):
        left, right = grid.span(*pair)
        for top, bottom in stretches:
            boxes.append(Box(left + 6, top + 2, right - left - 12, bottom - top - 4, "media", "edge", radius=5))
    return boxes


def voices(media: Media, strip: Strip, grid: Grid, captions: Captions) -> list[Group]:
    """The streams that begin in one row."""
    groups: list[Group] = []
    for number, slot in enumerate(media.slots()):
        top = strip.top + 3 + VOICE_HEIGHT * number
        told = captions.figures(slot)
        details = Details(*told, top, VOICE_HEIGHT) if told else None
        # What stands side by side opens together.
        groups += [_voice(voice, top, grid, captions, None if n else details) for n, voice in enumerate(slot)]
    return groups


def _voice(voice: Voice, top: float, grid: Grid, captions: Captions, details: Details | None) -> Group:
    """Direction, codec and MOS; under them what was counted; all figures open."""
    first, counted = captions.voice(voice)
    left, right = grid.span(*voice.pair)
    room = right - left - 56
    counted = whole_parts(counted, room + 20, lambda text: text_width(text, SMALL))
    middle = grid.middle(voice.source, voice.target, text_width(counted, SMALL))
    tail, tip = (left + 14, left + 34) if voice.target >= voice.source else (right - 14, right - 34)
    ink: Ink = "failure" if "✖" in first else "text"
    items = (
        Line(tail, top + 13, tip, top + 13, "text", 2.4, head=True),
        Text(middle, top + 16, fit(first, LABEL, room), ink, LABEL, "middle", bold=True, halo="media"),
        Text(middle, top + 31, counted, "text", SMALL, "middle", halo="media"),
    )
    return Group("stream", items, captions.voice_tooltip(voice), details)

"""Bands and streams in a ladder."""

from __future__ import annotations

from xivolab.testing import ALICE, BOB, PBX, tcall, tmessage, tstream
from xivolab.testing.calls import MadeCall
from xivolab.views.captions import Captions
from xivolab.views.flow import flow
from xivolab.views.ladder_picture import ladder_scene
from xivolab.views.scene import Box, Group, Line, Scene


def scene(call: MadeCall) -> Scene:
    found = flow(call)
    return ladder_scene(found, Captions(call, found, "en"), secrets=False)


def groups(scene: Scene, kind: str) -> list[Group]:
    return [group for group in scene.groups() if group.kind == kind]


def bands(scene: Scene) -> list[Box]:
    return [item for item in scene.items if isinstance(item, Box) and item.fill == "media"]


def test_a_band_reaches_from_the_first_packet_to_the_last() -> None:
    drawn = scene(tcall())
    y = [next(item.y1 for item in group.items if isinstance(item, Line)) for group in groups(drawn, "message")]
    assert len(bands(drawn)) == 2
    for band in bands(drawn):
        assert y[11] < band.y  # after the ACK
        assert band.y + band.height < y[12]  # before the BYE


def test_a_stream_that_stops_early_ends_within_the_idle_time() -> None:
    def band_of(end: float) -> Box:
        return bands(scene(tcall([tmessage(at=0), tmessage(at=20)], [tstream(start=0.1, end=end)])))[0]

    short, half, whole = (band_of(end).height for end in (0.2, 10, 19.9))
    assert short < half < whole


def test_media_that_ran_across_messages_lies_behind_them() -> None:
    messages = [tmessage(at=0), tmessage(at=0.5), tmessage(at=0.6)]
    drawn = scene(
        tcall(messages, [tstream(start=0.1, end=0.55), tstream(f"{PBX}:1", f"{ALICE}:1", start=0.52, end=0.59)])
    )
    assert len(bands(drawn)) == 1  # both directions, one band
    assert drawn.items.index(bands(drawn)[0]) < drawn.items.index(groups(drawn, "message")[0])


def test_direct_media_spans_the_lane_between() -> None:
    drawn = scene(tcall(None, [tstream(f"{ALICE}:4000", f"{BOB}:4000"), tstream(start=2.3)]))
    wide, narrow = bands(drawn)
    assert wide.width > 1.9 * narrow.width


def test_a_row_of_streams_opens_their_figures() -> None:
    streams = [
        tstream(burst_max=7, loss_bursts=1, burst_histogram=[0] * 6 + [1] + [0] * 9),
        tstream(f"{PBX}:10002", f"{BOB}:4010", ssrc="0x00000009"),
    ]
    first, second = groups(scene(tcall(None, streams)), "stream")
    assert first.details is not None
    assert second.details is None  # side by side: they open together
    assert set(first.details.heading.split(" | ")) == {
        f"{way} · PCMA · MOS 4.41 ✔ good" for way in ("alice → pbx", "pbx → bob")
    }
    assert "7 ×1" in first.details.text
    assert "SSRC 0x00000009" in first.details.text
    assert any(item.y1 > first.details.top for item in first.items if isinstance(item, Line))

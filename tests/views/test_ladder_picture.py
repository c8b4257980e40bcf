"""How a ladder is laid out in pixels."""

from __future__ import annotations

import itertools

from xivolab.testing import ALICE, BOB, PBX, START, tcall, tmessage, tstream
from xivolab.testing.calls import MadeCall
from xivolab.views.captions import Captions
from xivolab.views.flow import flow
from xivolab.views.ladder_picture import ladder_scene
from xivolab.views.scene import Box, Group, Line, Scene, Text


def scene(call: MadeCall) -> Scene:
    found = flow(call)
    return ladder_scene(found, Captions(call, found, "en"), secrets=False)


def groups(scene: Scene, kind: str) -> list[Group]:
    return [group for group in scene.groups() if group.kind == kind]


def bands(scene: Scene) -> list[Box]:
    return [item for item in scene.items if isinstance(item, Box) and item.fill == "media"]


def test_nothing_leaves_the_picture() -> None:
    drawn = scene(tcall())
    for group in groups(drawn, "message"):
        for item in group.items:
            if isinstance(item, Line):
                assert min(item.x1, item.x2) >= 0
                assert max(item.x1, item.x2) <= drawn.width
            if isinstance(item, Text):
                assert drawn.head < item.y < drawn.height


def test_arrows_go_from_sender_to_receiver_row_below_row() -> None:
    drawn = scene(tcall())
    lanes = [next(item.x for item in group.items if isinstance(item, Text)) for group in groups(drawn, "host")]
    arrows = [next(item for item in group.items if isinstance(item, Line)) for group in groups(drawn, "message")]
    assert arrows[0].x1 == lanes[0]
    assert abs(arrows[0].x2 - lanes[1]) < 3
    assert arrows[1].x2 < arrows[1].x1  # the answer comes back
    assert [arrow.y1 for arrow in arrows] == sorted(arrow.y1 for arrow in arrows)
    assert all(arrow.head for arrow in arrows)


def test_the_strips_that_open_messages_do_not_overlap() -> None:
    strips = [group.details for group in groups(scene(tcall()), "message") if group.details]
    for above, below in itertools.pairwise(strips):
        assert above.top + above.height <= below.top


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


def test_a_message_to_oneself_and_one_from_nobody() -> None:
    drawn = scene(tcall([tmessage(dst=f"{ALICE}:5060"), tmessage(src=None)], []))
    assert len(groups(drawn, "message")) == 2


def test_direct_media_spans_the_lane_between() -> None:
    drawn = scene(tcall(None, [tstream(f"{ALICE}:4000", f"{BOB}:4000"), tstream(start=2.3)]))
    wide, narrow = bands(drawn)
    assert wide.width > 1.9 * narrow.width


def test_the_legend_explains_what_is_there_and_no_more() -> None:
    def legend(call: MadeCall) -> set[str]:
        drawn = scene(call)
        return {item.text for item in drawn.items if isinstance(item, Text) and item.y > drawn.height - 30}

    plain = legend(tcall([tmessage()], []))
    assert "request" in plain
    assert not plain & {"response", "4xx, 5xx, 6xx", "retransmission"}
    assert {"4xx, 5xx, 6xx", "retransmission"} <= legend(tcall([tmessage("SIP/2.0 486 Busy", retransmission=True)], []))


def test_a_call_without_anything_is_a_sentence() -> None:
    assert scene(tcall([], [])).title == "This call has no SIP messages."
    assert len(groups(scene(tcall([], [tstream()])), "stream")) == 1


def test_tooltips_tell_the_exact_time() -> None:
    first = groups(scene(tcall([tmessage(at=0.25)], [], start=START)), "message")[0]
    assert "2023-11-14 22:13:20.250 UTC" in first.title

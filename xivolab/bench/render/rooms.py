"""confbridge.conf: a bridge and two kinds of users for each conference."""

from __future__ import annotations

from xivolab.bench.model import Configuration
from xivolab.bench.render.sections import joined, section


def confbridge(configuration: Configuration) -> str:
    """The text of confbridge.conf."""
    sections = [section("general", [])]
    for room in configuration.conferences:
        user = [
            ("type", "user"),
            ("quiet", room.quiet),
            ("announce_join_leave", room.announcejoinleave),
            ("announce_user_count", room.announceusercount),
            ("music_on_hold_when_empty", room.musiconhold is not None),
            ("music_on_hold_class", room.musiconhold),
            ("wait_marked", room.waitadmin),
            ("dsp_drop_silence", True),
        ]
        sections += [
            section(
                f"xivo-bridge-{room.name}",
                [("type", "bridge"), ("max_members", room.maxusers), ("record_conference", room.record)],
            ),
            section(f"xivo-user-{room.name}", user),
            section(f"xivo-admin-{room.name}", [*user, ("admin", True), ("marked", True)]),
        ]
    return joined(sections)

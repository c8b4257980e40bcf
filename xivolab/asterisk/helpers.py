"""Channels that Asterisk makes for itself: announcers and recorders of conferences, and others that nobody is behind."""

from __future__ import annotations

HELPERS = (
    "AsyncGoto/",
    "Announcer/",
    "Bridge/",
    "CBAnn/",
    "CBRec/",
    "ConfBridgeRecorder/",
    "Message/",
    "Recorder/",
    "Snoop/",
)
"""What their names begin with."""


def is_helper(channel: str) -> bool:
    """Whether a channel is one of these."""
    return channel.startswith(HELPERS)

"""SIP: from the bytes of messages to transactions, dialogs, registrations and what was negotiated."""

from __future__ import annotations

from xivolab.sip.announced import MediaUpdate, media_updates
from xivolab.sip.framing import looks_like_sip, split_messages
from xivolab.sip.store import RawMessages

__all__ = ["MediaUpdate", "RawMessages", "looks_like_sip", "media_updates", "split_messages"]

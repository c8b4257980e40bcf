"""SIP: from the bytes of messages to transactions, dialogs, registrations and what was negotiated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xivolab.sip.announced import MediaUpdates, media_updates
from xivolab.sip.framing import looks_like_sip, split_messages
from xivolab.sip.store import RawMessages

if TYPE_CHECKING:
    from xivolab.sip.tables import SipTables

__all__ = ["MediaUpdates", "RawMessages", "analyse", "looks_like_sip", "media_updates", "split_messages"]


def analyse(
    raw: RawMessages, files: Sequence[str] = (), watched_until: int | None = None, captures: int | None = None
) -> SipTables:
    """The tables of the captured messages `raw`, each made when first asked for.

    `files` names what `raw.file` numbers; `watched_until` is when the captures end (ns), if not with the last message:
    what had no answer by then has failed. The first `captures` of the files are captures, with frames; the others are logs,
    with lines.
    """
    from xivolab.sip.tables import SipTables  # imports the compiler, which recognition and framing do without

    return SipTables(raw, files, watched_until, captures)

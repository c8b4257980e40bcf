"""Messages of several sources as one list: a dialog that a capture has is not taken from a log once more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xivolab.sip import scan
from xivolab.sip.arena import MessageBytes
from xivolab.sip.fields import Fields
from xivolab.sip.index import MessageIndex
from xivolab.sip.store import RawMessages


def merged(captured: RawMessages, told: RawMessages) -> RawMessages:
    """The captured messages, and of those that a log tells the ones whose Call-ID no capture has; by time, file and frame."""
    if not len(told):
        return captured
    if not len(captured):
        return told
    known = set(MessageIndex(captured).words(scan.CALL_ID)[:-1].tolist())
    keep = np.array([call_id not in known for call_id in MessageIndex(told).call_id], np.bool_)
    if not keep.any():
        return captured
    numbers = {place: number for number, place in enumerate(captured.addresses)}
    for place in told.addresses:
        numbers.setdefault(place, len(numbers))
    mapped = np.array([*(numbers[place] for place in told.addresses), -1], np.int32)

    def joined(name: str) -> NDArray[np.generic]:
        one, other = getattr(captured, name), getattr(told, name)[keep]
        return np.concatenate([one, mapped[other] if name in ("src", "dst") else other]).astype(one.dtype, copy=False)

    columns = {name: joined(name) for name in ("file", "frame", "time", "src", "dst", "transport", "ip_id", "ttl")}
    order = np.lexsort((columns["frame"], columns["file"], columns["time"]))
    first = len(captured.data.buffer)
    starts = np.concatenate([captured.data.starts, told.data.starts[keep] + first])[order]
    ends = np.concatenate([captured.data.ends, told.data.ends[keep] + first])[order]
    data = MessageBytes(np.concatenate([captured.data.buffer, told.data.buffer]), starts, ends)
    return RawMessages(
        **{name: column[order] for name, column in columns.items()},  # type: ignore[arg-type]  # as their dtypes say
        data=data,
        fields=Fields.of(data),
        addresses=list(numbers),
    )

"""What the payload types of a stream mean, from the session descriptions of its call."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from xivolab.errors import UsageError
from xivolab.sip.payload_types import STATIC_PAYLOAD_TYPES, encoding_name
from xivolab.sip.sdp import PayloadFormat, Sdp, SdpMedia

_OLD = {2: ("G726-32", 8000, 1), 19: ("CN", 8000, 1)}
"""Types that RFC 3551 no longer assigns and that are still sent."""

_TOLD = re.compile(r"([\w.-]+)(?:/(\d{1,6}))?(?:/(\d))?(?:;(.*))?")

CLOCKS = {"OPUS": 48000, "AMR-WB": 16000, "G7221": 16000}
"""RTP clocks that are not 8000 Hz, by encoding name."""


class Announced:
    """The media lines of some session descriptions, by the endpoint where their sender expects media."""

    def __init__(self, told: Iterable[tuple[int, Sdp]]) -> None:
        """`told` are descriptions with the time (ns) of their message."""
        self._lines: dict[str, list[tuple[int, SdpMedia]]] = defaultdict(list)
        self._all: list[tuple[int, SdpMedia]] = []
        for time, sdp in sorted(told, key=lambda one: one[0]):
            for media in sdp.media:
                if media.port and media.address and media.is_rtp:
                    host = f"[{media.address}]" if ":" in media.address else media.address
                    self._lines[f"{host}:{media.port}"].append((time, media))
                    self._all.append((time, media))

    def lines(self, *endpoints: str) -> list[list[tuple[int, SdpMedia]]]:
        """The lines of each endpoint that announced any, by time; of all endpoints when none of them did.

        An endpoint that no description names is behind a NAT or a relay: then those of the call are the best guess.
        """
        found = [self._lines[end] for end in endpoints if end in self._lines]
        return found or ([self._all] if self._all else [])


class Formats:
    """The formats of one stream. The receiver's announcement counts (RFC 3264, 5.1), else the sender's, else what is static."""

    def __init__(
        self,
        announced: Announced,
        src: str,
        dst: str,
        told: Mapping[int, PayloadFormat] | None = None,
        guess: Mapping[int, PayloadFormat] | None = None,
    ) -> None:
        """`told` goes before what was announced (`parse_told`), `guess` counts where nothing was."""
        self._lines = announced.lines(dst, src)
        self._told = dict(told or {})
        self._guess = dict(guess or {})
        self._cache: dict[int, list[tuple[int, PayloadFormat]]] = {}

    @property
    def encrypted(self) -> bool:
        """Whether the stream is SRTP: every line that announced it says so."""
        lines = [media for told in self._lines for _, media in told if media.kind == "audio"]
        return bool(lines) and all("SAVP" in media.protocol or media.crypto for media in lines)

    def of(self, payload_type: int, time: int) -> PayloadFormat | None:
        """The format of a type at a time (ns): the latest announcement before, else the first after."""
        if payload_type not in self._cache:
            self._cache[payload_type] = self._find(payload_type)
        told = self._cache[payload_type]
        found = None
        for since, format_ in told:
            if found is not None and since > time:
                break
            found = format_
        return found

    def _find(self, payload_type: int) -> list[tuple[int, PayloadFormat]]:
        if payload_type in self._told:
            return [(0, self._told[payload_type])]
        for lines in self._lines:
            named = [
                (time, format_)
                for time, media in lines
                for format_ in media.formats
                if format_.pt == payload_type and format_.name
            ]
            changes = [
                one for before, one in zip([None, *named], named, strict=False) if not before or before[1] != one[1]
            ]
            if changes:
                return changes
        static = STATIC_PAYLOAD_TYPES.get(payload_type) or _OLD.get(payload_type)
        if static:
            return [(0, PayloadFormat(payload_type, *static))]
        return [(0, self._guess[payload_type])] if payload_type in self._guess else []


def parse_told(told: Mapping[int, str]) -> dict[int, PayloadFormat]:
    """Payload types that somebody explains: {96: "opus/48000/2"}, `;` and parameters as in `a=fmtp` behind it.

    Raises UsageError.
    """
    found: dict[int, PayloadFormat] = {}
    for payload_type, text in told.items():
        match = _TOLD.fullmatch(text.strip())
        if match is None or not 0 <= payload_type < 128:
            raise UsageError(
                f"no codec {text!r}", f"payload type {payload_type}", "write 96=opus/48000 or 97=AMR/8000;octet-align=1"
            )
        found[payload_type] = named(payload_type, match[1], int(match[2] or 0), int(match[3] or 1), match[4] or "")
    return found


def named(payload_type: int, name: str, clock: int = 0, channels: int = 1, fmtp: str = "") -> PayloadFormat:
    """A format by its encoding name, with the usual clock where none is given."""
    name = encoding_name(name)
    return PayloadFormat(payload_type, name, clock or CLOCKS.get(name.upper(), 8000), channels, fmtp)

"""What stands on the arrows, bands and heads of a ladder."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo
from functools import cached_property
from math import inf
from pathlib import PurePath

from xivolab.events.words import error_in_words
from xivolab.net.display_filter import of_frames
from xivolab.sip.sdp import Sdp
from xivolab.views.clean import hide_secrets
from xivolab.views.clock import absolute
from xivolab.views.counterparts import counterparts
from xivolab.views.flow import UNKNOWN, Arrow, Event, Flow, Lane, Returned, Voice
from xivolab.views.ladder_style import CHALLENGES, style
from xivolab.views.ladder_words import STATES_FR, WORDS
from xivolab.views.moments import Moment
from xivolab.views.names import name_in, role_in, ssrc_of, way_of
from xivolab.views.stream_figures import in_text
from xivolab.views.stream_words import StreamWords
from xivolab.views.subjects import Call, Message, Stream

GOOD_MOS, POOR_MOS = 4.0, 3.6
"""ITU-T G.107 annex B: from 4.03 users are satisfied, under 3.60 many are not."""

_REFER_TO = re.compile(r"(?im)^(?:refer-to|r)[ \t]*:[^<\r\n]*<?((?:sips?|tel):[^>\s?]+)")
_SHORT = {"telephone-event": "tel-event"}


class Captions:
    """The texts of one call's ladder in one language."""

    def __init__(self, call: Call, flow: Flow, lang: str, zone: tzinfo = UTC) -> None:
        self.call = call
        self.zone = zone
        self.flow = flow
        self.words = WORDS[lang]
        self.lang = lang

    @cached_property
    def counterparts(self) -> dict[int, Arrow]:
        """The message that each is best compared with."""
        return counterparts(self.flow)

    def number(self, value: float, digits: int) -> str:
        """A number with the decimal sign of the language."""
        return f"{value:.{digits}f}".replace(".", self.words["decimal"])

    def absolute(self, time: float) -> str:
        """An epoch as date and time of day, to the millisecond."""
        return absolute(time, self.zone)

    def relative(self, time: float | None) -> str:
        """Seconds since the first event."""
        return "" if time is None or self.flow.start is None else self.number(time - self.flow.start, 3)

    def idle(self, seconds: float) -> str:
        """How long nothing happened."""
        return f"… {self.number(seconds, 1 if seconds < 100 else 0)} s"

    def title(self) -> str:
        """Who called whom."""
        return f"{self.call.from_user or '?'} → {self.call.to_user or '?'}"

    def outcome(self) -> str:
        """How the call ended."""
        state = STATES_FR.get(self.call.state, self.call.state) if self.lang == "fr" else self.call.state
        parts = [state]
        if self.call.status is not None:
            parts.append(str(self.call.status))
        if self.call.talk_s:
            parts.append(f"{self.words['talk']} {self.number(self.call.talk_s, 1)} s")
        return " · ".join(parts)

    def extent(self) -> str:
        """When it began and how much there is."""
        parts = [self.absolute(self.flow.start)] if self.flow.start is not None else []
        for count, word in ((len(self.call.messages), "message"), (len(self.call.streams), "stream")):
            if count:
                parts.append(f"{count} {self.words[word if count == 1 else word + 's']}")
        return " · ".join(parts)

    def lane(self, lane: Lane) -> tuple[str, str]:
        """The two lines of a lane's head: its name and role, and its address with the port if all its SIP uses one."""
        if lane.name == UNKNOWN:
            if any(message.line is not None for message in self.call.messages):
                return "Asterisk", self.words["not in the log"]
            return UNKNOWN, self.words["unknown"]
        addresses = ", ".join(lane.addresses)
        port = lane.ports[0] if len(lane.ports) == 1 and not addresses.endswith(f":{lane.ports[0]}") else ""
        if not lane.name:
            return addresses, f":{port}" if port else ""
        name, role = name_in(lane, self.lang), role_in(lane.role, self.lang)
        says = any(word and name.lower().startswith(word.lower()) for word in (lane.role, role))
        named = f"{name} ({role})" if role and not says else name
        return named, endpoint(addresses, port) if port and len(lane.addresses) == 1 else addresses

    def label(self, arrow: Arrow) -> tuple[str, str]:
        """What stands on an arrow: the method or status, and what else helps to find one's way."""
        message = arrow.message
        notes = [] if message.cseq is None else [f"CSeq {message.cseq}"]
        if message.is_request:
            first = message.method or "?"
            if user := _asked_for(message):
                first = f"{first} {user}"
        else:
            challenge = message.status in CHALLENGES
            cross = "✖ " if style(arrow).shape == "diamond" and not challenge else ""
            first = f"{cross}{message.status} {message.reason or ''}".rstrip()
            notes.insert(0, self.words["challenge"] if challenge else message.method or "?")
        if again := self.again(arrow):
            notes = [again]
        return first, " · ".join(notes)

    def again(self, arrow: Arrow) -> str:
        """Whether the message was sent or captured before."""
        if arrow.message.capture_duplicate:
            return f"⇉ {self.words['twice']} {arrow.repeats}" if arrow.repeats else f"⇉ {self.words['captured twice']}"
        if arrow.message.retransmission:
            return f"↻ {self.words['again']} {arrow.repeats}" if arrow.repeats else f"↻ {self.words['sent again']}"
        return ""

    def media(self, sdp: Sdp | None, room: float = inf, width: Callable[[str], float] = len) -> str:
        """A session description in a line: where, which codecs, which direction if it is not both ways.

        Where that is wider than `room`, events go first, then codecs from the last to the second: not the direction.
        """
        if sdp is None:
            return ""
        most = max((len(line.formats) for line in sdp.media), default=0)
        forms = ((events, count) for events in (True, False) for count in ((most,) if events else range(most, 0, -1)))
        shown = ""
        for events, count in forms:
            shown = self._media(sdp, events, count)
            if width(shown) <= room:
                break
        return shown

    def _media(self, sdp: Sdp, events: bool, most: int) -> str:
        lines = []
        for line in sdp.media:
            kind = "" if line.kind == "audio" else f"{line.kind} "
            if line.port == 0:
                lines.append(f"{line.kind} {self.words['refused media']}")
                continue
            names = [
                _SHORT.get(codec.name or "", codec.name) or str(codec.pt)
                for codec in line.formats
                if events or codec.name != "telephone-event" or len(line.formats) == 1
            ]
            codecs = " ".join(names[:most] + ["…"] * (len(names) > most))
            direction = "" if line.direction == "sendrecv" else f" {line.direction}"
            lines.append(f"{kind}{endpoint(line.address or '?', line.port)} {codecs}{direction}".rstrip())
        return " | ".join(lines)

    def voice(self, voice: Voice) -> tuple[str, str]:
        """A stream in two lines: codec and MOS, then what was counted."""
        stream = voice.stream
        first = [stream.codec or f"PT {stream.payload_type}"]
        if stream.mos is not None:
            first.append(f"MOS {self.number(stream.mos, 2)} {self.verdict(stream)}".rstrip())
        counted = [f"{self.words['loss']} {self.number(stream.lost_pct, 1)} %"]
        if stream.jitter_rfc_ms is not None:
            counted.append(f"{self.words['jitter']} {self.number(stream.jitter_rfc_ms, 1)} ms")
        counted.append(f"{stream.packets} {self.words['packets']}")
        return " · ".join(first), " · ".join(counted)

    def figures(self, voices: Sequence[Voice]) -> tuple[str, str, str] | None:
        """Heading, note and text of what opens over the streams of a row: all their figures."""
        words = StreamWords(self.lang)
        titles = [f"{self.between(voice.source, voice.target)} · {self.voice(voice)[0]}" for voice in voices]
        notes = [f"RTP {way_of(voice.stream)} · SSRC {ssrc_of(voice.stream)}" for voice in voices]
        texts = [in_text(voice.stream.record(), words) for voice in voices]
        if len(voices) > 1:
            rows = zip(titles, notes, texts, strict=True)
            texts = [f"━━ {title}\n{note}\n\n{text}" for title, note, text in rows]
            notes = []
        return " | ".join(titles), " ".join(notes), "\n\n\n".join(texts)

    def moment(self, moment: Moment) -> str:
        """Something that happened, in a few words."""
        return moment.label(self.lang)

    def event(self, event: Event) -> str:
        """What hovering over an event tells: what, when, from where to where."""
        moment, stream = event.moment, event.moment.stream
        lines = [self.moment(moment), f"{self.absolute(moment.time)} (+{self.relative(moment.time)} s)"]
        if moment.until > moment.time:
            lines.append(f"… {self.absolute(moment.until)} (+{self.relative(moment.until)} s)")
        if stream is not None:
            lines.append(f"RTP {way_of(stream, '↔' if moment.back else '→')}")
        return "\n".join(lines)

    def verdict(self, stream: Stream) -> str:
        """A sign and a word for the MOS; wide-band values are on another scale and get none."""
        if stream.mos is None or stream.mos_scale == "wb":
            return ""
        if stream.mos >= GOOD_MOS:
            return f"✔ {self.words['good']}"
        return f"▲ {self.words['fair']}" if stream.mos >= POOR_MOS else f"✖ {self.words['poor']}"

    def between(self, source: int, target: int) -> str:
        """The two ends of an arrow."""
        return " → ".join(
            self.lane(lane)[0] if lane.name == UNKNOWN else name_in(lane, self.lang) or lane.addresses[0]
            for lane in (self.flow.lanes[source], self.flow.lanes[target])
        )

    def heading(self, arrow: Arrow) -> tuple[str, str]:
        """The heading of an open message, and what is known about its arrival."""
        first, _ = self.label(arrow)
        heading = " · ".join((f"{arrow.number}  {first}", self.between(arrow.source, arrow.target)))
        notes = [self.clock(arrow.message), self.again(arrow)]
        if arrow.message.frame is not None:
            notes.append(f"{PurePath(arrow.message.file).name}, {self.words['frame']} {arrow.message.frame}")
        elif arrow.message.line is not None:
            notes.append(f"{PurePath(arrow.message.file).name}, {self.words['line']} {arrow.message.line}")
        notes.append(f"{self.words['message']} {arrow.message.number}")
        return heading, " · ".join(note for note in notes if note)

    def display_filter(self, arrow: Arrow) -> str:
        """What to type in Wireshark to see the packet of a message, in its file."""
        frame = arrow.message.frame
        return "" if frame is None else of_frames([frame])

    def clock(self, message: Message) -> str:
        """The time of a message, absolute and since the first event."""
        if message.time is None:
            return self.words["unknown time"]
        return self._moment(message.time)

    def _moment(self, time: float) -> str:
        return f"{self.absolute(time)} (+{self.relative(time)} s)"

    def tooltip(self, arrow: Arrow) -> str:
        """What hovering over an arrow tells: its first line and times, and its ends with their ports."""
        message = arrow.message
        ends = f"{message.src or '?'} → {message.dst or '?'} {message.transport or ''}".rstrip()
        return "\n".join((hide_secrets(message.first_line), self.clock(message), ends))

    def returned(self, row: Returned) -> tuple[str, str]:
        """What stands on the arrow of an ICMP error: the error, and what it is about."""
        about = f"{self.words['about']} {row.about}" if row.about else row.error["protocol"] or row.error["transport"]
        cross = "" if row.harmless else "✖ "
        return (
            f"{cross}{error_in_words(row.error['error'], self.lang)}",
            f"{about} ×{row.count}" if row.count > 1 else about,
        )

    def returned_heading(self, row: Returned) -> tuple[str, str]:
        """The heading of an open ICMP error, and what is known about its arrival."""
        error = row.error
        notes = [self._moment(error["time"]), f"{PurePath(error['file']).name}, {self.words['frame']} {error['frame']}"]
        return " · ".join((" ".join(self.returned(row)), self.between(row.source, row.target))), " · ".join(notes)

    def returned_text(self, row: Returned) -> str:
        """An ICMP error in full."""
        error = row.error
        lines = [
            f"{error['error']} (type {error['type']}, code {error['code']})",
            f"{error['src']} → {error['dst']}",
            f"{self.words['quotes']} {error['transport']} {error['quoted_src']} → {error['quoted_dst']}",
        ]
        if error["call_id"]:
            lines.append(f"Call-ID {error['call_id']}")
        return "\n".join(lines)

    def returned_tooltip(self, row: Returned) -> str:
        """What hovering over an ICMP error tells."""
        return "\n".join((self.returned_text(row), self._moment(row.error["time"])))

    def voice_tooltip(self, voice: Voice) -> str:
        """What hovering over a stream tells."""
        stream = voice.stream
        return "\n".join(
            (
                f"RTP {way_of(stream)}",
                f"SSRC {ssrc_of(stream)}",
                *self.voice(voice),
                f"{self.absolute(stream.start)} – {self.absolute(stream.end)}",
            )
        )


def endpoint(address: str, port: int | str) -> str:
    """ "ip:port", IPv6 in brackets."""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _asked_for(message: Message) -> str:
    """Who is called: the user of an INVITE's Request-URI or of a REFER's Refer-To (RFC 3515), without password or parameters."""
    uri = ""
    if message.method == "INVITE":
        uri = message.first_line.partition(" ")[2].partition(" ")[0]
    elif message.method == "REFER" and (found := _REFER_TO.search(message.text)):
        uri = found.group(1)
    scheme, colon, rest = uri.partition(":")
    if scheme.lower() == "tel":
        return rest.partition(";")[0]
    user, at, _ = rest.partition("@")
    return user.partition(":")[0].partition(";")[0] if colon and at else ""

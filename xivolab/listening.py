"""From a call or a stream to its sound: packets fetched, formats and keys looked up, the two sides told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xivolab.audio.dtmf import digits
from xivolab.audio.formats import Announced, Formats, named, parse_told
from xivolab.audio.levels import activity
from xivolab.audio.sound import Sound
from xivolab.audio.srtp import unlocker
from xivolab.audio.track import Track, track
from xivolab.errors import UsageError
from xivolab.events.event import Event, event_table
from xivolab.rtp.packets import flow_of, rtp_packets
from xivolab.schema import LEVEL
from xivolab.sip.body import find_sdp
from xivolab.sip.crypto import MediaKey, given_key, media_keys
from xivolab.sip.sdp import PayloadFormat
from xivolab.table import Table
from xivolab.views.audio import CallAudio, SideView, StreamAudio
from xivolab.views.audio_words import WORDS, AudioWords
from xivolab.views.clock import language, zone
from xivolab.views.names import called

if TYPE_CHECKING:
    from xivolab.case import Case
    from xivolab.objects import Call, Leg, Stream

_NO_SOUND = frozenset(
    [
        "H261",
        "H263",
        "H263-1998",
        "H263-2000",
        "H264",
        "H265",
        "VP8",
        "VP9",
        "AV1",
        "JPEG",
        "MPV",
        "MP4V-ES",
        "T140",
        "RTX",
        "ULPFEC",
    ]
)
_AT_A_TIME = 200_000  # packets that the levels of many streams are made of at a time


@dataclass(frozen=True, slots=True)
class Hearing:
    """How to listen: whether to decrypt SRTP, the keys that are given, payload types that the user explains."""

    decrypt: bool = False
    keys: tuple[MediaKey, ...] = ()
    codecs: Mapping[int, PayloadFormat] = field(default_factory=dict)


def hearing(decrypt: bool = False, keys: Sequence[str] = (), codecs: Mapping[int, str] | None = None) -> Hearing:
    """The options as users give them. Raises UsageError for a key or a codec that is none."""
    return Hearing(decrypt, tuple(given_key(key) for key in keys), parse_told(codecs or {}))


def tracks(case: Case, streams: Sequence[Stream], how: Hearing) -> list[Track]:
    """The sound of each of some streams, from one read of the captures. Raises UsageError for one that a log tells."""
    _captured(streams)
    flows = [flow_of(stream) for stream in streams]
    found = rtp_packets([file.source for file in case.files if file.kind == "capture"], flows)
    calls = _Calls(case)
    out: list[Track] = []
    for stream, flow, packets in zip(streams, flows, found, strict=True):
        guess = {stream.payload_type: named(stream.payload_type, stream.codec)} if stream.codec else {}
        formats = Formats(calls.announced(stream), stream.src, stream.dst, how.codecs, guess)
        unlock = None
        if how.keys or (how.decrypt and formats.encrypted):
            unlock = unlocker([*how.keys, *calls.keys(stream)], stream.src)
        out.append(track(flow, packets, formats, unlock))
    return out


def _captured(streams: Sequence[Stream]) -> None:
    """Raises UsageError for a stream of which there are no packets."""
    for stream in streams:
        if stream.file is not None:
            what = f"stream {stream.id} is told by a log: there is no sound in it"
            raise UsageError(what, f"{stream.file}, line {stream.line}", "give a capture of the call")


class _Calls:
    """What the calls of streams announced: the messages of the call, or all where a stream has no call."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._announced: dict[str | None, Announced] = {}

    def announced(self, stream: Stream) -> Announced:
        if stream.call not in self._announced:
            index, raw = self._case.reading.sip.index, self._case.reading.sip.raw
            told = ((int(raw.time[row]), index.sdp(row)) for row in self._rows(stream))
            self._announced[stream.call] = Announced((time, sdp) for time, sdp in told if sdp is not None)
        return self._announced[stream.call]

    def keys(self, stream: Stream) -> list[MediaKey]:
        bodies = (find_sdp(self._case.reading.sip.raw.data[row]) for row in self._rows(stream))
        return [key for body in bodies if body is not None for key in media_keys(body)]

    def _rows(self, stream: Stream) -> Sequence[int]:
        sip = self._case.reading.sip
        if stream.call is None:
            return range(len(sip.raw))
        return [row for leg in self._case.call(stream.call).legs for row in sip.groups.get(leg.call_id, ())]


def call_audio(
    call: Call,
    *,
    leg: str | int | None = None,
    streams: Sequence[str | int] | None = None,
    decrypt: bool = False,
    keys: Sequence[str] = (),
    codecs: Mapping[int, str] | None = None,
    tones: bool = False,
    lang: str = "en",
    tz: str | None = None,
) -> CallAudio:
    """What `Call.audio` gives. Raises UsageError."""
    how = hearing(decrypt, keys, codecs)
    words = AudioWords(language(lang, WORDS), zone(tz))
    if streams is not None:
        chosen, of_leg = [call.case.stream(key) for key in streams], None
    else:
        of_leg = _leg(call, leg)
        chosen = _streams(call, of_leg)
    _captured(chosen)
    sides = _sides(call, of_leg, chosen)
    made = dict(zip(chosen, tracks(call.case, chosen, how), strict=True))
    both = tuple(tuple(made[stream] for stream in sides[side]) for side in ("caller", "callee"))
    place = f" · {words['leg ' + of_leg.role]}" if of_leg is not None and f"leg {of_leg.role}" in WORDS["en"] else ""
    ends = {side: _ends(call.case, sides[side], lang) for side in sides}
    callee_leg = of_leg is not None and of_leg.role != "caller"
    return CallAudio(
        Sound(both[0], both[1], tones),
        (
            SideView(words["to other" if callee_leg else "caller"], ends["caller"], "caller", both[0]),
            SideView(words["from other" if callee_leg else "callee"], ends["callee"], "callee", both[1]),
        ),
        f"{words['audio']} · {call.from_user or '?'} → {call.to_user or '?'}{place}",
        words,
    )


def stream_audio(
    stream: Stream,
    *,
    decrypt: bool = False,
    keys: Sequence[str] = (),
    codecs: Mapping[int, str] | None = None,
    tones: bool = False,
    lang: str = "en",
    tz: str | None = None,
) -> StreamAudio:
    """What `Stream.audio` gives. Raises UsageError."""
    words = AudioWords(language(lang, WORDS), zone(tz))
    found = tuple(tracks(stream.case, [stream], hearing(decrypt, keys, codecs)))
    ends = _ends(stream.case, [stream], lang)
    side = SideView(f"{words['stream']} {stream.ssrc}", ends, "caller", found)
    return StreamAudio(Sound(found, (), tones), (side,), f"{words['audio']} · {ends[0]}", words)


def levels_table(case: Case, how: Hearing) -> Table:
    """A row of `xivolab.schema.LEVEL` for each stream that was captured, in the order of the streams."""
    rows: list[dict[str, object]] = []
    for stream, found in _all_tracks(case, how):
        heard = activity(found)
        rows.append(
            {
                "id": stream.id,
                "src": stream.src,
                "dst": stream.dst,
                "codec": "/".join(found.codecs) or stream.codec,
                "speech_s": heard.speech_s,
                "silent_s": heard.silent_s,
                "missing_s": heard.missing_s,
                "level_dbov": heard.level_dbov,
                "peak_dbov": heard.peak_dbov,
                "undecoded": sum(note.packets for note in found.notes),
                "call": stream.call,
            }
        )
    return Table.from_rows(LEVEL, rows)


def digit_events(case: Case, how: Hearing) -> Table:
    """The DTMF digits in the sound of all streams, as rows of `xivolab.schema.EVENT` of kind "dtmf"."""
    found: list[Event] = []
    for stream, heard in _all_tracks(case, how):
        found += [
            Event(
                time=heard.start + round(one.start * 1e9),
                source="rtp",
                kind="dtmf",
                text=f"{one.digit} · in-band · {stream.src} → {stream.dst}",
                call=stream.call,
                stream=stream.id,
                digit=one.digit,
                duration_ms=round(one.duration * 1000, 1),
            )
            for one in digits(heard)
        ]
    return event_table(found)


def _all_tracks(case: Case, how: Hearing) -> Iterator[tuple[Stream, Track]]:
    """Every stream with its sound, some at a time, so that memory does not grow with the evidence."""
    batch: list[Stream] = []
    count = len(case.table("streams"))
    for row in range(count):
        if (stream := case.stream(row)).file is None:
            batch.append(stream)
        if row + 1 == count or sum(stream.packets for stream in batch) >= _AT_A_TIME:
            if batch:
                yield from zip(batch, tracks(case, batch, how), strict=True)
            batch = []


def _leg(call: Call, wanted: str | int | None) -> Leg | None:
    """The leg that was asked for; else the caller's, or the one with most packets when that one carries no media."""
    legs = call.legs
    if wanted is None:
        packets = {leg.call_id: 0 for leg in legs}
        for stream in call.streams:
            of = call.case.reading.stream_legs[stream.n]
            if of in packets:
                packets[of] += stream.packets
        if not legs or packets[legs[0].call_id]:
            return legs[0] if legs else None
        return max(legs, key=lambda leg: packets[leg.call_id])
    if isinstance(wanted, int):
        if 0 <= wanted < len(legs):
            return legs[wanted]
    else:
        found = [leg for leg in legs if wanted in (leg.role, leg.call_id)]
        if found:
            return found[0]
    there = ", ".join(f"{number} ({leg.role}, {leg.call_id})" for number, leg in enumerate(legs))
    raise UsageError(f"no leg {wanted!r}", "leg", f"this call has {there}" if there else "this call has none")


def _streams(call: Call, leg: Leg | None) -> list[Stream]:
    """The streams of sound of a leg, each once; and those that go back between the same ends (direct media)."""
    sound = [stream for stream in call.streams if (stream.codec or "").upper() not in _NO_SOUND]
    once = {(stream.src, stream.dst, stream.ssrc, stream.id.partition("-")[0]): stream for stream in reversed(sound)}
    sound = [stream for stream in sound if stream in once.values()]
    if leg is None:
        return sound
    own = [stream for stream in sound if call.case.reading.stream_legs[stream.n] == leg.call_id]
    ways = {(stream.dst, stream.src) for stream in own}
    return [stream for stream in sound if stream in own or (stream.src, stream.dst) in ways]


def _sides(call: Call, leg: Leg | None, streams: Sequence[Stream]) -> dict[str, list[Stream]]:
    """Who sent each: "caller" is the end that sent the INVITE of the leg; its SDP, else its address, tells its streams."""
    announced: dict[str, bool] = {}
    if leg is not None and leg.src and leg.dst:
        by_port = _host(leg.src) == _host(leg.dst)
        for message in call.messages:
            if message.call_id == leg.call_id and message.sdp is not None and message.src:
                mine, other = (
                    message.src == end if by_port else _host(message.src) == _host(end) for end in (leg.src, leg.dst)
                )
                for line in message.sdp.media if mine or other else ():
                    host = f"[{line.address}]" if ":" in (line.address or "") else line.address
                    announced[f"{host}:{line.port}"] = mine
    first_host = _host(leg.src) if leg is not None and leg.src else _host(streams[0].src) if streams else ""
    sides: dict[str, list[Stream]] = {"caller": [], "callee": []}
    for stream in streams:
        if stream.src in announced:
            mine = announced[stream.src]
        elif stream.dst in announced:
            mine = not announced[stream.dst]
        else:
            mine = _host(stream.src) == first_host
        sides["caller" if mine else "callee"].append(stream)
    return sides


def _host(endpoint: str) -> str:
    return endpoint.rpartition(":")[0].strip("[]")


def _ends(case: Case, streams: Sequence[Stream], lang: str) -> tuple[str, ...]:
    """ "alice:4000 → pbx:12000" of each, once."""
    return tuple(
        dict.fromkeys(f"{called(case.names, one.src, lang)} → {called(case.names, one.dst, lang)}" for one in streams)
    )

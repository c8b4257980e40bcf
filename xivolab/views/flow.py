"""What a ladder shows, in order, before it is laid out: lanes, arrows, media, moments, idle times."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from xivolab.calls.unreached import runs
from xivolab.views.moments import Moment, gathered, moments
from xivolab.views.names import host_at, timed
from xivolab.views.subjects import Call, Message, Stream

IDLE_S = 1.0
"""Seconds without an event from which a ladder says how long nothing happened."""

UNKNOWN = "?"
"""The lane of a message whose sender or receiver the evidence does not say."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One column, a host: its addresses, with a port where several parties share one; `ports` are those of its SIP."""

    name: str
    addresses: tuple[str, ...]
    ports: tuple[str, ...]
    role: str = ""
    learnt: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """A message between two lanes; `repeats` is the number of its first sending, when it was sent or captured again.

    `moments` are what happened by it: hold, fax, early media, a digit.
    """

    number: int
    message: Message
    source: int
    target: int
    repeats: int | None = None
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """A stream between two lanes."""

    stream: Stream
    source: int
    target: int

    @property
    def pair(self) -> tuple[int, int]:
        """Its lanes, left one first."""
        return min(self.source, self.target), max(self.source, self.target)


@dataclass(frozen=True, slots=True)
class Media:
    """Streams that begin at one place of the ladder."""

    voices: tuple[Voice, ...]

    @property
    def start(self) -> float:
        """When the first of them begins."""
        return self.voices[0].stream.start

    def slots(self) -> list[list[Voice]]:
        """Voices that can stand side by side, slot after slot: those of one slot share no space between lanes."""
        return _slots(self.voices)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a stream, between its lanes."""

    moment: Moment
    source: int
    target: int

    @property
    def pair(self) -> tuple[int, int]:
        """Its lanes, left one first."""
        return min(self.source, self.target), max(self.source, self.target)


@dataclass(frozen=True, slots=True)
class Events:
    """What happened in streams at one place of the ladder."""

    events: tuple[Event, ...]

    @property
    def start(self) -> float:
        """When the first of them happened."""
        return self.events[0].moment.time

    def slots(self) -> list[list[Event]]:
        """Events that can stand side by side, slot after slot."""
        return _slots(self.events)


@dataclass(frozen=True, slots=True)
class Idle:
    """Time in which nothing began: from `start`, `seconds` long."""

    start: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Returned:
    """An ICMP error between two lanes, the first of `count` that say the same: its record (`xivolab.schema.ICMP`).

    `about` is the number of the message that did not arrive, where it is shown.
    """

    error: Mapping[str, Any]
    source: int
    target: int
    count: int = 1
    about: int | None = None

    @property
    def harmless(self) -> bool:
        """Whether nothing was lost by it: media that went on after its leg had ended, a redirect."""
        return bool(self.error["after_end"] or not self.error["unreachable"])

    @property
    def time(self) -> float:
        """When it came, in epoch seconds."""
        return float(self.error["time"])


Row = Arrow | Media | Events | Idle | Returned


@dataclass(frozen=True, slots=True)
class Flow:
    """The rows of a ladder from top to bottom; `start` is the epoch of the first event that has a time."""

    lanes: tuple[Lane, ...]
    rows: tuple[Row, ...]
    start: float | None

    def arrows(self) -> Iterator[Arrow]:
        """The messages."""
        return (row for row in self.rows if isinstance(row, Arrow))

    def events(self) -> Iterator[Event]:
        """What happened in streams."""
        return (event for row in self.rows if isinstance(row, Events) for event in row.events)

    def returned(self) -> Iterator[Returned]:
        """The ICMP errors."""
        return (row for row in self.rows if isinstance(row, Returned))

    def voices(self) -> Iterator[Voice]:
        """The streams."""
        return (voice for row in self.rows if isinstance(row, Media) for voice in row.voices)


def flow(call: Call) -> Flow:
    """The rows of a call."""
    lanes = _Lanes(call)
    first_sent: dict[tuple[object, ...], int] = {}
    arrows: list[Arrow] = []
    for number, message in enumerate(call.messages, 1):
        same = (message.call_id, message.src, message.dst, message.cseq, message.first_line)
        first = first_sent.setdefault(same, number)
        repeated = (message.retransmission or message.capture_duplicate) and first != number
        source, target = lanes.of(message.src), lanes.of(message.dst)
        arrows.append(Arrow(number, message, source, target, first if repeated else None))
    voices = [Voice(stream, lanes.of(stream.src), lanes.of(stream.dst)) for stream in timed(call.streams)]
    # The beginning of media is the top of its band.
    happened = [moment for moment in moments(call.events, call.streams) if moment.kind != "media-start"]
    arrows = _with_moments(arrows, happened)
    events = [
        Event(moment, lanes.of(moment.stream.src), lanes.of(moment.stream.dst))
        for moment in gathered(happened, sorted(m.time for m in call.messages if m.time is not None))
        if moment.stream is not None
    ]
    returned = _returned(call, lanes, {arrow.message.number: arrow.number for arrow in arrows})
    return Flow(lanes.lanes(), rows_of(arrows, voices, events, returned), first_time(arrows, voices))


def _returned(call: Call, lanes: _Lanes, numbers: Mapping[int, int]) -> list[Returned]:
    """The ICMP errors about a call, by time: one arrow for those that say the same."""
    records = list(call.icmp.records())
    return [
        Returned(
            error := records[run[0]],
            lanes.of(error_end(error, "src", "quoted_dst")),
            lanes.of(error_end(error, "dst", "quoted_src")),
            len(run),
            numbers.get(error["message"]),
        )
        for run in runs(call.icmp)
    ]


def error_end(error: Mapping[str, Any], end: str, quoted: str) -> str:
    """The "ip:port" at one end of an ICMP error: that of the quoted packet, else of a router, which has no port."""
    host = error[end]
    address, _ = split_address(error[quoted])
    return str(error[quoted]) if address == host else f"[{host}]:0" if ":" in host else f"{host}:0"


def rows_of(
    arrows: Iterable[Arrow], voices: Iterable[Voice], events: Iterable[Event] = (), returned: Iterable[Returned] = ()
) -> tuple[Row, ...]:
    """Messages in the order given, ICMP errors, streams where they begin, what happens in them, and the idle times between."""
    rows: list[Row] = []
    timed: list[Voice | Event] = [*voices, *events]
    waiting = deque(sorted(timed, key=lambda one: (_time(one), isinstance(one, Event), _ends(one))))
    clock: float | None = None
    for arrow in _merged(arrows, returned):
        time = arrow.time if isinstance(arrow, Returned) else arrow.message.time
        if time is not None:
            begun: list[Voice | Event] = []
            while waiting and _time(waiting[0]) < time:
                begun.append(waiting.popleft())
            clock = _between(rows, begun, clock)
            clock = _idle(rows, clock, time)
        rows.append(arrow)
    clock = _between(rows, waiting, clock)
    lasts = [one.stream.end for one in waiting if isinstance(one, Voice)]
    if clock is not None and lasts:
        _idle(rows, clock, max(lasts))
    return tuple(rows)


def _merged(arrows: Iterable[Arrow], returned: Iterable[Returned]) -> Iterator[Arrow | Returned]:
    """The messages in their order, each error before the first message that is later."""
    waiting = list(returned)
    for arrow in arrows:
        while waiting and arrow.message.time is not None and waiting[0].time < arrow.message.time:
            yield waiting.pop(0)
        yield arrow
    yield from waiting


def first_time(arrows: Iterable[Arrow], voices: Iterable[Voice]) -> float | None:
    """When the first of them happened; None when no time is known."""
    times = [arrow.message.time for arrow in arrows if arrow.message.time is not None]
    return min([*times, *(voice.stream.start for voice in voices)], default=None)


def _idle(rows: list[Row], since: float | None, until: float) -> float:
    """Adds an idle row when it was long; the clock afterwards."""
    if since is not None and until - since >= IDLE_S:
        rows.append(Idle(since, until - since))
    return until if since is None else max(since, until)


def _between(rows: list[Row], begun: Iterable[Voice | Event], clock: float | None) -> float | None:
    """Adds streams and events, those soon after another of their sort in one row; the clock afterwards."""
    voices: list[Voice] = []
    events: list[Event] = []

    def flush() -> None:
        if voices:
            rows.append(Media(tuple(voices)))
        if events:
            rows.append(Events(tuple(events)))
        voices.clear()
        events.clear()

    for one in begun:
        idle = clock is not None and _time(one) - clock >= IDLE_S
        if idle or (events if isinstance(one, Voice) else voices):
            flush()
        clock = _idle(rows, clock, _time(one))
        if isinstance(one, Voice):
            voices.append(one)
        else:
            events.append(one)
            clock = max(clock, one.moment.until)
    flush()
    return clock


def _time(one: Voice | Event) -> float:
    return one.moment.time if isinstance(one, Event) else one.stream.start


def _ends(one: Voice | Event) -> tuple[str, str]:
    return ("", "") if isinstance(one, Event) else (one.stream.src or "", one.stream.dst or "")


def _with_moments(arrows: Sequence[Arrow], happened: Iterable[Moment]) -> list[Arrow]:
    """The arrows with what happened by them; of several messages in one packet the first that can be meant."""
    by_packet: dict[tuple[str | None, int | None], list[int]] = {}
    for n, arrow in enumerate(arrows):
        by_packet.setdefault((arrow.message.file, arrow.message.frame), []).append(n)
    out = list(arrows)
    for moment in happened:
        if moment.stream is None and moment.frame is not None:
            there = by_packet.get((moment.file, moment.frame), [])
            told = [n for n in there if moment.kind in ("dtmf", "info") or arrows[n].message.sdp is not None]
            for n in told[:1]:
                out[n] = replace(out[n], moments=(*out[n].moments, moment))
    return out


class _Spanning(Protocol):
    @property
    def pair(self) -> tuple[int, int]: ...


_Spans = TypeVar("_Spans", bound=_Spanning)


def _slots(things: Sequence[_Spans]) -> list[list[_Spans]]:
    """Things that can stand side by side, slot after slot: those of one slot share no space between lanes."""
    slots: list[list[_Spans]] = []
    for one in things:
        for slot in slots:
            if all(one.pair[1] <= other.pair[0] or other.pair[1] <= one.pair[0] for other in slot):
                slot.append(one)
                break
        else:
            slots.append([one])
    return slots


def split_address(endpoint: str) -> tuple[str, str]:
    """Address and port of "ip:port"; IPv6 loses its brackets."""
    host, _, port = endpoint.rpartition(":")
    return host.strip("[]"), port


class _Lanes:
    """Finds the lane of an endpoint.

    Addresses of one known host share its lane; parties that share an address (a laboratory on one machine) get a lane for
    each port.
    """

    def __init__(self, call: Call) -> None:
        self._hosts = call.case.names
        ends = [(message.src, message.dst) for message in call.messages]
        seen = [end for pair in ends for end in pair if end]
        self._shared = {
            split_address(src)[0]
            for src, dst in ends
            if src and dst and src != dst and split_address(src)[0] == split_address(dst)[0]
        }
        self._addresses: dict[str, list[str]] = {}
        self._ports: dict[str, list[str]] = {}
        self._media: dict[str, str] = {}
        for host in call.hosts:
            for end in seen if host in self._shared else [f"{host}:"]:
                if split_address(end)[0] == host:
                    self._add(end)
        for end in seen:
            self._add(end, split_address(end)[1])
        for message in call.messages:
            if message.sdp and message.src:
                for line in message.sdp.media:
                    self._media.setdefault(f"{line.address}:{line.port}", self._key(message.src))
        media = [end for stream in call.streams for end in (stream.src, stream.dst)]
        for end in filter(None, media):
            self._add(end)
        for error in call.icmp.records():
            self._add(error_end(error, "src", "quoted_dst"))
            self._add(error_end(error, "dst", "quoted_src"))
        if None in media or any(end is None for pair in ends for end in pair):
            self._addresses[UNKNOWN] = []
            if None in media or any(message.line is not None for message in call.messages):
                # The Asterisk that wrote a log stands between the caller and whom it called.
                first = next(iter(self._addresses))
                self._addresses = {
                    key: self._addresses[key] for key in dict.fromkeys([first, UNKNOWN, *self._addresses])
                }
        self._index = {key: i for i, key in enumerate(self._addresses)}

    def _key(self, endpoint: str) -> str:
        """What endpoints of one lane have in common: a name, an address, or address and port."""
        address, port = split_address(endpoint)
        if address in self._shared:
            return self._media.get(f"{address}:{port}", endpoint)
        return f"name {self._hosts[address].name}" if address in self._hosts else address

    def _add(self, endpoint: str, port: str = "") -> None:
        key, address = self._key(endpoint), split_address(endpoint)[0]
        shown = key if address in self._shared else address
        for values, value in ((self._addresses, shown), (self._ports, port)):
            if value not in values.setdefault(key, []) and value:
                values[key].append(value)

    def of(self, endpoint: str | None) -> int:
        """The index of its lane."""
        return self._index[UNKNOWN if endpoint is None else self._key(endpoint)]

    def lanes(self) -> tuple[Lane, ...]:
        """All lanes, left to right."""
        return tuple(
            self._lane(key, tuple(addresses), tuple(self._ports.get(key, ())))
            for key, addresses in self._addresses.items()
        )

    def _lane(self, key: str, addresses: tuple[str, ...], ports: tuple[str, ...]) -> Lane:
        if key == UNKNOWN:
            return Lane(UNKNOWN, addresses, ports)
        shown = [*addresses, *(f"[{a}]:{p}" if ":" in a else f"{a}:{p}" for a in addresses for p in ports)]
        host = next((found for place in shown if (found := host_at(self._hosts, place))), None)
        return Lane(host.name, addresses, ports, host.role, host.learnt) if host else Lane("", addresses, ports)

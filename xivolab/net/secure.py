"""TLS connections among the TCP of a scan: which look like SIP, which there are keys for, and what these open.

Only the connections with keys are read again, put aside in a small capture and given to tshark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from xivolab.errors import Problem, XivolabError
from xivolab.evidence.source import Source
from xivolab.net.keylog import KeyLog
from xivolab.net.tcp import Mark, Segment
from xivolab.net.tls import ClientHello, client_hello, is_tls

Flow = tuple[int, int]
"""The numbers of source and destination."""

_SIP_PORTS = frozenset([*range(5060, 5100), 7443, 8089])
"""SIP over TLS (5061, and what people make of it); WSS of FreeSWITCH (7443) and Asterisk (8089)."""

_SIP_NAME = re.compile(r"(^|[.-])_?sips?\d*[.-]", re.IGNORECASE)
_WRITE_KEYS = "write the key log from before the first connection on, on the machine of one end, while you capture"
_EVER = 1 << 62
_TELLING = 16  # pieces of a direction that tell what it carries


@dataclass(frozen=True, slots=True)
class _Opened:
    """The plain bytes of what is SIP by connection and direction; whether `any` was opened; packets that did not fit."""

    flows: list[tuple[Flow, list[Segment]]]
    any: bool
    left_out: int


class SecureFlows:
    """The TLS connections met while reading."""

    def __init__(self) -> None:
        self._flows: set[Flow] = set()
        self._hellos: dict[Flow, ClientHello] = {}

    def __len__(self) -> int:
        return len({frozenset(flow) for flow in self._flows})

    def note(self, flow: Flow, segments: Iterable[Segment]) -> None:
        """Look at the first segments of one direction of a flow."""
        for segment in segments:
            if is_tls(segment.data):
                self._flows.add(flow)
                hello = client_hello(segment.data)
                if hello:
                    self._hellos[flow] = hello
                    return

    def opened(
        self,
        sources: Sequence[Source],
        order: Sequence[int],
        keys: KeyLog,
        name: Callable[[int], str],
        packets: Callable[[list[Flow]], int],
        carries: Callable[[list[Segment]], bool],
        *,
        alone: bool = False,
    ) -> tuple[list[tuple[Flow, list[Segment]]], list[Problem]]:
        """What the keys open: plain bytes as if they were TCP segments, by connection and direction; what is to be told.

        `order` are the files by time; `name` gives the "ip:port" of a number, `packets` how many packets flows have;
        `carries` tells whether bytes are worth keeping, `alone` that there is no other SIP: nobody should take a capture
        that could not be opened for one without calls.
        """
        place = sources[order[0]].name
        wanted = self.with_keys(keys) if keys else []
        found: list[tuple[Flow, list[Segment]]] = []
        problems: list[Problem] = []
        if wanted:
            count = packets([*wanted, *(flow[::-1] for flow in wanted)])
            what = f"{_packets(count)} of TLS on {_connections(len(wanted))}"
            try:
                opened = _open(sources, order, wanted, keys, name, carries)
            except XivolabError as error:
                problems.append(Problem(place, "", f"{what} not read: {error.what}", error.remedy))
            else:
                found = opened.flows
                if opened.any:
                    problems.append(Problem(place, "", f"{what} read through tshark, with {keys.origin}", "", "info"))
                else:
                    problems.append(Problem(place, "", f"{what} not read: {keys.origin} do not fit them", _WRITE_KEYS))
                if opened.left_out:
                    told = f"{_packets(opened.left_out)} of TLS were too much: what they say is missing"
                    problems.append(Problem(place, "", told, "cut the capture into parts (editcap -i 600)"))
        elif keys.given:
            what = f"no key of {keys.given} is of a TLS connection in this evidence"
            problems.append(Problem(place, "", what, _WRITE_KEYS))
        tried = {end for flow in wanted for end in (flow, flow[::-1])}
        closed = [flow for flow in self.like_sip(lambda end: int(name(end).rpartition(":")[2])) if flow not in tried]
        if closed:
            many = len({frozenset(flow) for flow in closed})
            what = f"{_packets(packets(closed))} of TLS on {_connections(many)} that look{'s' * (many == 1)} like SIP"
            why = "there are no keys for them" if keys else "not read"
            remedy = "give the key log of one end: --keylog FILE"
            severity: Literal["info", "warning"] = "warning" if alone and not found else "info"
            problems.append(Problem(place, "", f"{what}: {why}", remedy, severity))
        return found, problems

    def flows(self) -> list[Flow]:
        """Both directions of all of them."""
        return sorted(self._flows | {flow[::-1] for flow in self._flows})

    def like_sip(self, port: Callable[[int], int]) -> list[Flow]:
        """Those that look like SIP, by their ports, the name of the server or the protocol that the client asks for."""
        return [flow for flow in self.flows() if self._is_like_sip(flow, port) or self._is_like_sip(flow[::-1], port)]

    def with_keys(self, keys: KeyLog) -> list[Flow]:
        """The client's direction of those that the keys may open.

        A resumed session has the keys of an earlier one with the same server, which may be under that one's random.
        """
        if keys.any_connection:
            return sorted(self._hellos)
        servers = {flow[1] for flow, hello in self._hellos.items() if keys.opens(hello.random)}
        return sorted(flow for flow in self._hellos if flow[1] in servers)

    def _is_like_sip(self, flow: Flow, port: Callable[[int], int]) -> bool:
        hello = self._hellos.get(flow)
        if hello and (
            _SIP_NAME.search(hello.server_name) or any(name.lower().startswith("sip") for name in hello.protocols)
        ):
            return True
        return port(flow[1]) in _SIP_PORTS


def _open(
    sources: Sequence[Source],
    order: Sequence[int],
    flows: Sequence[Flow],
    keys: KeyLog,
    name: Callable[[int], str],
    carries: Callable[[list[Segment]], bool],
) -> _Opened:
    """Read these connections again and decipher them."""
    # Imported here: few scans come to this, and what starts programs takes milliseconds to import.
    from xivolab.net.aside import Aside
    from xivolab.net.inside import deciphered
    from xivolab.net.select import Wanted, carriers, select

    numbers = {name(end): end for flow in flows for end in flow}
    wanted = Wanted(connections={(name(a), name(b)) for a, b in flows}, since=-_EVER, until=_EVER)
    wanted.frames = carriers([(file, sources[file]) for file in order], wanted)  # in fragments, in other links
    aside = Aside()
    for file in order:
        for packet in select(sources[file], file, wanted):
            aside.add(file, packet)
    ranks = {file: rank for rank, file in enumerate(order)}
    ports = {int(name(server).rpartition(":")[2]) for _, server in flows}
    found: dict[tuple[int, Flow], list[Segment]] = {}
    dropped: set[tuple[int, Flow]] = set()
    for piece in deciphered(aside.path, keys, ports):
        if piece.src not in numbers or piece.dst not in numbers:
            continue
        key = (piece.stream, (numbers[piece.src], numbers[piece.dst]))
        if key in dropped:
            continue
        place = aside.places[piece.frame - 1]
        segments = found.setdefault(key, [])
        sequence = (segments[-1].sequence + len(segments[-1].data)) & 0xFFFFFFFF if segments else 0
        mark = Mark(place.file, place.frame, place.time, 0, 0, ranks[place.file])
        segments.append(Segment(sequence, piece.data, len(piece.data), mark))
        if len(segments) == _TELLING and not carries(segments):  # a download, perhaps: it is not kept
            dropped.add(key)
            del found[key]
    kept = [(flow, segments) for (_, flow), segments in found.items() if carries(segments)]
    return _Opened(kept, bool(found or dropped), aside.left_out)


def _packets(count: int) -> str:
    return f"{count} packet{'s' * (count != 1)}"


def _connections(count: int) -> str:
    return f"{count} connection{'s' * (count != 1)}"

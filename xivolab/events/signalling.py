"""What SIP tells of a call beside its beginning and end: hold, fax, early media, digits in INFO.

RFC 3264, 8.4 (hold), RFC 3960 (early media), RFC 6086 (INFO), ITU-T T.38 annex D (fax by re-INVITE).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from xivolab.calls.leg import Leg
from xivolab.events.event import Event
from xivolab.sip.info import info_digit
from xivolab.sip.message import parse_message
from xivolab.sip.offer_answer import exchanges, negotiated
from xivolab.sip.sdp import Sdp
from xivolab.sip.tables import SipTables

_CHALLENGES = (401, 407)


def signalling_events(
    sip: SipTables, legs: Mapping[str, Iterable[Leg]], fax: Mapping[str, tuple[int, int]] = MappingProxyType({})
) -> list[Event]:
    """The events in the messages of each call: `legs` by the id of their call.

    `fax` has for "ip:port" how many fax packets came there, and how many are missing.
    """
    found: list[Event] = []
    for call, members in legs.items():
        for leg in members:
            reader = _LegReader(sip, call, leg, fax)
            found += [*reader.digits(), *reader.holds(), *reader.fax(), *reader.early_media()]
    return found


@dataclass(slots=True)
class _LegReader:
    """One leg of one call."""

    sip: SipTables
    call: str
    leg: Leg
    faxes: Mapping[str, tuple[int, int]]

    def _event(self, row: int, kind: str, text: str, **more: object) -> Event:
        raw, files = self.sip.raw, self.sip.files
        file, at = int(raw.file[row]), int(raw.frame[row])
        return Event(
            time=int(raw.time[row]),
            source="sip",
            kind=kind,
            text=text,
            call=self.call,
            file=files[file] if file < len(files) else None,
            frame=None if self.sip.from_log[row] else at,
            line=at if self.sip.from_log[row] else None,
            **more,  # type: ignore[arg-type]  # digit, duration_ms, packets, lost
        )

    def _way(self, row: int) -> str:
        index = self.sip.index
        ends = (index.place(end) or "?" for end in (index.src[row], index.dst[row]))
        return " → ".join(end.removesuffix(":0") for end in ends)

    def _rows(self) -> Iterator[int]:
        """The rows of the leg, what was sent or captured twice left out."""
        return (r for r in self.leg.messages if not self.sip.duplicate[r] and not self.sip.retransmission[r])

    def digits(self) -> Iterator[Event]:
        """INFO requests: each digit once, however many hops it passed."""
        index = self.sip.index
        seen: set[tuple[str | None, int]] = set()
        for row in self._rows():
            key = index.from_tag[row], index.cseq[row]
            if index.method[row] != "INFO" or index.status[row] or key in seen:
                continue
            seen.add(key)
            message = parse_message(self.sip.raw.data[row])
            digit = info_digit(message.header("content-type"), message.body)
            refused = self._refusal(row)
            told = f" ✖ {refused}" if refused else ""
            if digit:
                text = f"{digit.digit} · SIP INFO · {self._way(row)}{told}"
                yield self._event(row, "dtmf", text, digit=digit.digit, duration_ms=digit.duration_ms)
            elif message.body:
                yield self._event(row, "info", f"{message.header('content-type') or '?'} · {self._way(row)}{told}")

    def _refusal(self, request: int) -> int | None:
        """The final status of a request, where it is no success."""
        index = self.sip.index
        for row in self.leg.messages:
            if index.status[row] >= 200 and row > request and self._answers(row, request):
                return index.status[row] if index.status[row] >= 300 else None
        return None

    def _answers(self, response: int, request: int) -> bool:
        index = self.sip.index
        return (
            index.method[response] == index.method[request]
            and index.cseq[response] == index.cseq[request]
            and index.from_tag[response] == index.from_tag[request]
        )

    def holds(self) -> Iterator[Event]:
        """Each end that puts the other on hold, or takes it back: by what it says, not by what it says in answer."""
        index = self.sip.index
        held: dict[str | None, bool] = {}
        for exchange in exchanges(index, self._rows()):
            offer, answer = index.sdp(exchange.offer), index.sdp(exchange.answer)
            if offer is None or answer is None or not (_has_audio(offer) and _has_audio(answer)):
                continue
            # An answer to an offer of hold has to say the like (RFC 3264, 6.1): it tells nothing of its sender.
            for row, told in ((exchange.offer, offer.on_hold), (exchange.answer, answer.on_hold and not offer.on_hold)):
                sender = index.to_tag[row] if index.status[row] else index.from_tag[row]
                before = held.get(sender)
                held[sender] = told
                if before is not None and before != told:
                    yield self._event(
                        row, "hold" if told else "resume", f"{_directions(index.sdp(row))} · {self._way(row)}"
                    )

    def fax(self) -> Iterator[Event]:
        """Each offer of T.38 and what became of it."""
        index = self.sip.index
        offered: dict[tuple[str | None, int], int] = {}
        for row in self._rows():
            if index.method[row] != "INVITE":
                continue
            key, description = (index.from_tag[row], index.cseq[row]), index.sdp(row)
            if not index.status[row]:
                if description and _fax_place(description):
                    offered.setdefault(key, row)
            elif index.status[row] >= 200 and key in offered:
                request = offered.pop(key)
                here, there = index.sdp(request), description and _fax_place(description)
                if index.status[row] < 300 and here and there:
                    yield self._accepted_fax(row, _fax_place(here) or "?", there)
                elif index.status[row] not in _CHALLENGES:
                    yield self._event(row, "t38", f"✖ {index.status[row]} · {self._way(row)}")

    def _accepted_fax(self, row: int, here: str, there: str) -> Event:
        counts = [self.faxes[place] for place in (here, there) if place in self.faxes]
        if not counts:
            return self._event(row, "t38", f"{here} ↔ {there}")
        packets, lost = (sum(column) for column in zip(*counts, strict=True))
        text = f"{here} ↔ {there} · UDPTL {packets}{f' −{lost}' if lost else ''}"
        return self._event(row, "t38", text, packets=packets, lost=lost)

    def early_media(self) -> Iterator[Event]:
        """The first provisional response of the leg with a session description: what it announces may be heard."""
        index = self.sip.index
        for row in self._rows():
            if index.method[row] == "INVITE" and 100 < index.status[row] < 200 and (answer := index.sdp(row)):
                request = self.leg.session.last_invite
                offer = index.sdp(request) if request is not None else None
                codecs = (
                    negotiated(offer, answer) if offer else [f.name for m in answer.media for f in m.formats if f.name]
                )
                yield self._event(row, "early-media", f"{index.status[row]} {' '.join(codecs)} · {self._way(row)}")
                return


def _has_audio(description: Sdp) -> bool:
    return any(m.kind == "audio" and m.port for m in description.media)


def _directions(description: Sdp | None) -> str:
    """What the audio lines say, 0.0.0.0 included."""
    audio = [m for m in description.media if m.kind == "audio"] if description else []
    return " ".join(dict.fromkeys("0.0.0.0" if m.address == "0.0.0.0" else m.direction for m in audio))  # noqa: S104


def _fax_place(description: Sdp) -> str | None:
    """Where fax over UDPTL or TCP is expected."""
    return next((f"{m.address}:{m.port}" for m in description.media if m.kind == "image" and m.port), None)

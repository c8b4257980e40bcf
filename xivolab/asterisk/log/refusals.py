"""Who was refused, by address: out of the security events and the notices of Asterisk's log.

Security events: main/security_events.c, res/res_security_log.c. Notices: channels/chan_sip.c (handle_request_register,
handle_request_invite), res/res_pjsip/pjsip_distributor.c, res/res_pjsip_session.c.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from xivolab.asterisk.log.hints import REFUSAL as REFUSAL_HINT
from xivolab.asterisk.log.logs import Logs
from xivolab.schema import NULL_INT, REFUSAL
from xivolab.table import Table

SCAN_ACCOUNTS = 5
"""So many different accounts that do not exist, or numbers nobody has, from one address are a scan, not a mistake."""

_EVENT = re.compile(r'(\w+)="((?:[^"]|"(?!,\w+="|$))*)"')
_REQUEST = re.compile(
    r"(?P<kind>Registration|Request)(?: '(?P<method>\w*)')? from '(?P<who>.*)' failed for '(?P<address>[^']*)'"
    r"(?: \(callid: .*?\))? - (?P<reason>.*?)(?: after \d+ tries in [\d.]+ ms)?\s*$",
    re.DOTALL,
)
_CALL = re.compile(
    r"(?:.*: )?Call (?:from '(?P<who>[^']*)' )?\((?:\w+:)?(?P<address>[^)]+)\) to extension '(?P<exten>.*)' rejected because"
    r" extension not found in context '(?P<context>[^']*)'\.?\s*$",
    re.DOTALL,
)
_USER = re.compile(r"sips?:([^@;>]*)")
_REMOTE = re.compile(r"IPV[46]/\w+/(.*)/(\d+)$", re.IGNORECASE)

_REFUSED = frozenset(
    {
        "FailedACL",
        "InvalidAccountID",
        "ChallengeResponseFailed",
        "InvalidPassword",
        "UnexpectedAddress",
        "RequestNotAllowed",
        "RequestNotSupported",
        "RequestBadFormat",
        "AuthMethodNotAllowed",
        "InvalidTransport",
        "SessionLimit",
        "MemoryLimit",
        "LoadAverageLimit",
    }
)
_UNKNOWN = re.compile(r"No matching|InvalidAccountID|not found", re.IGNORECASE)


@dataclass(slots=True)
class Refusal:
    """One refusal: by whom it was asked, for what, and why not. `kind` is "registration", "call" or "request"."""

    address: str
    kind: str
    account: str | None
    reason: str
    source: str


def refusal(text: str) -> Refusal | None:
    """The refusal that a record tells; None for any other, and for events of success."""
    text = text.lstrip().partition("\n")[0].rstrip()  # each takes one line
    if 'SecurityEvent="' in text:
        return _of_event(text)
    if found := _REQUEST.search(text):
        user = _USER.search(found["who"])
        account = user[1] if user else found["who"].strip('"<> ') or None
        method = found["method"] or ""
        registers = found["kind"] == "Registration" or method == "REGISTER"
        kind = "registration" if registers else "call" if method == "INVITE" else "request"
        return Refusal(_host(found["address"]), kind, account, found["reason"], "notice")
    if found := _CALL.search(text):
        return Refusal(
            _host(found["address"]),
            "call",
            found["exten"] or None,
            f"extension not found in {found['context']}",
            "notice",
        )
    return None


def _of_event(text: str) -> Refusal | None:
    values = dict(_EVENT.findall(text))
    if values.get("SecurityEvent") not in _REFUSED:
        return None
    remote = _REMOTE.match(values.get("RemoteAddress", ""))
    account = values.get("AccountID", "")
    known = None if account in ("", "<unknown>") else account
    address = remote[1] if remote else values.get("RemoteAddress") or "?"
    return Refusal(address, "request", known, values["SecurityEvent"], f"security {values.get('Service', '')}".strip())


def _host(place: str) -> str:
    """The IP address of "ip:port", with or without brackets."""
    text = place.strip()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.rpartition(":")[0] if text.count(":") == 1 else text


@dataclass(slots=True)
class _Source:
    first: int
    last: int
    place: tuple[str, int]
    events: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, None] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    reasons: dict[str, int] = field(default_factory=dict)

    def take(self, told: Refusal) -> None:
        self.events += 1
        self.kinds[told.kind] = self.kinds.get(told.kind, 0) + 1
        self.reasons[told.reason] = self.reasons.get(told.reason, 0) + 1
        if told.account is not None:
            self.accounts[told.account] = None
            if _UNKNOWN.search(told.reason):
                self.unknown.add(told.account)


def refusal_table(logs: Logs) -> Table:
    """A row for each address that was refused something, the most refused first.

    Where the log has security events and notices of the same requests, both count as told: `events` is what stands in the log.
    A record that Asterisk wrote into several files (full, messages, security) counts once.
    """
    sources: dict[str, _Source] = {}
    home: dict[tuple[str, int, int, str], int] = {}  # the file whose records of that kind count
    several = len(logs.files) > 1
    for number in logs.order:
        path = logs.files[number].path
        kept, texts = logs.hinted(number, REFUSAL_HINT)
        times = logs.clocks[number].epoch(kept).tolist()
        for time, line, thread, message in zip(
            times, kept["line"].tolist(), kept["thread"].tolist(), texts, strict=True
        ):
            text = message.decode("utf-8", "replace").strip()
            told = refusal(text)
            if told is None:
                continue
            key = (logs.files[number].server, time, thread, text)
            if several and time != NULL_INT and home.setdefault(key, number) != number:
                continue
            source = sources.setdefault(told.address, _Source(time, time, (path, line)))
            if time != NULL_INT:
                source.first = time if source.first == NULL_INT else min(source.first, time)
                source.last = max(source.last, time)
            source.take(told)
    ranked = sorted(sources.items(), key=lambda item: (-item[1].events, item[0]))
    return Table.from_rows(REFUSAL, [_row(address, source) for address, source in ranked])


def _row(address: str, source: _Source) -> dict[str, Any]:
    return {
        "id": blake2b(address.encode(), digest_size=6).hexdigest(),
        "address": address,
        "first": None if source.first == NULL_INT else source.first,
        "last": None if source.last == NULL_INT else source.last,
        "events": source.events,
        "registrations": source.kinds.get("registration", 0),
        "calls": source.kinds.get("call", 0),
        "accounts": list(source.accounts),
        "reasons": sorted(source.reasons, key=lambda reason: (-source.reasons[reason], reason)),
        "scan": len(source.unknown) >= SCAN_ACCOUNTS,
        "file": source.place[0],
        "line": source.place[1],
    }

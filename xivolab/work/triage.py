"""Failures grouped by what they have in common: one trunk, one number, one network … since when, and what still works."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from xivolab.findings.media_ways import host as host_of
from xivolab.schema import TRIAGE, TRIAGE_DIMENSIONS
from xivolab.sip import scan
from xivolab.table import Table

if TYPE_CHECKING:
    from xivolab.case import Case

_SURE = 0.8
"""So much of what has something in common must fail for that to be the reason."""
_BARELY = 0.5
"""As much of the rest may fail in the same way, in proportion: else the reason is a wider one."""
_FAILED_STATES = frozenset({"failed", "rejected"})
_SEVERITIES = ("error", "warning", "info")


@dataclass(slots=True)
class _Attempt:
    """A call: when it began (s), what it has in common with others, and the code and severity of its failure, if it failed."""

    id: str
    start: float
    features: dict[str, tuple[str, ...]]
    code: str | None = None
    severity: str = "info"


@dataclass(slots=True)
class _Group:
    by: str
    value: str
    code: str
    severity: str
    failed: list[_Attempt]
    others: list[_Attempt] = field(default_factory=list)
    total: list[_Attempt] = field(default_factory=list)


def triage(case: Case, lang: str = "en", place: tzinfo = UTC) -> Table:
    """The failures of a case in groups, the worst and largest first (`xivolab.schema.TRIAGE`).

    Each failure is in one group: the one that explains it best. Calls without a start are left out.
    """
    attempts = sorted(_attempts(case), key=lambda attempt: attempt.start)
    groups = sorted(
        _groups(attempts),
        key=lambda group: (_SEVERITIES.index(group.severity), -len(group.failed), group.failed[0].start),
    )
    return Table.from_rows(TRIAGE, [_row(group, attempts, lang, place) for group in groups])


def _attempts(case: Case) -> Iterator[_Attempt]:
    found = case.table("findings")
    codes: dict[str, tuple[str, str]] = {}
    # The worst come first.
    for call, code, severity, role in zip(
        *(found[name].tolist() for name in ("call", "code", "severity", "role")), strict=True
    ):
        if call is not None and role == "cause" and severity != "info":
            codes.setdefault(call, (code, severity))
    agents = _agents(case)
    for row in case.table("calls").records():
        if row["start"] is None:
            continue
        code, severity = codes.get(row["id"], (None, "info"))
        if code is None and row["state"] in _FAILED_STATES:
            code, severity = " ".join(str(part) for part in (row["state"], row["status"]) if part), "warning"
        yield _Attempt(row["id"], row["start"], _features(case, row, agents), code, severity)


def _agents(case: Case) -> dict[str, str]:
    """The User-Agent in the first INVITE of each Call-ID."""
    index = case.reading.sip.index
    return {
        call_id: agent
        for call_id, rows in case.reading.sip.groups.items()
        if index.method[rows[0]] == "INVITE" and (agent := index.text(rows[0], scan.AGENT))
    }


def _features(case: Case, row: dict[str, Any], agents: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """By dimension the values of one call."""
    legs = row["leg_details"]
    places = [leg.get("src") for leg in legs[:1]] + [leg.get("dst") for leg in legs[1:] or legs]
    names = case.names
    roles = [(place, names.get(host_of(place))) for place in places if place]
    trunks = [host.name for _, host in roles if host and host.role == "operator"]
    phones = [(place, host) for place, host in roles if not host or host.role in ("phone", "router")]
    channels = [str(leg.get("channel") or "").partition("/")[2].rpartition("-")[0] for leg in legs]
    inward = bool(trunks) and bool(roles) and roles[0][1] is not None and roles[0][1].role == "operator"
    agent = agents.get(row["legs"][0]) if row["legs"] else None
    return {
        "trunk": tuple(trunks),
        "number": tuple(number for number in (row["callee"] or row["to_user"],) if number),
        "endpoint": tuple(
            dict.fromkeys([*(host.name if host else host_of(place) for place, host in phones), *filter(None, channels)])
        ),
        "user-agent": (agent,) if agent else (),
        "network": tuple(dict.fromkeys(net for place, _ in phones if (net := _network(host_of(place))))),
        "direction": (("in" if inward else "out") if trunks else "internal",),
        "all": ("",),
    }


def _network(ip: str) -> str | None:
    """The network that phones of one place share, as a rule: /24, or /64 of IPv6."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return None
    return str(ipaddress.ip_network(f"{ip}/{24 if address.version == 4 else 64}", strict=False))


def _groups(attempts: Sequence[_Attempt]) -> Iterator[_Group]:
    """Groups that hold each failure once: as long as something explains several of them, then one by one number."""
    left: dict[str, list[_Attempt]] = defaultdict(list)
    for attempt in attempts:
        if attempt.code is not None:
            left[attempt.code].append(attempt)
    for failures in left.values():
        open_ = list(failures)
        while open_:
            group = max(_candidates(open_, attempts), key=_worth)
            yield group
            taken = {attempt.id for attempt in group.failed}
            open_ = [attempt for attempt in open_ if attempt.id not in taken]


def _candidates(failures: Sequence[_Attempt], attempts: Sequence[_Attempt]) -> Iterator[_Group]:
    """Everything that some of these failures have in common."""
    having: dict[tuple[str, str], list[_Attempt]] = defaultdict(list)
    for failure in failures:
        for by, values in failure.features.items():
            for value in values:
                having[by, value].append(failure)
    first = failures[0]
    for (by, value), failed in having.items():
        since = failed[0].start
        group = _Group(by, value, str(first.code), failed[0].severity, failed)
        for attempt in attempts:
            if attempt.start >= since:
                (group.total if value in attempt.features[by] else group.others).append(attempt)
        yield group


def _worth(group: _Group) -> tuple[bool, int, float, int]:
    """What explains most: it fails nearly always, the rest does not; of two alike the narrower one."""
    rate = len(group.failed) / len(group.total)
    alike = sum(attempt.code == group.code for attempt in group.others)
    rest = alike / len(group.others) if group.others else 0.0
    explains = rate >= _SURE and rest <= _BARELY * rate and group.by != "all"
    # Ranks by how many it explains; the order of the dimensions decides between equals.
    return explains, len(group.failed) if explains else 0, rate - rest, -TRIAGE_DIMENSIONS.index(group.by)


def _row(group: _Group, attempts: Sequence[_Attempt], lang: str, place: tzinfo) -> dict[str, Any]:
    since, until = group.failed[0].start, group.failed[-1].start
    alike = [attempt for attempt in attempts if group.value in attempt.features[group.by]]
    good = [attempt.start for attempt in alike if attempt.code is None]
    others = [attempt for attempt in group.others if attempt.start <= until]
    ids = [attempt.id for attempt in group.failed]
    row: dict[str, Any] = {
        "id": blake2b(
            repr((group.code, group.by, group.value, ids[0])).encode("utf-8", "surrogateescape"), digest_size=6
        ).hexdigest(),
        "code": group.code,
        "severity": group.severity,
        "by": group.by,
        "value": group.value,
        "failed": len(group.failed),
        "total": len([attempt for attempt in group.total if attempt.start <= until]),
        "since": since,
        "until": until,
        "last_good": max((start for start in good if start < since), default=None),
        "good_again": min((start for start in good if start > until), default=None),
        "others_failed": sum(attempt.code == group.code for attempt in others),
        "others": len(others),
        "calls": ids,
    }
    summary = _sentence(row, lang, place)
    times = ("since", "until", "last_good", "good_again")
    return {
        **row,
        **{name: None if row[name] is None else round(row[name] * 1e9) for name in times},
        "summary": summary,
    }


_WHAT = {
    "trunk": ("through {value}", "par {value}"),
    "number": ("to {value}", "vers {value}"),
    "endpoint": ("of {value}", "de {value}"),
    "user-agent": ("of phones {value}", "des postes {value}"),
    "network": ("of the network {value}", "du réseau {value}"),
    "direction": ("", ""),
    "all": ("", ""),
}
_DIRECTIONS = {
    "in": ("coming in", "entrants"),
    "out": ("going out", "sortants"),
    "internal": ("inside", "internes"),
}


def _sentence(row: dict[str, Any], lang: str, place: tzinfo) -> str:
    """Such as "Since 09:12:31 all 42 calls through trunk-op: service-unavailable; the last good one 09:12:04; 0 of 17 others."."""
    french = lang == "fr"
    what = _WHAT[row["by"]][french].format(value=row["value"])
    if row["by"] == "direction":
        what = _DIRECTIONS[row["value"]][french]
    parts = [
        (f"Depuis {_clock(row['since'], place)}, " if french else f"Since {_clock(row['since'], place)} ")
        + _count(row["failed"], row["total"], french)
        + (f" {what}" if what else "")
        + (" : " if french else ": ")
        + row["code"]
    ]
    if row["last_good"] is not None:
        parts.append(("dernier bon à " if french else "the last good one at ") + _clock(row["last_good"], place))
    if row["good_again"] is not None:
        parts.append(("de nouveau bon à " if french else "good again at ") + _clock(row["good_again"], place))
    if row["others"] and row["by"] != "all":
        few = f"{row['others_failed']} {'sur' if french else 'of'} {row['others']}"
        parts.append(f"{few} ailleurs" if french else f"{few} elsewhere")
    return ("\u00a0; " if french else "; ").join(parts) + "."


def _count(failed: int, total: int, french: bool) -> str:
    if failed == total == 1:
        return "un appel" if french else "one call"
    if failed == total:
        return f"les {total} appels" if french else f"all {total} calls"
    return f"{failed} appels sur {total}" if french else f"{failed} of {total} calls"


def _clock(epoch: float, place: tzinfo) -> str:
    return datetime.fromtimestamp(epoch, UTC).astimezone(place).strftime("%H:%M:%S")

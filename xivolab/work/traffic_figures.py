"""The figures of RFC 6076, and ITU-T's answer seizure and network effectiveness ratios, from attempts.

RFC 6076 measures at the user agent; a capture in the middle measures something shorter. What the RFC leaves open is
settled in `docs/traffic.md`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.schema import NULL_INT
from xivolab.work.traffic_attempts import Calls, Registrations, Times

EFFECTIVE = (480, 486, 600, 603)
"""Besides 2xx, what counts as effective in SEER: the called user's doing (RFC 6076 4.7)."""

INEFFECTIVE = (408, 500, 503, 504)
"""The overloads and failures of servers that ISA counts (RFC 6076 4.8)."""

NO_FAILURE = (401, 402, 407)
"""4xx that ask for something rather than refuse (RFC 6076 4.2, 4.3.2)."""


def call_figures(calls: Calls) -> dict[str, Any]:
    """Counts, ratios in percent (None of nothing) and delays in ms of attempts to call."""
    count = len(calls)
    status, answered = calls.status, calls.answered
    diverted = status // 100 == 3
    overdue = _overdue(calls)
    completed = answered & (calls.gone != NULL_INT)
    effective = answered | np.isin(status, EFFECTIVE)
    ineffective = np.isin(status, INEFFECTIVE) | overdue
    rang_out = calls.rang & np.isin(calls.state, ("no-answer", "cancelled"))
    reached = answered | np.isin(calls.state, ("busy",)) | rang_out | np.isin(status, (486, 600, 603))
    failed = (status >= 400) & ~np.isin(status, NO_FAILURE) & (calls.told == NULL_INT)
    return {
        "calls": count,
        "calls_answered": int(answered.sum()),
        "calls_completed": int(completed.sum()),
        "calls_diverted": int(diverted.sum()),
        "calls_overdue": int(overdue.sum()),
        "calls_pending": int(np.isin(calls.state, ("setup", "ringing")).sum()),
        "ser_pct": percent(answered.sum(), count - diverted.sum()),
        "seer_pct": percent(effective.sum(), count - diverted.sum()),
        "isa_pct": percent(ineffective.sum(), count),
        "scr_pct": percent(completed.sum(), count),
        "asr_pct": percent(answered.sum(), count),
        "ner_pct": percent(reached.sum(), count),
        **delays("srd", calls.asked, calls.told),
        "srd_authorized_mean_ms": _mean(calls.authorized, calls.told),
        **delays("srd_failed", calls.asked[failed], calls.final[failed]),
        **delays("sdd", calls.hung_up, calls.gone),
        "sdt_count": len(_between(calls.final[answered], calls.hung_up[answered])),
        "sdt_mean_s": _seconds(_mean(calls.final[answered], calls.hung_up[answered])),
    }


def registration_figures(registrations: Registrations) -> dict[str, Any]:
    """Counts, the ratio of ineffective attempts in percent, and the delay in ms of attempts to register."""
    accepted, status = registrations.accepted, registrations.status
    ineffective = ((status >= 400) & ~np.isin(status, NO_FAILURE)) | registrations.overdue
    return {
        "registrations": len(registrations),
        "registrations_accepted": int(accepted.sum()),
        "registrations_rejected": int(registrations.rejected.sum()),
        "registrations_overdue": int(registrations.overdue.sum()),
        "ira_pct": percent(ineffective.sum(), len(registrations)),
        **delays("rrd", registrations.asked[accepted], registrations.final[accepted]),
        "rrd_authorized_mean_ms": _mean(registrations.authorized[accepted], registrations.final[accepted]),
    }


def _overdue(calls: Calls) -> NDArray[np.bool_]:
    """Without any final response for 32 s, or for three minutes after ringing: like a 408 (RFC 3261 8.1.3.1)."""
    return np.asarray((calls.status == 0) & (calls.state == "failed"))


def delays(name: str, since: Times, until: Times) -> dict[str, Any]:
    """How many delays there are, and their mean, 95th percentile and maximum in ms; None without any."""
    found = _between(since, until)
    if not len(found):
        return {f"{name}_count": 0, f"{name}_mean_ms": None, f"{name}_p95_ms": None, f"{name}_max_ms": None}
    return {
        f"{name}_count": len(found),
        f"{name}_mean_ms": float(found.mean()),
        f"{name}_p95_ms": float(np.percentile(found, 95)),
        f"{name}_max_ms": float(found.max()),
    }


def _between(since: Times, until: Times) -> NDArray[np.float64]:
    """The delays in ms where both ends are known, and the clock was not set back between them."""
    known = (since != NULL_INT) & (until != NULL_INT)
    found = (until[known] - since[known]) / 1e6
    return np.asarray(found[found >= 0])


def _mean(since: Times, until: Times) -> float | None:
    found = _between(since, until)
    return float(found.mean()) if len(found) else None


def _seconds(ms: float | None) -> float | None:
    return None if ms is None else ms / 1000


def percent(part: Any, whole: Any) -> float | None:
    """`part` of `whole` in percent; None of nothing."""
    return 100.0 * float(part) / float(whole) if whole > 0 else None

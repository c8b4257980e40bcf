"""How calls ended, as far as a log tells: their fields, open where it does not. Compiled: a walk over what was told of each.

XiVO answers the calls that it refuses, to say so: they are answered by the server. DIALSTATUS says less than it seems to
(apps/app_dial.c, handle_cause): "Everyone is busy/congested (1:0/0/1)" is any refusal but busy and congestion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper, kernel
from xivolab.asterisk.log.groups import CALLERS, SECOND, Groups
from xivolab.asterisk.log.names import ENDPOINT, Names
from xivolab.asterisk.log.tellings import (
    ANSWERED,
    ANSWERS,
    BUSY,
    CALLED,
    DIALS,
    DOES,
    EXITED,
    FELL_THROUGH,
    FOR_TWO,
    HANGS_UP,
    IS_BUSY,
    IS_CONGESTED,
    IS_DESTINATION,
    IS_FIRST,
    IS_SOURCE,
    JOINED,
    LEFT,
    NO_ANSWER,
    NO_EXTENSION,
    NOT_MADE,
    OF_HELPER,
    OF_LOCAL,
    PROGRESS,
    REFUSED,
    RINGING,
    SOME_BUSY,
    SOME_CONGESTED,
    SOME_REFUSED,
    STEP,
    SWAPPED,
    TIMED_OUT,
    UNANSWERED,
)
from xivolab.net.bytes import i64
from xivolab.schema import NULL_INT

_TIMED_OUT_AFTER = 30 * SECOND  # a phone that does not answer an INVITE at all is given up after 32 s
_TRIES = 32  # so often may each row be moved before the rows of a call are sorted in another way

NONE = -1

STATES = (
    "setup",
    "ringing",
    "in-call",
    "completed",
    "cancelled",
    "busy",
    "rejected",
    "no-answer",
    "failed",
)
PARTIES = ("caller", "callee", "server")
_SETUP, _RINGING, _IN_CALL, _COMPLETED, _CANCELLED, _BUSY, _REJECTED, _NO_ANSWER, _FAILED = range(9)
_CALLER, _CALLEE, _SERVER = range(3)

ENDED = np.dtype(
    [
        # ns since 1970, NULL_INT for null
        ("start", np.int64),
        ("end", np.int64),
        ("answered_at", np.int64),
        ("connected_at", np.int64),
        # ns, NULL_INT for null
        ("setup", np.int64),
        ("talk", np.int64),
        ("first", np.int64),  # the number of what names the call
        ("group", np.int32),  # its first one
        # names by number, 0 for none
        ("caller", np.int32),  # a channel
        ("user", np.int32),  # of the caller
        ("exten", np.int32),  # NONE for null
        ("source", np.int32),  # the numbers that the dialplan tells
        ("destination", np.int32),
        # NONE for null
        ("status", np.int32),
        ("cause", np.int32),
        ("answered", np.int8),
        ("answered_by", np.int8),  # index into PARTIES
        ("released", np.int8),  # the same
        ("state", np.int8),  # index into STATES
        ("partial", np.int8),
        ("refused", np.int8),  # at once: the dialplan does not have the number
        ("originated", np.int8),  # by the PBX: its first channel is a Local one
    ],
    align=True,
)
"""A call as a log tells it."""

(
    ANSWER, ANSWER_KNOWN, CONNECTED, RANG, DIAL, TRIED, VERDICT, MADE_NOT, HUNG_UP, FINAL, FIRST_OUT, INSIDE, TIMED, MISSING,
    FIRST_STEP, CALLER_STEPS, EXACT, SOURCE, DESTINATION,
) = range(19)  # fmt: skip
"""What is known on the walk, in an array (20,) int64: rows and causes, -1 for none; names; counts and whether."""

_BRIDGE_OF, _IN_BRIDGE, _TALKED, _LISTED = range(4)  # of names: the call whose bridge, how many in it, the call where


@dataclass(slots=True)
class Ended:
    """`calls` (n,) `ENDED`; of each call its groups, `groups[group_bounds[k]:group_bounds[k + 1]]`, the same way its
    `channels` (m, 2), the caller's first: the name, and 1 for those that talked; and its `rows` of what was told, in order."""

    calls: NDArray[Any]
    groups: NDArray[np.int32]
    group_bounds: NDArray[np.int64]
    channels: NDArray[np.int32]
    channel_bounds: NDArray[np.int64]
    rows: NDArray[np.int32]
    row_bounds: NDArray[np.int64]


def ended(told: NDArray[Any], files: NDArray[np.int32], found: Groups, names: Names) -> Ended:
    """The calls of some groups. files (n,) int32 is the file of each row of what was told; empty where there is but one."""
    count, groups = len(found.groups), found.groups
    call_of = np.empty(count, np.int32)
    calls = int(number_calls(groups, call_of))
    group_bounds, row_bounds = np.zeros(calls + 1, np.int64), np.zeros(calls + 1, np.int64)
    ordered, rows = np.empty(count, np.int32), np.empty(len(told), np.int32)
    share(told, files, found.groups, found.owner, call_of, group_bounds, ordered, row_bounds, rows)
    unsorted = np.empty(calls, np.int32)
    for call in unsorted[: sort_rows(told, files, row_bounds, rows, unsorted)].tolist():
        here = rows[row_bounds[call] : row_bounds[call + 1]]
        times = np.where(told["time"][here] == NULL_INT, 0, told["time"][here])
        here[:] = here[np.lexsort((told["line"][here], files[here] if len(files) else here * 0, times))]
    ends = np.zeros(calls, ENDED)
    channels, channel_bounds = np.empty((len(found.links) + calls, 2), np.int32), np.zeros(calls + 1, np.int64)
    widest = int(np.diff(row_bounds).max(initial=1))
    inside = np.full((1 << (2 * widest).bit_length(), 4), -1, np.int32)
    walk_calls(
        told,
        names.entries,
        found.groups,
        found.callers,
        found.links,
        group_bounds,
        ordered,
        row_bounds,
        rows,
        np.full((len(names), 4), -1, np.int32),
        inside,
        np.zeros(20, np.int64),
        ends,
        channels,
        channel_bounds,
    )
    return Ended(ends, ordered, group_bounds, channels[: channel_bounds[-1]], channel_bounds, rows, row_bounds)


@helper
def _root_of(groups: Any, number: int) -> int:
    while groups[number]["parent"] >= 0:
        number = i64(groups[number]["parent"])
    return number


@kernel
def number_calls(groups: Any, call_of: Any) -> int:
    """Number the calls, in order of the first of their groups; fill call_of (n,) int32, -1 for a group of none. How many."""
    for n in range(len(groups)):
        call_of[n] = -1
    for n in range(len(groups)):
        root = _root_of(groups, n)
        if root != n and groups[n]["parent"] != root:
            groups[n]["parent"] = root
        if groups[n]["tells"]:
            groups[root]["tells"] = 1
    calls = i64(0)
    for loose in range(2):
        for n in range(len(groups)):
            if (groups[n]["callid"] < 0) == (loose == 1):
                root = _root_of(groups, n)
                if groups[root]["tells"]:
                    if call_of[root] < 0:
                        call_of[root] = calls
                        calls += 1
                    call_of[n] = call_of[root]
    return calls


@helper
def _is_before(told: Any, files: Any, one: int, other: int) -> bool:
    """Whether one row comes before another: by time, file and line."""
    a, b = i64(told[one]["time"]), i64(told[other]["time"])
    a, b = (i64(0) if a == NULL_INT else a), (i64(0) if b == NULL_INT else b)
    if a != b:
        return a < b
    if len(files) and files[one] != files[other]:
        return bool(files[one] < files[other])
    return i64(told[one]["line"]) < i64(told[other]["line"])


@kernel
def share(
    told: Any,
    files: Any,
    groups: Any,
    owner: Any,
    call_of: Any,
    group_bounds: Any,
    ordered: Any,
    row_bounds: Any,
    rows: Any,
) -> None:
    """Fill the groups of each call, by their beginning, and its rows, in the order in which they were told."""
    for n in range(len(groups)):
        if call_of[n] >= 0:
            group_bounds[call_of[n] + 1] += 1
    for n in range(len(owner)):
        if owner[n] >= 0 and call_of[owner[n]] >= 0:
            row_bounds[call_of[owner[n]] + 1] += 1
    calls = len(group_bounds) - 1
    for k in range(calls):
        group_bounds[k + 1] += group_bounds[k]
        row_bounds[k + 1] += row_bounds[k]
    # Each place moves on as it is filled; at the end every one is where the next call begins.
    for loose in range(2):
        for n in range(len(groups)):
            call = call_of[n]
            if call >= 0 and (groups[n]["callid"] < 0) == (loose == 1):
                ordered[group_bounds[call]] = n
                group_bounds[call] += 1
    for n in range(len(owner)):
        if owner[n] >= 0 and call_of[owner[n]] >= 0:
            call = call_of[owner[n]]
            rows[row_bounds[call]] = n
            row_bounds[call] += 1
    for k in range(calls, 0, -1):
        group_bounds[k] = group_bounds[k - 1]
        row_bounds[k] = row_bounds[k - 1]
    if calls:
        group_bounds[0] = 0
        row_bounds[0] = 0
    for call in range(calls):
        for k in range(group_bounds[call] + 1, group_bounds[call + 1]):
            group, j = ordered[k], k
            first = i64(groups[group]["first"])
            while j > group_bounds[call] and _is_before(told, files, first, i64(groups[ordered[j - 1]]["first"])):
                ordered[j] = ordered[j - 1]
                j -= 1
            ordered[j] = group


@kernel
def sort_rows(told: Any, files: Any, bounds: Any, rows: Any, unsorted: Any) -> int:
    """Sort the rows of each call, which are nearly in order; how many calls are not, whose numbers go to unsorted."""
    count = i64(0)
    for call in range(len(bounds) - 1):
        tries = _TRIES * (bounds[call + 1] - bounds[call])
        for k in range(bounds[call] + 1, bounds[call + 1]):
            row, j = rows[k], k
            while j > bounds[call] and tries > 0 and _is_before(told, files, i64(row), i64(rows[j - 1])):
                rows[j] = rows[j - 1]
                j -= 1
                tries -= 1
            rows[j] = row
        if tries <= 0:
            unsorted[count] = call
            count += 1
    return count


@helper
def _place(inside: Any, call: int, bridge: int, channel: int) -> int:
    """The place in inside of a channel in a bridge of this call; a free one when it never was in it."""
    value = (bridge * 0x9E3779B1 + channel * 0x85EBCA6B) & 0x7FFFFFFFFFFF
    slot = (value ^ (value >> 17)) & (len(inside) - 1)
    while inside[slot, 0] == call and not (inside[slot, 1] == bridge and inside[slot, 2] == channel):
        slot = (slot + 1) & (len(inside) - 1)
    return slot


@helper
def _leave(inside: Any, place: int, call: int, bridge: int, by_name: Any, known: Any) -> bool:
    """Take a channel out of a bridge; whether it was in it."""
    if inside[place, 0] != call or inside[place, 3] != 1:
        return False
    inside[place, 3] = 0
    by_name[bridge, _IN_BRIDGE] -= 1
    known[INSIDE] -= 1
    return True


@helper
def _bridge(row: Any, n: int, call: int, caller: int, by_name: Any, inside: Any, known: Any) -> None:
    bridge, channel = i64(row["value"]), i64(row["channel"])
    if row["how"] & OF_HELPER:  # the announcer of a conference is nobody to talk with
        return
    if not row["how"] & FOR_TWO:  # a conference, or where callers wait: nobody that was called
        if channel == caller:
            known[FINAL] = n if row["what"] == LEFT else -1  # it may hang up there: no step is told then
        return
    if by_name[bridge, _BRIDGE_OF] != call:
        by_name[bridge, _BRIDGE_OF], by_name[bridge, _IN_BRIDGE] = call, 0
    place = _place(inside, call, bridge, channel)
    if row["what"] == LEFT:
        was_in = inside[place, 0] == call and inside[place, 3] == 1
        if not was_in and known[ANSWER] < 0:  # it joined before the log begins
            known[ANSWER], known[CONNECTED] = n, n
        _leave(inside, place, call, bridge, by_name, known)
        # The last one in a bridge, while the talk goes on in another, is a transferor.
        alone = by_name[bridge, _IN_BRIDGE] == 0 and known[INSIDE] > 0
        if known[FIRST_OUT] < 0 and not alone and not row["how"] & OF_LOCAL:
            known[FIRST_OUT] = channel
        return
    if inside[place, 0] != call or inside[place, 3] != 1:
        by_name[bridge, _IN_BRIDGE] += 1
        known[INSIDE] += 1
    inside[place, 0], inside[place, 1], inside[place, 2], inside[place, 3] = call, bridge, channel, 1
    if row["what"] == SWAPPED:  # with a Local channel, no longer needed
        _leave(inside, _place(inside, call, bridge, i64(row["other"])), call, bridge, by_name, known)
    by_name[channel, _TALKED] = call
    known[FIRST_OUT] = -1
    if channel == caller:
        known[FINAL] = -1
    if by_name[bridge, _IN_BRIDGE] > 1:
        if known[CONNECTED] < 0:
            known[CONNECTED] = n
        if known[ANSWER] < 0:  # it was, before the log begins
            known[ANSWER] = n


@helper
def _answer(n: int, known: Any) -> None:
    if known[ANSWER] < 0:
        known[ANSWER], known[ANSWER_KNOWN] = n, 1


@helper
def _step(row: Any, n: int, caller: int, known: Any) -> None:
    does, how = row["how"] & DOES, row["how"]
    if known[FIRST_STEP] < 0:
        known[FIRST_STEP] = n
    if row["channel"] == caller:
        known[FINAL] = -1
        known[CALLER_STEPS] = 1
    if how & (IS_SOURCE | IS_DESTINATION):
        which = SOURCE if how & IS_SOURCE else DESTINATION
        if known[which] == 0:
            known[which] = row["value"]
    elif does == DIALS:
        known[DIAL], known[TRIED], known[VERDICT], known[MADE_NOT] = n, 0, -1, -1
    elif does in (HANGS_UP, IS_BUSY, IS_CONGESTED):
        known[HUNG_UP] = n
    elif does == ANSWERS and row["channel"] == caller and not how & UNANSWERED:
        _answer(n, known)


@helper
def _take(row: Any, n: int, call: int, caller: int, by_name: Any, inside: Any, known: Any) -> None:
    """One more row of the call."""
    what = row["what"]
    if row["time"] != NULL_INT and row["time"] % SECOND:
        known[EXACT] = 1
    if what == STEP:
        _step(row, n, caller, known)
    elif what in (JOINED, LEFT, SWAPPED):
        _bridge(row, n, call, caller, by_name, inside, known)
    elif what in (CALLED, BUSY):
        known[TRIED] = 1
    elif what in (RINGING, PROGRESS):
        if known[RANG] < 0:
            known[RANG] = n
    elif what == ANSWERED:
        _answer(n, known)
        if known[CONNECTED] < 0:
            known[CONNECTED] = n
        by_name[row["channel"], _TALKED] = call
    elif what in (NO_ANSWER, REFUSED):
        if known[VERDICT] < 0:
            known[VERDICT] = n
    elif what == NOT_MADE:
        known[MADE_NOT] = row["value"]
    elif what in (EXITED, FELL_THROUGH):
        if row["channel"] == caller:
            known[FINAL] = n
    elif what == TIMED_OUT:
        known[TIMED] = 1
    elif what == NO_EXTENSION and known[MISSING] < 0:
        known[MISSING] = n


@helper
def _caller_way(callers: Any, group: int) -> int:
    """How the caller is found: the channel whose dialplan runs; else, of a call begun before the log, who is named first."""
    for way in range(CALLERS):
        if callers[group, way] > 0:
            return way
    return i64(0)


@helper
def _time(told: Any, n: int) -> int:
    """The time of a row; NULL_INT for no row."""
    return i64(told[n]["time"]) if n >= 0 else i64(NULL_INT)


@helper
def _or(cause: int, other: int) -> int:
    """The first cause that tells something, NONE where neither does."""
    return cause if cause > 0 else other if other > 0 else i64(NONE)


@helper
def _refusal(told: Any, known: Any, cause: int, out: Any) -> None:
    """What "Everyone is busy/congested at this time" means."""
    how = told[known[VERDICT]]["how"]
    out["released"] = _CALLEE
    if known[MADE_NOT] >= 0 and not known[TRIED]:
        out["state"], out["cause"], out["released"] = _FAILED, _or(cause, i64(known[MADE_NOT])), _SERVER
        return
    if how & SOME_BUSY:
        out["state"], out["cause"] = _BUSY, _or(cause, 17)
        return
    begun, ended = _time(told, i64(known[DIAL])), _time(told, i64(known[VERDICT]))
    late = begun != NULL_INT and ended != NULL_INT and begun != 0 and ended != 0 and ended - begun >= _TIMED_OUT_AFTER
    if how & SOME_REFUSED and not how & SOME_CONGESTED and not late:
        out["state"], out["cause"] = _REJECTED, cause
        return
    congested = how & SOME_CONGESTED
    out["state"], out["cause"] = _FAILED, _or(cause, 34) if congested else _or(cause, 0)
    out["released"] = _CALLEE if congested else _SERVER


@helper
def _outcome(told: Any, known: Any, caller: int, is_over: bool, out: Any) -> None:
    """State, status, Q.850 cause, who released."""
    out["status"], out["cause"], out["released"] = NONE, NONE, NONE
    if not is_over:
        if known[ANSWER] >= 0:
            out["state"], out["status"] = _IN_CALL, 200 if known[ANSWER_KNOWN] else NONE
        else:
            out["state"] = _RINGING if known[RANG] >= 0 else _SETUP
        return
    does = told[known[HUNG_UP]]["how"] & DOES if known[HUNG_UP] >= 0 else 0
    cause = i64(told[known[HUNG_UP]]["value"]) if does == HANGS_UP else i64(NONE)
    final = i64(told[known[FINAL]]["what"]) if known[FINAL] >= 0 else i64(0)
    out["cause"] = cause
    if known[ANSWER] >= 0:
        out["state"], out["status"] = _COMPLETED, 200 if known[ANSWER_KNOWN] else NONE
        if known[TIMED]:
            out["released"] = _SERVER
        elif known[CONNECTED] >= 0 and known[FIRST_OUT] >= 0:
            out["released"] = _CALLER if known[FIRST_OUT] == caller else _CALLEE
        elif known[HUNG_UP] >= 0 or final == FELL_THROUGH:
            out["released"] = _SERVER
        elif final:
            out["released"] = _CALLER
        return
    if known[VERDICT] < 0 and known[DIAL] >= 0:
        out["state"], out["status"], out["released"] = _CANCELLED, 487, _CALLER
        if out["originated"]:  # nobody is there to hang up, and no SIP tells a status
            out["status"], out["released"] = NONE, _SERVER
    elif known[VERDICT] >= 0 and told[known[VERDICT]]["what"] == NO_ANSWER:
        out["state"], out["released"] = _NO_ANSWER, _SERVER
    elif known[VERDICT] >= 0:
        _refusal(told, known, cause, out)
    elif known[HUNG_UP] < 0 and final == EXITED:
        out["state"], out["status"], out["released"] = _CANCELLED, 487, _CALLER
    else:
        out["state"] = _BUSY if does == IS_BUSY or cause == 17 else _FAILED
        out["status"] = 486 if does == IS_BUSY else 503 if does == IS_CONGESTED else NONE
        out["released"] = _SERVER


@helper
def _refused_at_once(told: Any, known: Any, out: Any) -> None:
    """A number that the dialplan does not have: Asterisk answers 404 (res_pjsip_session.c, new_invite)."""
    row = told[known[MISSING]]
    out["first"] = known[MISSING]
    out["originated"], out["refused"], out["answered"], out["answered_by"], out["partial"] = 0, 1, 0, NONE, 0
    out["user"], out["exten"] = row["value"], row["other"] if row["other"] > 0 else NONE
    out["start"], out["end"] = row["time"], row["time"]
    out["answered_at"], out["connected_at"], out["setup"], out["talk"] = NULL_INT, NULL_INT, NULL_INT, 0
    out["state"], out["status"], out["cause"], out["released"] = _FAILED, 404, NONE, _SERVER


@helper
def _tell(told: Any, known: Any, caller: int, group: Any, begun: int, last: int, out: Any) -> None:
    """The fields of a call that was begun, and whose last row is of the time `last`."""
    first = told[group["first"]]
    begins = first["what"] == STEP and first["how"] & IS_FIRST
    is_over = not known[INSIDE] and (known[FINAL] >= 0 or (known[FIRST_OUT] >= 0 and not known[CALLER_STEPS]))
    answered = known[ANSWER] >= 0
    out["first"], out["partial"] = group["first"], 0 if begins else 1
    out["start"] = begun if begins else NULL_INT
    out["end"] = last if is_over else NULL_INT
    out["answered"] = 1 if answered else 0 if begins else NONE
    out["answered_at"] = _time(told, i64(known[ANSWER])) if known[ANSWER_KNOWN] else NULL_INT
    out["connected_at"] = _time(told, i64(known[CONNECTED])) if begins or known[ANSWER_KNOWN] else NULL_INT
    out["answered_by"] = (_CALLEE if known[CONNECTED] >= 0 else _SERVER) if answered else NONE
    since = out["answered_at"] if out["connected_at"] == NULL_INT or out["connected_at"] == 0 else out["connected_at"]
    out["talk"] = NULL_INT
    if is_over and since != NULL_INT and since != 0 and last != NULL_INT and last != 0:
        out["talk"] = last - since
    elif is_over and begins and not answered:
        out["talk"] = 0
    out["setup"] = NULL_INT
    rang = _time(told, i64(known[RANG]))
    if rang != NULL_INT and begun != NULL_INT and begins and known[EXACT]:
        out["setup"] = rang - begun
    out["exten"] = told[known[FIRST_STEP]]["other"] if begins and known[FIRST_STEP] >= 0 else NONE
    _outcome(told, known, caller, is_over, out)


@helper
def _list(name: int, call: int, by_name: Any, channels: Any, at: int) -> int:
    """Put a channel of the call at channels[at] unless it is there already; where the next one goes."""
    if by_name[name, _LISTED] == call:
        return at
    by_name[name, _LISTED] = call
    channels[at, 0], channels[at, 1] = name, 1 if by_name[name, _TALKED] == call else 0
    return at + 1


@kernel
def walk_calls(
    told: Any,
    entries: Any,
    groups: Any,
    callers: Any,
    links: Any,
    group_bounds: Any,
    ordered: Any,
    row_bounds: Any,
    rows: Any,
    by_name: Any,
    inside: Any,
    known: Any,
    ends: Any,
    channels: Any,
    channel_bounds: Any,
) -> None:
    """Fill ends (n,) `ENDED`, and the channels of each call.

    by_name (m, 4) int32 and inside (2^k, 4) int32 come filled with -1, 2^k larger than the rows of any call.
    """
    at = i64(0)
    for call in range(len(ends)):
        begin, end = row_bounds[call], row_bounds[call + 1]
        first = ordered[group_bounds[call]]
        way = _caller_way(callers, first)
        caller = i64(callers[first, way])
        for k in range(19):
            known[k] = -1
        known[ANSWER_KNOWN], known[TRIED], known[INSIDE], known[TIMED] = 0, 0, 0, 0
        known[CALLER_STEPS], known[EXACT], known[SOURCE], known[DESTINATION] = 0, 0, 0, 0
        for k in range(begin, end):
            _take(told[rows[k]], i64(rows[k]), call, caller, by_name, inside, known)
        out = ends[call]
        out["group"], out["caller"], out["source"], out["destination"] = (
            first,
            caller,
            known[SOURCE],
            known[DESTINATION],
        )
        out["originated"], out["refused"] = 1 if way >= CALLERS // 2 else 0, 0
        out["user"] = 0 if out["originated"] else max(i64(entries[caller, ENDPOINT]), 0)
        if known[MISSING] >= 0:
            _refused_at_once(told, known, out)
        else:
            final = i64(known[FINAL])
            in_room = final >= 0 and told[final]["what"] == LEFT
            begun, last = _time(told, i64(rows[begin])), _time(told, final if in_room else i64(rows[end - 1]))
            _tell(told, known, caller, groups[first], begun, last, out)
        channel_bounds[call] = at
        if caller > 0:
            at = _list(caller, call, by_name, channels, at)
            for k in range(group_bounds[call], group_bounds[call + 1]):
                link = groups[ordered[k]]["head"]
                while link >= 0:
                    at = _list(i64(links[link, 1]), call, by_name, channels, at)
                    link = links[link, 2]
    channel_bounds[len(ends)] = at

"""What befell the channels of one Asterisk, as calls: by call id, boot and bridge. Compiled.

A call id ([C-…]) is that of all channels that were made for one call, Local channels and members of queues included.
Bridges tie two of them together when a transfer completes. Call ids start again with each start of Asterisk, which its log
shows: it says that it is ready, or writes its banner and then counts from the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper, kernel
from xivolab.asterisk.log.names import ENDPOINT, START, Names
from xivolab.asterisk.log.tellings import (
    ANSWERED,
    BASIC,
    CALLED,
    EXITED,
    FELL_THROUGH,
    HAS_CALL_ID,
    HAS_CALLID,
    HAS_THREAD,
    INVITED,
    JOINED,
    LEFT,
    LOST,
    NO_EXTENSION,
    OPENED,
    PROGRESS,
    RINGING,
    SENT,
    STARTED,
    STEP,
    SWAPPED,
)
from xivolab.net.bytes import byte, i64
from xivolab.schema import NULL_INT

SECOND = 1_000_000_000
_ENDED_FOR = 5 * SECOND
_NEAR = 10 * SECOND
"""So long may pass between an INVITE in the log and the first step of its call."""
_FORGOTTEN = 3600 * SECOND
"""An INVITE that had no call for so long is not looked at any more."""
_AT_ONCE = 1 << 16

GROUP = np.dtype(
    [
        ("ended", np.int64),  # when its channel's dialplan was over, ns; NULL_INT while it is not
        ("callid", np.int64),  # -1 where the log has none
        ("first", np.int64),  # the number of what was told of it first
        ("boot", np.int32),
        ("parent", np.int32),  # a group of the same call, -1 for none
        ("head", np.int32),  # of its channels, in `links`
        ("tail", np.int32),
        ("tells", np.int32),  # whether it tells of a call
    ],
    align=True,
)

CALLERS = 8
"""Ways to find the caller, the best first: the dialplan, its end, an answer, anything; then the same of Local channels."""

BOOT, RESTARTED, REOPENED, MARK, TOP, GROUPS, LINKS, TIES, LOOSE, INVITES, OLDEST = range(11)
"""What grouping knows from one part to the next, in an array (12,) int64; MARK, LOOSE and OLDEST as numbers, -1 for none."""

_WHO, _FROM, _FOR, _WHEN, _WAITS = range(5)  # of an INVITE
_TIED = -2  # a Call-ID that a call has: another INVITE of it is its own, or a second copy


@dataclass(slots=True)
class Groups:
    """`groups` (m,) `GROUP`, their `callers` (m, CALLERS) by number of the name, 0 for none.

    `owner` (n,) int32 is the group of each row that was told, -1 for none. `links` (k, 3) int32 are the channels of all
    groups: the group, the name, the next one of the group. `ties` (l, 2) int32 are groups and SIP Call-IDs that are proved
    for them. `boots` (b,) int64 are the numbers of what is told first of each start of Asterisk, the first of all for 0.
    """

    groups: NDArray[Any]
    callers: NDArray[np.int32]
    owner: NDArray[np.int32]
    links: NDArray[np.int32]
    ties: NDArray[np.int32]
    boots: NDArray[np.int64]


def grouped(told: NDArray[Any], names: Names) -> Groups:
    """The groups of what was told of one server, in order: (n,) `TELLING` whose times are ns since 1970 or NULL_INT."""
    state = np.zeros(12, np.int64)
    state[[MARK, TOP, LOOSE]] = -1
    groups, callers = np.zeros(0, GROUP), np.zeros((0, CALLERS), np.int32)
    links, ties, boots = np.zeros((0, 3), np.int32), np.zeros((0, 2), np.int32), np.zeros(1, np.int64)
    group_slots, link_slots = np.full(16, -1, np.int32), np.full(16, -1, np.int32)
    invites = np.zeros((0, 5), np.int64)
    # By name: the group and boot of a channel, of a bridge; the INVITE of a Call-ID.
    by_name = np.full((len(names), 5), -1, np.int32)
    threads, thread_of = _threads(told)
    owner = np.full(len(told), -1, np.int32)
    for begin in range(0, len(told), _AT_ONCE):
        end = min(begin + _AT_ONCE, len(told))
        more = end - begin
        groups, callers = _room(groups, state[GROUPS] + more), _room(callers, state[GROUPS] + more)
        links, ties = _room(links, state[LINKS] + 2 * more), _room(ties, state[TIES] + more)
        invites, boots = _room(invites, state[INVITES] + more), _room(boots, state[BOOT] + 1 + more)
        if 2 * (state[GROUPS] + more) > len(group_slots):
            group_slots = _slots(int(state[GROUPS]) + more)
            plant_groups(groups, int(state[GROUPS]), group_slots)
        if 2 * (state[LINKS] + 2 * more) > len(link_slots):
            link_slots = _slots(int(state[LINKS]) + 2 * more)
            plant_links(links, int(state[LINKS]), link_slots)
        group_told(
            told,
            begin,
            end,
            names.text,
            names.entries,
            by_name,
            thread_of,
            threads,
            groups,
            callers,
            group_slots,
            links,
            link_slots,
            ties,
            boots,
            invites,
            state,
            owner,
        )
    count = int(state[GROUPS])
    return Groups(
        groups[:count],
        callers[:count],
        owner,
        links[: state[LINKS]],
        ties[: state[TIES]],
        boots[: int(state[BOOT]) + 1],
    )


def _threads(told: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Which group each thread last told of, and the number of the thread of each row, -1: of threads that need be known.

    They are those of records without a call id.
    """
    loose = told["thread"][told["has"] & (HAS_CALLID | HAS_THREAD) == HAS_THREAD]
    if not len(loose):
        return np.full((1, 2), -1, np.int32), np.zeros(0, np.int32)
    known = np.unique(loose)
    places = np.searchsorted(known, told["thread"])
    places[places == len(known)] = 0
    places[(known[places] != told["thread"]) | (told["has"] & HAS_THREAD == 0)] = -1
    return np.full((len(known), 2), -1, np.int32), places.astype(np.int32)


def _room(array: NDArray[Any], size: int) -> NDArray[Any]:
    if size <= len(array):
        return array
    new = np.zeros((max(int(size), 2 * len(array)), *array.shape[1:]), array.dtype)
    new[: len(array)] = array
    return new


def _slots(count: int) -> NDArray[np.int32]:
    return np.full(1 << (2 * count).bit_length(), -1, np.int32)


@helper
def _mixed(one: int, other: int) -> int:
    value = (one * 0x9E3779B1 + (other ^ (other >> 16)) * 0x45D9F3B) & 0xFFFFFFFF
    value = ((value ^ (value >> 15)) * 0x2C1B3C6D) & 0xFFFFFFFF
    return value ^ (value >> 13)


@kernel
def plant_groups(groups: Any, used: int, slots: Any) -> None:
    """Put groups[:used] into empty slots."""
    for n in range(used):
        if groups[n]["callid"] >= 0:
            slot = _mixed(i64(groups[n]["boot"]), i64(groups[n]["callid"])) & (len(slots) - 1)
            while slots[slot] >= 0:
                slot = (slot + 1) & (len(slots) - 1)
            slots[slot] = n


@kernel
def plant_links(links: Any, used: int, slots: Any) -> None:
    """Put links[:used] into empty slots."""
    for n in range(used):
        slot = _mixed(i64(links[n, 0]), i64(links[n, 1])) & (len(slots) - 1)
        while slots[slot] >= 0:
            slot = (slot + 1) & (len(slots) - 1)
        slots[slot] = n


@helper
def _group_slot(groups: Any, slots: Any, boot: int, callid: int) -> int:
    """The slot of the group, a free one when there is none."""
    slot = _mixed(boot, callid) & (len(slots) - 1)
    while slots[slot] >= 0:
        known = groups[slots[slot]]
        if known["boot"] == boot and known["callid"] == callid:
            break
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@helper
def _link_slot(links: Any, slots: Any, group: int, name: int) -> int:
    slot = _mixed(group, name) & (len(slots) - 1)
    while slots[slot] >= 0:
        n = slots[slot]
        if links[n, 0] == group and links[n, 1] == name:
            break
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@helper
def _new_group(groups: Any, callers: Any, state: Any, callid: int) -> int:
    number = i64(state[GROUPS])
    state[GROUPS] += 1
    group = groups[number]
    group["boot"], group["callid"], group["ended"] = state[BOOT], callid, NULL_INT
    group["first"], group["parent"], group["head"], group["tail"], group["tells"] = -1, -1, -1, -1, 0
    for k in range(CALLERS):
        callers[number, k] = 0
    return number


@helper
def _root(groups: Any, number: int) -> int:
    while groups[number]["parent"] >= 0:
        above = groups[groups[number]["parent"]]["parent"]
        if above >= 0:  # the next one has half the way
            groups[number]["parent"] = above
        number = i64(groups[number]["parent"])
    return number


@helper
def _is_new_boot(row: Any, groups: Any, slots: Any, links: Any, link_slots: Any, state: Any) -> bool:
    callid = i64(row["callid"])
    if callid > state[TOP]:
        return False
    if state[RESTARTED]:
        return True
    known = i64(slots[_group_slot(groups, slots, i64(state[BOOT]), callid)])
    begins = row["what"] == STEP
    if state[REOPENED]:  # by rotation, or by a start: a call goes on in its threads and with its channels
        if not begins or known < 0:
            return bool(begins)
        is_its = link_slots[_link_slot(links, link_slots, known, i64(row["channel"]))] >= 0
        return bool(not is_its or groups[known]["ended"] != NULL_INT)
    if known < 0 or groups[known]["ended"] == NULL_INT or row["time"] == NULL_INT:
        return False
    return bool(begins and row["time"] - groups[known]["ended"] > _ENDED_FOR)


@helper
def _home(by_name: Any, name: int, boot: int) -> int:
    return i64(by_name[name, 0]) if name > 0 and by_name[name, 1] == boot else i64(-1)


@helper
def _is_local(text: Any, entries: Any, name: int) -> bool:
    at, end = i64(entries[name, START]), i64(entries[name, START + 1])
    return (
        end - at >= 6
        and byte(text, at) == 76
        and byte(text, at + 1) == 111
        and byte(text, at + 2) == 99
        and byte(text, at + 3) == 97
        and byte(text, at + 4) == 108
        and byte(text, at + 5) == 47
    )


@helper
def _tie_invite(row: Any, number: int, entries: Any, by_name: Any, invites: Any, ties: Any, state: Any) -> None:
    """The INVITE before the first step of a call, where the same log has both."""
    exten, endpoint, time = i64(row["other"]), i64(entries[row["channel"], ENDPOINT]), i64(row["time"])
    while state[OLDEST] < state[INVITES]:
        oldest = invites[state[OLDEST]]
        gone = time != NULL_INT and oldest[_WHEN] != NULL_INT and time - oldest[_WHEN] > _FORGOTTEN
        if oldest[_WAITS] and not gone:
            break
        if oldest[_WAITS]:
            by_name[oldest[_WHO], 4] = -1
        state[OLDEST] += 1
    for n in range(state[OLDEST], state[INVITES]):
        invite = invites[n]
        if not invite[_WAITS]:
            continue
        near = time == NULL_INT or invite[_WHEN] == NULL_INT or time - invite[_WHEN] <= _NEAR
        if near and (invite[_FOR] == exten or invite[_FROM] == endpoint):
            ties[state[TIES], 0] = number
            ties[state[TIES], 1] = invite[_WHO]
            state[TIES] += 1
            invite[_WAITS] = 0
            by_name[invite[_WHO], 4] = _TIED
            return


@helper
def _note_invite(row: Any, by_name: Any, invites: Any, state: Any) -> None:
    who = row["channel"]
    n = i64(by_name[who, 4])
    if n == _TIED:
        return
    if n < 0:
        n = i64(state[INVITES])
        state[INVITES] += 1
        by_name[who, 4] = n
    invites[n, _WHO], invites[n, _FROM], invites[n, _FOR] = who, row["value"], row["other"]
    invites[n, _WHEN], invites[n, _WAITS] = row["time"], 1


@helper
def _note_channel(group: Any, number: int, name: int, links: Any, slots: Any, by_name: Any, state: Any) -> None:
    if by_name[name, 1] != state[BOOT]:
        by_name[name, 0], by_name[name, 1] = number, state[BOOT]
    slot = _link_slot(links, slots, number, name)
    if slots[slot] < 0:
        n = i64(state[LINKS])
        state[LINKS] += 1
        slots[slot] = n
        links[n, 0], links[n, 1], links[n, 2] = number, name, -1
        if group["head"] < 0:
            group["head"] = n
        else:
            links[group["tail"], 2] = n
        group["tail"] = n


@helper
def _note_caller(row: Any, callers: Any, number: int, text: Any, entries: Any) -> None:
    what = row["what"]
    if what == STEP:
        way = 0
    elif what in (EXITED, FELL_THROUGH):
        way = 1
    elif what == ANSWERED:
        way = 2
    elif what in (JOINED, LEFT, SWAPPED, RINGING, PROGRESS):
        way = 3
    else:
        return
    name = i64(row["channel"])
    if what in (ANSWERED, PROGRESS, SWAPPED) and row["other"] > 0:
        name = i64(row["other"])
    if name > 0:
        if _is_local(text, entries, name):
            way += 4
        if callers[number, way] == 0:
            callers[number, way] = name


@kernel
def group_told(
    told: Any,
    begin: int,
    end: int,
    text: Any,
    entries: Any,
    by_name: Any,
    thread_of: Any,
    threads: Any,
    groups: Any,
    callers: Any,
    group_slots: Any,
    links: Any,
    link_slots: Any,
    ties: Any,
    boots: Any,
    invites: Any,
    state: Any,
    owner: Any,
) -> None:
    """Find the groups of told[begin:end]; there is room for what that may add to each table."""
    for n in range(begin, end):
        row = told[n]
        what = row["what"]
        if what in (STARTED, OPENED):
            if what == STARTED:
                state[RESTARTED] = 1
            else:
                state[REOPENED] = 1
            state[MARK] = n
            continue
        if what == INVITED:
            _note_invite(row, by_name, invites, state)
            continue
        if what in (SENT, LOST):
            continue
        channel = i64(row["channel"])
        other = i64(row["other"]) if what in (ANSWERED, PROGRESS, SWAPPED) else i64(0)
        if row["has"] & HAS_CALLID:
            if _is_new_boot(row, groups, group_slots, links, link_slots, state):
                state[BOOT] += 1
                boots[state[BOOT]] = state[MARK] if state[MARK] >= 0 else n
                state[TOP] = -1
            state[RESTARTED], state[REOPENED], state[MARK] = 0, 0, -1
            callid = i64(row["callid"])
            state[TOP] = max(i64(state[TOP]), callid)
            slot = _group_slot(groups, group_slots, i64(state[BOOT]), callid)
            number = i64(group_slots[slot])
            if number < 0:
                number = _new_group(groups, callers, state, callid)
                group_slots[slot] = number
        else:
            number = _home(by_name, channel, i64(state[BOOT]))
            if number < 0:
                number = _home(by_name, other, i64(state[BOOT]))
            if number < 0 and what != STEP and what != NO_EXTENSION:
                if row["has"] & HAS_THREAD:
                    thread = thread_of[n]
                    if threads[thread, 1] == state[BOOT]:
                        number = i64(threads[thread, 0])
                else:
                    number = i64(state[LOOSE])
            if number < 0 or what == NO_EXTENSION:
                number = _new_group(groups, callers, state, -1)
                state[LOOSE] = number
        owner[n] = number
        group = groups[number]
        is_first = group["first"] < 0
        if is_first:
            group["first"] = n
        if what != CALLED:
            if channel > 0:
                _note_channel(group, number, channel, links, link_slots, by_name, state)
            if other > 0:
                _note_channel(group, number, other, links, link_slots, by_name, state)
        _note_caller(row, callers, number, text, entries)
        if what == STEP:
            if is_first:
                _tie_invite(row, number, entries, by_name, invites, ties, state)
            if row["how"] & HAS_CALL_ID and row["value"] > 0:
                ties[state[TIES], 0], ties[state[TIES], 1] = number, row["value"]
                state[TIES] += 1
            group["ended"] = NULL_INT
        elif what in (EXITED, FELL_THROUGH):
            group["ended"] = row["time"]
        elif what in (JOINED, SWAPPED) and row["how"] & BASIC:
            bridge, home = row["value"], _home(by_name, channel, i64(state[BOOT]))
            if by_name[bridge, 3] != state[BOOT]:
                by_name[bridge, 2], by_name[bridge, 3] = home, state[BOOT]
            one, two = _root(groups, i64(by_name[bridge, 2])), _root(groups, home)
            if one != two:
                groups[two]["parent"] = one
        if what in (STEP, JOINED, LEFT, SWAPPED, NO_EXTENSION, ANSWERED):
            group["tells"] = 1
        if row["has"] & HAS_THREAD and len(thread_of) and thread_of[n] >= 0:
            threads[thread_of[n], 0], threads[thread_of[n], 1] = number, state[BOOT]

"""Calls to groups and queues."""

from __future__ import annotations

from xivolab.bench.agid.common import forward, forward_of, found, number, path, rewrite_caller
from xivolab.bench.agid.database import Database, Row
from xivolab.bench.agid.session import Session

_EVENTS = ("noanswer", "busy", "congestion", "chanunavail")


def group(session: Session, database: Database) -> None:
    """`incoming_group_set_features`."""
    owner = number(session.get("XIVO_DSTID"))
    query = (
        "SELECT g.*, q.musicclass FROM groupfeatures g JOIN \"queue\" q ON q.name = g.name AND q.category = 'group'"
        " WHERE g.id = %s"
    )
    row = found(database.one(query, owner), f"group {owner}")
    session.set("XIVO_GROUPNAME", row["name"])
    session.set("XIVO_GROUPTIMEOUT", row["timeout"])
    # Without music the caller hears it ring, and nobody has answered yet.
    session.set("XIVO_GROUPOPTIONS", _options(row) + ("" if row["musicclass"] else "r"))
    session.set("XIVO_GROUPNEEDANSWER", "1" if row["musicclass"] else "")
    session.set("XIVO_GROUPPREPROCESS_SUBROUTINE", row["preprocess_subroutine"])
    _rest(session, database, "group", owner)


def queue(session: Session, database: Database) -> None:
    """`incoming_queue_set_features`."""
    owner = number(session.get("XIVO_DSTID"))
    query = (
        "SELECT f.*, q.musicclass FROM queuefeatures f JOIN \"queue\" q ON q.name = f.name AND q.category = 'queue'"
        " WHERE f.id = %s"
    )
    row = found(database.one(query, owner), f"queue {owner}")
    session.set("XIVO_QUEUENAME", row["name"])
    session.set("XIVO_QUEUETIMEOUT", row["timeout"])
    options = _options(row) + ("h" if row["hitting_callee"] else "") + ("H" if row["hitting_caller"] else "")
    session.set(
        "XIVO_QUEUEOPTIONS", options + ("d" if row["data_quality"] else "") + ("" if row["musicclass"] else "r")
    )
    session.set("XIVO_QUEUENEEDANSWER", "1" if row["musicclass"] else "")
    session.set("XIVO_QUEUEPREPROCESS_SUBROUTINE", row["preprocess_subroutine"])
    _rest(session, database, "queue", owner)


def check_diversion(session: Session, database: Database) -> None:
    """`check_diversion`: whether so many wait, or so long, that the call goes elsewhere.

    The ratio is callers waiting for each agent logged in, in per cent, this one included. With nobody logged in there is none.
    """
    owner = number(session.get("XIVO_DSTID"))
    row = found(database.one("SELECT name, waittime, waitratio FROM queuefeatures WHERE id = %s", owner), "such queue")
    session.set("XIVO_DIVERT_EVENT", "")
    name = row["name"]
    waiting = _count(session.get(f"QUEUE_WAITING_COUNT({name})"))
    logged = _count(session.get(f"QUEUE_MEMBER({name},logged)"))
    hold = _count(session.get("QUEUEHOLDTIME"))
    for event, action, kind in diverted(row, waiting, logged, hold):
        target = database.one(
            "SELECT action, actionarg1, actionarg2 FROM dialaction WHERE event = %s AND category = 'queue'"
            " AND categoryval = %s",
            action,
            str(owner),
        )
        if target is not None:
            session.set("XIVO_DIVERT_EVENT", event)
            session.set("XIVO_FWD_TYPE", kind)
            forward(session, kind, target["action"], target["actionarg1"], target["actionarg2"])
            return


def diverted(row: Row, waiting: int, logged: int, hold: int) -> list[tuple[str, str, str]]:
    """The diversion that applies: its event in queue_log, in the actions, and in the variables. At most one."""
    if row["waittime"] and waiting and hold >= row["waittime"]:
        return [("DIVERT_HOLDTIME", "qwaittime", "QUEUE_QWAITTIME")]
    if row["waitratio"] and logged and (waiting + 1) * 100 > row["waitratio"] * logged:
        return [("DIVERT_CA_RATIO", "qwaitratio", "QUEUE_QWAITRATIO")]
    return []


def _rest(session: Session, database: Database, kind: str, owner: int) -> None:
    for event in _EVENTS:
        forward_of(session, database, event, kind, owner, f"{kind.upper()}_{event.upper()}")
    rewrite_caller(session, database, kind, owner)
    path(session, kind, owner)


def _options(row: Row) -> str:
    letters = (("transfer_user", "t"), ("transfer_call", "T"), ("write_caller", "x"), ("write_calling", "X"))
    return "".join(letter for field, letter in letters if row[field])


def _count(text: str) -> int:
    return int(text) if text.isdigit() else 0

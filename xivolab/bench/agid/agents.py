"""Agents: who is logged in where."""

from __future__ import annotations

from xivolab.bench.agid.common import found
from xivolab.bench.agid.database import Database, Row
from xivolab.bench.agid.session import Session
from xivolab.bench.agid.users import lines_of


def options(session: Session, database: Database) -> None:
    """`agent_get_options,NUMBER`: whether there is such an agent, his password, where he would log in."""
    row = _agent(session, database)
    session.set("XIVO_AGENTEXISTS", row is not None)
    if row is None:
        return
    status = database.one("SELECT * FROM agent_login_status WHERE agent_id = %s", row["id"])
    session.set("XIVO_AGENTID", row["id"])
    session.set("XIVO_AGENTPASSWD", row["passwd"])
    session.set("XIVO_AGENTSTATUS", "logged_in" if status else "logged_out")
    session.set("XIVO_AGENTINTERFACE", status["interface"] if status else _interface(session, database, row))
    if row["language"]:
        session.set("CHANNEL(language)", row["language"])
    _queues(session, database, row)


def login(session: Session, database: Database) -> None:
    """`agent_login,ID`: he is at the telephone that calls."""
    owner = int(session.arguments[0])
    row = found(database.one("SELECT * FROM agentfeatures WHERE id = %s", owner), f"agent {owner}")
    database.do("DELETE FROM agent_login_status WHERE agent_id = %s", owner)
    database.do(
        "INSERT INTO agent_login_status (agent_id, agent_number, extension, context, interface, paused)"
        " VALUES (%s, %s, %s, %s, %s, 0)",
        owner,
        row["number"],
        session.get("CALLERID(num)"),
        session.get("XIVO_BASE_CONTEXT"),
        _interface(session, database, row),
    )


def logoff(session: Session, database: Database) -> None:
    """`agent_logoff,NUMBER`."""
    options(session, database)
    database.do("DELETE FROM agent_login_status WHERE agent_number = %s", session.arguments[0])


def pause(session: Session, database: Database) -> None:
    """`agent_pause,NUMBER`: paused and back in turn."""
    changed = database.one(
        "UPDATE agent_login_status SET paused = 1 - paused WHERE agent_number = %s RETURNING paused",
        session.arguments[0],
    )
    session.set("XIVO_AGENTPAUSED", found(changed, "agent who is logged in")["paused"])


def _agent(session: Session, database: Database) -> Row | None:
    return database.one('SELECT * FROM agentfeatures WHERE "number" = %s', session.arguments[0])


def _interface(session: Session, database: Database, agent: Row) -> str:
    """The telephone that calls, where a user's does; else that of the agent's own user."""
    caller = session.get("XIVO_USERID")
    if not caller.isdigit():
        row = database.one("SELECT id FROM userfeatures WHERE agentid = %s", agent["id"])
        caller = str(row["id"]) if row else "0"
    lines = lines_of(database, int(caller))
    return lines[0]["dialled"] if lines else ""


def _queues(session: Session, database: Database, agent: Row) -> None:
    rows = database.all(
        "SELECT queue_name, penalty FROM queuemember WHERE usertype = 'agent' AND userid = %s ORDER BY queue_name",
        agent["id"],
    )
    for place, row in enumerate(rows):
        session.set(f"XIVO_AGENTQUEUE{place}", row["queue_name"])
        session.set(f"XIVO_AGENTPENALTY{place}", row["penalty"])
    session.set(f"XIVO_AGENTQUEUE{len(rows)}", "")

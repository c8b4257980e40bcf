"""Call rights: whether somebody may call a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xivolab.asterisk.dialplan.patterns import order_key, takes
from xivolab.bench.agid.database import Database
from xivolab.bench.agid.session import Session


@dataclass(frozen=True, slots=True)
class Right:
    """One pattern of a right."""

    exten: str
    allows: bool
    password: str = ""


def decide(number: str, scopes: Iterable[Sequence[Right]]) -> tuple[bool, str]:
    """Whether the number may be called, and the password that opens it where it may not.

    `scopes` go from the nearest (the user's own rights) to the farthest (the route's): the first with a right that fits
    decides. In it the most precise pattern prevails, and what is allowed among equals. Nothing fits: all is allowed.
    """
    for scope in scopes:
        fitting = [right for right in scope if takes(pattern(right.exten), number)]
        if fitting:
            narrow = min(order_key(pattern(right.exten)) for right in fitting)
            equals = [right for right in fitting if order_key(pattern(right.exten)) == narrow]
            if any(right.allows for right in equals):
                return True, ""
            return False, next((right.password for right in equals if right.password), "")
    return True, ""


def pattern(exten: str) -> str:
    """A number as it stands, a pattern with its `_`."""
    if exten.startswith("_") or not any(letter in exten for letter in "XZN[.!"):
        return exten
    return f"_{exten}"


def check(session: Session, database: Database) -> None:
    """`user_set_call_rights`: XIVO_AUTHORIZATION, and XIVO_PASSWORD where one opens what is denied."""
    number = session.get("XIVO_DSTNUM")
    caller = session.get("XIVO_USERID")
    user = int(caller) if caller.isdigit() else 0
    if user:
        session.verbose(f"Checking right of user (userid:{user}) to call number {number}")
    groups = [row["id"] for row in _groups_of(database, user)]
    route = session.get("XIVO_OUTCALL_ID")
    scopes = [_rights(database, "user", [user]), _rights(database, "group", groups)]
    if route.isdigit():
        scopes.append(_rights(database, "outcall", [int(route)]))
    allowed, password = decide(number, scopes)
    session.set("XIVO_AUTHORIZATION", "ALLOW" if allowed else "DENY")
    session.set("XIVO_PASSWORD", password)


def _groups_of(database: Database, user: int) -> list[dict[str, int]]:
    return database.all(
        "SELECT g.id FROM groupfeatures g JOIN queuemember m ON m.queue_name = g.name"
        " WHERE m.category = 'group' AND m.usertype = 'user' AND m.userid = %s",
        user,
    )


def _rights(database: Database, kind: str, owners: Sequence[int]) -> list[Right]:
    rows = database.all(
        'SELECT e.exten, r."authorization", r.passwd FROM rightcall r JOIN rightcallmember m ON m.rightcallid = r.id'
        " JOIN rightcallexten e ON e.rightcallid = r.id WHERE m.type = %s AND m.typeval = ANY(%s)",
        kind,
        list(owners),
    )
    return [Right(row["exten"], row["authorization"] == "allow", row["passwd"] or "") for row in rows]

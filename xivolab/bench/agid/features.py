"""Feature codes: what a user switches on and off himself."""

from __future__ import annotations

from xivolab.bench.agid.common import found, number
from xivolab.bench.agid.database import Database, Row
from xivolab.bench.agid.session import Session


def tell(session: Session, database: Database) -> None:
    """`phone_get_features`: what is on."""
    user = _user(session, database)
    for field in (
        "enablednd",
        "enablevoicemail",
        "callrecord",
        "enableunc",
        "destunc",
        "enablerna",
        "destrna",
        "enablebusy",
        "destbusy",
    ):
        session.set(f"XIVO_{field.upper()}", user[field])


def change(session: Session, database: Database) -> None:
    """`phone_set_feature,NAME[,NUMBER]`: on or off; XIVO_FEATURE_ENABLED says which it is now."""
    name, rest = session.arguments[0], (session.arguments[1] if len(session.arguments) > 1 else "")
    user = _user(session, database)
    enabled = _CHANGES[name](database, user, rest)
    session.set("XIVO_FEATURE_ENABLED", enabled)


def undo_forwards(session: Session, database: Database) -> None:
    """`fwdundoall`: all three forwards off."""
    user = _user(session, database)
    database.do("UPDATE userfeatures SET enableunc = 0, enablerna = 0, enablebusy = 0 WHERE id = %s", user["id"])


def _user(session: Session, database: Database) -> Row:
    owner = number(session.get("XIVO_USERID"))
    return found(database.one("SELECT * FROM userfeatures WHERE id = %s", owner), f"user {owner}")


def _dnd(database: Database, user: Row, _: str) -> bool:
    enabled = not user["enablednd"]
    database.do("UPDATE userfeatures SET enablednd = %s WHERE id = %s", int(enabled), user["id"])
    return enabled


def _record(database: Database, user: Row, _: str) -> bool:
    enabled = not user["callrecord"]
    database.do("UPDATE userfeatures SET callrecord = %s WHERE id = %s", int(enabled), user["id"])
    return enabled


def _box(database: Database, user: Row, _: str) -> bool:
    enabled = not user["enablevoicemail"] and user["voicemailid"] is not None
    database.do("UPDATE userfeatures SET enablevoicemail = %s WHERE id = %s", int(enabled), user["id"])
    return enabled


def _unconditional(database: Database, user: Row, target: str) -> bool:
    database.do(
        "UPDATE userfeatures SET enableunc = %s, destunc = COALESCE(NULLIF(%s, ''), destunc) WHERE id = %s",
        int(bool(target)),
        target,
        user["id"],
    )
    return bool(target)


def _no_answer(database: Database, user: Row, target: str) -> bool:
    database.do(
        "UPDATE userfeatures SET enablerna = %s, destrna = COALESCE(NULLIF(%s, ''), destrna) WHERE id = %s",
        int(bool(target)),
        target,
        user["id"],
    )
    return bool(target)


def _busy(database: Database, user: Row, target: str) -> bool:
    database.do(
        "UPDATE userfeatures SET enablebusy = %s, destbusy = COALESCE(NULLIF(%s, ''), destbusy) WHERE id = %s",
        int(bool(target)),
        target,
        user["id"],
    )
    return bool(target)


def _filter(database: Database, user: Row, member: str) -> bool:
    """One secretary's place in a filter, by the number after *37; the boss and that secretary may switch it."""
    row = found(
        database.one(
            "SELECT m.* FROM callfiltermember m WHERE m.id = %s AND m.bstype = 'secretary' AND (m.typeval = %s OR EXISTS"
            " (SELECT 1 FROM callfiltermember b WHERE b.callfilterid = m.callfilterid AND b.bstype = 'boss'"
            " AND b.typeval = %s))",
            number(member),
            user["id"],
            user["id"],
        ),
        "such filter of this user",
    )
    enabled = not row["active"]
    database.do("UPDATE callfiltermember SET active = %s WHERE id = %s", int(enabled), row["id"])
    return enabled


_CHANGES = {
    "dnd": _dnd,
    "callrecord": _record,
    "vm": _box,
    "unc": _unconditional,
    "rna": _no_answer,
    "busy": _busy,
    "bsfilter": _filter,
}

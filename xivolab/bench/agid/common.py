"""What several handlers set."""

from __future__ import annotations

from xivolab.bench.agid.database import Database, Row
from xivolab.bench.agid.session import Session


def forward(session: Session, kind: str, action: str, first: object = "", second: object = "") -> None:
    """Where calls of this kind (`USER_NOANSWER`, `SCHEDULE_OUT`, …) go."""
    session.set(f"XIVO_FWD_{kind}_ACTION", action)
    session.set(f"XIVO_FWD_{kind}_ACTIONARG1", first)
    session.set(f"XIVO_FWD_{kind}_ACTIONARG2", second)


def forward_of(session: Session, database: Database, event: str, category: str, owner: object, kind: str) -> None:
    """The same, out of the table of actions."""
    row = database.one(
        "SELECT action, actionarg1, actionarg2 FROM dialaction WHERE event = %s AND category = %s AND categoryval = %s",
        event,
        category,
        str(owner),
    )
    if row is not None:
        forward(session, kind, row["action"], row["actionarg1"], row["actionarg2"])


def rewrite_caller(session: Session, database: Database, kind: str, owner: object) -> None:
    """Put a name before, after or in place of the caller's, where the object says so."""
    row = database.one("SELECT mode, callerdisplay FROM callerid WHERE type = %s AND typeval = %s", kind, owner)
    if row is None:
        return
    name = session.get("CALLERID(name)") or session.get("CALLERID(num)")
    texts = {
        "prepend": f"{row['callerdisplay']} - {name}",
        "append": f"{name} - {row['callerdisplay']}",
        "overwrite": row["callerdisplay"],
    }
    session.set("XIVO_CID_REWRITE", texts[row["mode"]])


def path(session: Session, kind: str, owner: object) -> None:
    """Whose schedule `check_schedule` will look at."""
    session.set("XIVO_PATH", kind)
    session.set("XIVO_PATH_ID", owner)


def number(text: str) -> int:
    """An id that the dialplan passed. Raises ValueError, with what it is for a person."""
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is no id") from None


def found(row: Row | None, what: str) -> Row:
    """The row. Raises LookupError where there is none."""
    if row is None:
        raise LookupError(f"there is no {what}")
    return row

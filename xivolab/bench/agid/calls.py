"""Calls from outside and to it, conferences and intercom."""

from __future__ import annotations

from xivolab.asterisk.dialplan.patterns import order_key, takes
from xivolab.bench.agid.common import forward_of, found, number, path, rewrite_caller
from xivolab.bench.agid.database import Database, Row
from xivolab.bench.agid.rights import pattern
from xivolab.bench.agid.session import Session
from xivolab.bench.agid.users import lines_of


def incoming(session: Session, database: Database) -> None:
    """`incoming_did_set_features`: where an incoming number leads."""
    owner = number(session.get("XIVO_INCALL_ID"))
    row = found(database.one("SELECT * FROM incall WHERE id = %s", owner), f"incoming call {owner}")
    session.set("XIVO_EXTENPATTERN", row["exten"])
    session.set("XIVO_DIDPREPROCESS_SUBROUTINE", row["preprocess_subroutine"])
    session.set("XIVO_GREETING_SOUND", row["greeting_sound"])
    forward_of(session, database, "answer", "incall", owner, "INCALL_ANSWER")
    rewrite_caller(session, database, "incall", owner)
    path(session, "incall", owner)


def outgoing(session: Session, database: Database) -> None:
    """`outgoing_user_set_features`: the route of lowest priority that takes the number, its trunks, the number shown."""
    dialled = session.get("XIVO_DSTNUM")
    asked = found(database.one("SELECT * FROM outcall WHERE id = %s", number(session.get("XIVO_DSTID"))), "such route")
    routes = database.all(
        "SELECT o.*, p.exten, p.stripnum, p.externprefix, p.callerid FROM outcall o"
        " JOIN dialpattern p ON p.type = 'outcall' AND p.typeid = o.id WHERE o.context = %s",
        asked["context"],
    )
    fitting = [row for row in routes if takes(pattern(row["exten"]), dialled)]
    if not fitting:
        raise LookupError(f"no route takes {dialled}")
    route = min(fitting, key=lambda row: (row["priority"], order_key(pattern(row["exten"])), row["id"]))
    session.set("XIVO_DSTID", route["id"])
    session.set("XIVO_OUTCALL_ID", route["id"])
    session.set("XIVO_HANGUPRINGTIME", route["hangupringtime"])
    session.set("XIVO_OUTCALLPREPROCESS_SUBROUTINE", route["preprocess_subroutine"])
    _options(session, database)
    _trunks(session, database, route, dialled)
    if not route["internal"]:
        _shown(session, database, route)
    path(session, "outcall", route["id"])


def sent(exten: str, stripnum: int, prefix: str | None) -> str:
    """The number that leaves: some leading digits gone, others in front."""
    return (prefix or "") + exten[stripnum:]


def _trunks(session: Session, database: Database, route: Row, dialled: str) -> None:
    trunks = database.all(
        "SELECT t.*, c.interface, c.intfsuffix FROM outcalltrunk o JOIN trunkfeatures t ON t.id = o.trunkfeaturesid"
        " LEFT JOIN usercustom c ON c.category = 'trunk' AND c.ownerid = t.id WHERE o.outcallid = %s ORDER BY o.priority",
        route["id"],
    )
    exten = sent(dialled, route["stripnum"], route["externprefix"])
    for place, trunk in enumerate(trunks):
        session.set(f"XIVO_INTERFACE{place}", trunk["interface"] or f"PJSIP/{trunk['name']}")
        session.set(f"XIVO_TRUNKEXTEN{place}", exten)
        session.set(f"XIVO_TRUNKSUFFIX{place}", trunk["intfsuffix"])
        session.set(f"XIVO_TRUNKLIMIT{place}", trunk["calllimit"])
    session.set(f"XIVO_INTERFACE{len(trunks)}", "")


def _options(session: Session, database: Database) -> None:
    caller = session.get("XIVO_USERID")
    user = database.one("SELECT * FROM userfeatures WHERE id = %s", int(caller)) if caller.isdigit() else None
    letters = ("T" if user and user["enablexfer"] else "") + ("X" if user and user["enableonlinerec"] else "")
    session.set("XIVO_CALLOPTIONS", letters)


def _shown(session: Session, database: Database, route: Row) -> None:
    """The user's own outgoing number, else the route's, else that of his line; or none."""
    caller = session.get("XIVO_USERID")
    user = database.one("SELECT outcallerid FROM userfeatures WHERE id = %s", int(caller)) if caller.isdigit() else None
    chosen = user["outcallerid"] if user else "default"
    if chosen == "anonymous":
        session.set("CALLERID(pres)", "prohib")
        session.set("CALLERID(num)", "anonymous")
        session.set("CALLERID(name)", "anonymous")
    elif chosen not in ("default", ""):
        session.set("CALLERID(num)", chosen)
        session.set("CALLERID(name)", chosen)
    elif route["callerid"]:
        session.set("CALLERID(num)", route["callerid"])
        session.set("CALLERID(name)", route["callerid"])


def conference(session: Session, database: Database) -> None:
    """`incoming_meetme_set_features`: the room and its PINs."""
    owner = number(session.get("XIVO_DSTID"))
    row = found(database.one("SELECT * FROM meetmefeatures WHERE id = %s", owner), f"conference {owner}")
    session.set("XIVO_MEETMENAME", row["name"])
    session.set("XIVO_MEETMENUMBER", row["number"])
    session.set("XIVO_MEETMEPIN", row["pin"])
    session.set("XIVO_MEETMEADMINPIN", row["admin_pin"])
    session.set("XIVO_MEETMEPREPROCESS_SUBROUTINE", row["preprocess_subroutine"])


def paging(session: Session, database: Database) -> None:
    """`paging,NUMBER`: who is called, and whether the caller may."""
    asked = session.arguments[0] if session.arguments else ""
    row = found(database.one('SELECT * FROM paging WHERE "number" = %s', asked), f"intercom {asked}")
    members = database.all("SELECT * FROM paging_user WHERE pagingid = %s ORDER BY position", row["id"])
    caller = session.get("XIVO_USERID")
    allowed = any(str(member["userfeaturesid"]) == caller for member in members if member["caller"])
    called = [member["userfeaturesid"] for member in members if not member["caller"]]
    lines = [line["dialled"] for owner in called if str(owner) != caller for line in lines_of(database, owner)]
    announcement = row["announcement_file"]
    options = ("d" if row["duplex"] else "") + ("q" if row["quiet"] else "") + ("r" if row["record"] else "")
    session.set("XIVO_PAGING_ALLOWED", allowed)
    session.set("XIVO_PAGING_LINES", "&".join(lines))
    session.set("XIVO_PAGING_TIMEOUT", row["timeout"])
    session.set("XIVO_PAGING_OPTS", options + (f"A({announcement})" if announcement else ""))

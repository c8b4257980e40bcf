"""A call to a user: his lines, forwards, filter, box."""

from __future__ import annotations

from xivolab.bench.agid.common import forward, forward_of, found, number, path, rewrite_caller
from xivolab.bench.agid.database import Database, Row
from xivolab.bench.agid.session import Session

_RECORDINGS = "/var/spool/asterisk/monitor"


def incoming(session: Session, database: Database) -> None:
    """`incoming_user_set_features`: everything the context `user` asks."""
    owner = number(session.get("XIVO_DSTID"))
    user = found(database.one("SELECT * FROM userfeatures WHERE id = %s", owner), f"user {owner}")
    caller_id = session.get("XIVO_USERID")
    caller = database.one("SELECT * FROM userfeatures WHERE id = %s", int(caller_id)) if caller_id.isdigit() else None
    lines = lines_of(database, owner)
    session.set("XIVO_INTERFACE", "&".join(line["dialled"] for line in lines))
    session.set("XIVO_LINEKIND", lines[0]["kind"] if lines else "")
    session.set("XIVO_UA_LINE", lines[0]["name"] if lines else "")
    session.set("XIVO_DST_REDIRECTING_NAME", f"{user['firstname']} {user['lastname']}")
    session.set("XIVO_DST_REDIRECTING_NUM", lines[0]["number"] if lines else session.get("XIVO_DSTNUM"))
    session.set("XIVO_CALLFILTER", "")
    session.set("XIVO_CALLOPTIONS", _options(user, caller))
    session.set("XIVO_SIMULTCALLS", user["simultcalls"])
    session.set("XIVO_RINGSECONDS", user["ringseconds"])
    session.set("XIVO_ENABLEDND", user["enablednd"])
    session.set("XIVO_MOBILEPHONENUMBER", user["mobilephonenumber"])
    session.set("XIVO_USERPREPROCESS_SUBROUTINE", user["preprocess_subroutine"])
    session.set("XIVO_CALLRECORDFILE", _recording(session, user, caller))
    if user["musiconhold"]:
        session.set("CHANNEL(musicclass)", user["musiconhold"])
    _box(session, database, user)
    _forwards(session, database, user, lines)
    path(session, "user", owner)
    _filter(session, database, user, caller)


def lines_of(database: Database, owner: object) -> list[Row]:
    """The lines of a user, the main one first, each with what Dial takes."""
    return database.all(
        "SELECT l.name, l.number, l.context, l.kind, COALESCE(c.interface, 'PJSIP/' || l.name) AS dialled"
        " FROM linefeatures l LEFT JOIN usercustom c ON c.category = 'user' AND c.ownerid = l.id"
        " WHERE l.iduserfeatures = %s ORDER BY l.id",
        owner,
    )


def ring_tone(session: Session, _: Database) -> None:
    """`getring`: the telephone's own tone, unless the dialplan chose one before."""
    if not session.get("XIVO_RINGTYPE"):
        session.verbose("Using the native phone ring tone")


def box(session: Session, database: Database) -> None:
    """`user_get_vmbox,ID`: the box of a user."""
    owner = number(session.arguments[0] if session.arguments and session.arguments[0] else session.get("XIVO_USERID"))
    _tell_box(session, _box_of(database, owner))


def box_by_id(session: Session, database: Database) -> None:
    """`vmbox_get_info,ID`: a box by its id."""
    found_ = database.one("SELECT * FROM voicemail WHERE id = %s", number(session.arguments[0]))
    _tell_box(session, found(found_, "such box"))


def _box_of(database: Database, owner: int) -> Row:
    row = database.one("SELECT v.* FROM voicemail v JOIN userfeatures u ON u.voicemailid = v.id WHERE u.id = %s", owner)
    return found(row, f"box of user {owner}")


def _tell_box(session: Session, row: Row) -> None:
    session.set("XIVO_MAILBOX", row["mailbox"])
    session.set("XIVO_MAILBOX_CONTEXT", row["context"])
    session.set("XIVO_MAILBOX_LANGUAGE", row["language"])
    session.set("XIVO_VMMAIN_OPTIONS", "s" if row["skipcheckpass"] else "")


def _box(session: Session, database: Database, user: Row) -> None:
    session.set("XIVO_ENABLEVOICEMAIL", user["enablevoicemail"])
    row = database.one("SELECT * FROM voicemail WHERE id = %s", user["voicemailid"])
    session.set("XIVO_MAILBOX", row["mailbox"] if row else "")
    session.set("XIVO_MAILBOX_CONTEXT", row["context"] if row else "")
    session.set("XIVO_MAILBOX_LANGUAGE", row["language"] if row else "")


def _options(user: Row, caller: Row | None) -> str:
    """What both may do during the call: transfer, record, screen."""
    letters = ""
    for field, called, calling in (("enablexfer", "t", "T"), ("enableonlinerec", "x", "X")):
        letters += called if user[field] else ""
        letters += calling if caller and caller[field] else ""
    return letters + ("p" if user["incallfilter"] else "")


def _recording(session: Session, user: Row, caller: Row | None) -> str:
    if not user["callrecord"] and not (caller and caller["callrecord"]):
        return ""
    numbers = f"{session.get('XIVO_SRCNUM')}-{session.get('XIVO_DSTNUM')}"
    return f"{_RECORDINGS}/user-{numbers}-{session.environment.get('uniqueid', '')}.wav"


def _forwards(session: Session, database: Database, user: Row, lines: list[Row]) -> None:
    """What he set up himself goes before his no-answer tab."""
    context = lines[0]["context"] if lines else session.get("XIVO_CONTEXT")
    session.set("XIVO_ENABLEUNC", user["enableunc"])
    if user["enableunc"]:
        forward(session, "USER_UNC", "extension", user["destunc"], context)
    for event, switch, destination in (("noanswer", "enablerna", "destrna"), ("busy", "enablebusy", "destbusy")):
        if user[switch]:
            forward(session, f"USER_{event.upper()}", "extension", user[destination], context)
        else:
            forward_of(session, database, event, "user", user["id"], f"USER_{event.upper()}")
    for event in ("congestion", "chanunavail"):
        forward_of(session, database, event, "user", user["id"], f"USER_{event.upper()}")


def _filter(session: Session, database: Database, user: Row, caller: Row | None) -> None:
    """The filter of a boss, when it is on and the caller is none of his secretaries."""
    boss = database.one(
        "SELECT f.*, m.ringseconds AS boss_ringseconds FROM callfilter f JOIN callfiltermember m ON m.callfilterid = f.id"
        " WHERE m.bstype = 'boss' AND m.typeval = %s",
        user["id"],
    )
    if boss is None:
        return
    members = database.all(
        "SELECT typeval, ringseconds, active FROM callfiltermember WHERE callfilterid = %s AND bstype = 'secretary'"
        " ORDER BY priority",
        boss["id"],
    )
    if caller is not None and caller["id"] in {member["typeval"] for member in members}:
        return
    active = [member for member in members if member["active"]]
    origin = {"intern": "internal", "extern": "external"}.get(session.get("XIVO_CALLORIGIN"), "internal")
    if not active or boss["callfrom"] not in ("all", origin):
        return
    session.set("XIVO_CALLFILTER_BOSS_INTERFACE", _interface(database, user["id"]))
    session.set("XIVO_CALLFILTER_BOSS_TIMEOUT", boss["boss_ringseconds"])
    session.set("XIVO_CALLFILTER_TIMEOUT", boss["ringseconds"])
    interfaces = [_interface(database, member["typeval"]) for member in active]
    session.set("XIVO_CALLFILTER_INTERFACE", "&".join(interfaces))
    for place, member in enumerate(active):
        session.set(f"XIVO_CALLFILTER_SECRETARY{place}_INTERFACE", interfaces[place])
        session.set(f"XIVO_CALLFILTER_SECRETARY{place}_TIMEOUT", member["ringseconds"])
    forward_of(session, database, "noanswer", "callfilter", boss["id"], "CALLFILTER_NOANSWER")
    rewrite_caller(session, database, "callfilter", boss["id"])
    session.set("XIVO_CALLFILTER_MODE", boss["bosssecretary"])
    session.set("XIVO_CALLFILTER", "1")


def _interface(database: Database, owner: object) -> str:
    return "&".join(line["dialled"] for line in lines_of(database, owner))

"""The tables, with XiVO's names. Columns that hold a field of the model are named after it."""

from __future__ import annotations

from xivolab.bench.model.groups import Agent, Group, Queue
from xivolab.bench.model.hours import Period, Schedule
from xivolab.bench.model.numbering import Context, Entity
from xivolab.bench.model.offices import CallFilter, Pickup
from xivolab.bench.model.people import Line, User, Voicemail
from xivolab.bench.model.rooms import Conference, Paging
from xivolab.bench.model.routes import CallRight, Incall, Outcall, OutcallPattern
from xivolab.bench.model.services import MusicOnHold
from xivolab.bench.model.sip import SipOptions
from xivolab.bench.model.trunks import CustomTrunk, Registration, Trunk
from xivolab.bench.store.cells import columns

_INT, _TEXT = "integer", "text"
EVENTS = ("noanswer", "busy", "congestion", "chanunavail")
# Fields that stand in tables of their own.
OF_CONTEXT = frozenset({"users", "groups", "queues", "conferences", "incalls", "includes"})
OF_USER = frozenset({*EVENTS, "lines", "rights", "schedule", "voicemail"})
OF_LINE = frozenset({"secret", "maxcontacts", "interface", "options"})
OF_GROUP = frozenset({*EVENTS, "callerid", "schedule", "rights", "users"})
OF_QUEUE = frozenset(
    {*EVENTS, "callerid", "schedule", "users", "agents", "waittime_destination", "waitratio_destination"}
)
# What Asterisk's queue itself is told, for groups and queues; the rest is XiVO's own.
IN_QUEUE = frozenset({
    "strategy", "musicclass", "member_timeout", "retry", "ringinuse", "announce", "announce_frequency",
    "min_announce_frequency", "announce_position", "announce_holdtime", "periodic_announce",
    "periodic_announce_frequency", "wrapuptime", "maxlen", "weight", "servicelevel", "joinempty", "leavewhenempty",
    "autopause",
})  # fmt: skip
OF_AGENT = frozenset({"group", "user"})
OF_SCHEDULE = frozenset({"opened", "closed", "fallback"})
OF_RIGHT = frozenset({"extens"})
OF_OUTCALL = frozenset({"patterns", "trunks", "rights", "schedule"})
OF_INCALL = frozenset({"destination", "callerid", "schedule"})
OF_PAGING = frozenset({"callers", "users"})
OF_PICKUP = frozenset({"pickers", "picker_groups", "picked", "picked_groups"})
OF_FILTER = frozenset({"boss", "boss_ringseconds", "secretaries", "noanswer", "callerid"})
OF_TRUNK = frozenset({"name", "username", "secret", "options", "registration", "fromuser", "fromdomain", "language"})
IN_USERSIP = ("name", "username", "secret", "fromuser", "fromdomain", "language")

TABLES: dict[str, dict[str, str]] = {
    "entity": columns(Entity),
    "context": {"id": _INT, **columns(Context, OF_CONTEXT)},
    "contextnumbers": {
        "context": _TEXT, "type": _TEXT, "numberbeg": _TEXT, "numberend": _TEXT, "didlength": _INT, "position": _INT,
    },
    "contextinclude": {"context": _TEXT, "include": _TEXT, "priority": _INT},
    "extensions": {"exten": _TEXT, "context": _TEXT, "type": _TEXT, "typeval": _TEXT},
    "userfeatures": {**columns(User, OF_USER), "voicemailid": _INT, "agentid": _INT},
    "linefeatures": {**columns(Line, OF_LINE), "protocol": _TEXT, "iduserfeatures": _INT},
    "user_line": {"user_id": _INT, "line_id": _INT, "main_line": _INT},
    "usersip": {
        "category": _TEXT, "ownerid": _INT, "name": _TEXT, "username": _TEXT, "secret": _TEXT, "maxcontacts": _INT,
        "fromuser": _TEXT, "fromdomain": _TEXT, "language": _TEXT,
        **columns(SipOptions),
    },
    "usercustom": {"category": _TEXT, "ownerid": _INT, "interface": _TEXT, "intfsuffix": _TEXT},
    "voicemail": columns(Voicemail),
    "dialaction": {
        "event": _TEXT, "category": _TEXT, "categoryval": _TEXT, "action": _TEXT, "actionarg1": _TEXT,
        "actionarg2": _TEXT,
    },
    "callerid": {"mode": _TEXT, "callerdisplay": _TEXT, "type": _TEXT, "typeval": _INT},
    "rightcall": columns(CallRight, OF_RIGHT),
    "rightcallexten": {"rightcallid": _INT, "exten": _TEXT, "position": _INT},
    "rightcallmember": {"rightcallid": _INT, "type": _TEXT, "typeval": _INT, "position": _INT},
    "schedule": {
        **columns(Schedule, OF_SCHEDULE), "fallback_action": _TEXT, "fallback_actionid": _TEXT,
        "fallback_actionargs": _TEXT,
    },
    "schedule_time": {
        "schedule_id": _INT, "mode": _TEXT, "position": _INT, **columns(Period), "action": _TEXT, "actionid": _TEXT,
        "actionargs": _TEXT,
    },
    "schedule_path": {"schedule_id": _INT, "path": _TEXT, "pathid": _INT},
    "queue": {"name": _TEXT, "category": _TEXT, **{k: v for k, v in columns(Queue).items() if k in IN_QUEUE}},
    "groupfeatures": columns(Group, OF_GROUP | IN_QUEUE),
    "queuefeatures": columns(Queue, OF_QUEUE | IN_QUEUE),
    "queuemember": {
        "queue_name": _TEXT, "interface": _TEXT, "penalty": _INT, "usertype": _TEXT, "userid": _INT, "category": _TEXT,
        "position": _INT,
    },
    "agentgroup": {"id": _INT, "name": _TEXT},
    "agentfeatures": {**columns(Agent, OF_AGENT), "numgroup": _INT},
    "agent_login_status": {
        "agent_id": _INT, "agent_number": _TEXT, "extension": _TEXT, "context": _TEXT, "interface": _TEXT, "paused": _INT,
    },
    "meetmefeatures": columns(Conference),
    "paging": columns(Paging, OF_PAGING),
    "paging_user": {"pagingid": _INT, "userfeaturesid": _INT, "caller": _INT, "position": _INT},
    "pickup": columns(Pickup, OF_PICKUP),
    "pickupmember": {"pickupid": _INT, "category": _TEXT, "membertype": _TEXT, "memberid": _INT, "position": _INT},
    "callfilter": columns(CallFilter, OF_FILTER),
    "callfiltermember": {
        "id": _INT, "callfilterid": _INT, "type": _TEXT, "typeval": _INT, "ringseconds": _INT, "priority": _INT,
        "bstype": _TEXT, "active": _INT,
    },
    "trunkfeatures": {"protocol": _TEXT, "name": _TEXT, **columns(Trunk, OF_TRUNK)},
    "trunkregistration": {"trunkid": _INT, **columns(Registration)},
    "outcall": columns(Outcall, OF_OUTCALL),
    "dialpattern": {"type": _TEXT, "typeid": _INT, "position": _INT, **columns(OutcallPattern)},
    "outcalltrunk": {"outcallid": _INT, "trunkfeaturesid": _INT, "priority": _INT},
    "incall": columns(Incall, OF_INCALL),
    "musiconhold": {"id": _INT, **columns(MusicOnHold)},
    "staticsip": {"category": _TEXT, "var_name": _TEXT, "var_val": _TEXT},
    "staticvoicemail": {"category": _TEXT, "var_name": _TEXT, "var_val": _TEXT},
    "features": {"category": _TEXT, "var_name": _TEXT, "var_val": _TEXT},
    "configfile": {"name": _TEXT, "content": _TEXT},
}  # fmt: skip
RUNNING = ("agent_login_status",)
"""What calls change and no configuration says: `save` leaves it."""
KEYS = {
    "entity": "id", "context": "name", "userfeatures": "id", "linefeatures": "id", "voicemail": "id", "rightcall": "id",
    "schedule": "id", "groupfeatures": "id", "queuefeatures": "id", "agentfeatures": "id", "meetmefeatures": "id",
    "paging": "id", "pickup": "id", "callfilter": "id", "callfiltermember": "id", "trunkfeatures": "id",
    "outcall": "id", "incall": "id", "configfile": "name", "agent_login_status": "agent_id",
}  # fmt: skip
CUSTOM_TRUNK = CustomTrunk


def schema() -> str:
    """The statements that make the tables, where they are not there yet."""
    statements = []
    for table, kinds in TABLES.items():
        lines = [
            f'    "{name}" {kind}{" PRIMARY KEY" if KEYS.get(table) == name else ""}' for name, kind in kinds.items()
        ]
        statements.append(f'CREATE TABLE IF NOT EXISTS "{table}" (\n' + ",\n".join(lines) + "\n);")
    return "\n".join(statements) + "\n"

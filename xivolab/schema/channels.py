"""Channel events (CEL), the journal made of them, queues."""

from __future__ import annotations

from xivolab.schema.fields import ID, Field, Record

CEL = Record(
    "cel-event",
    "cel",
    "a channel event that Asterisk logged (CEL), of whatever form: the columns of its table, and what they were read from",
    (
        ID,
        Field("time", "time", "Time", "Heure", "eventtime; null where the evidence has none", "s", null=True),
        Field(
            "time_zone",
            "str",
            "Zone from",
            "Fuseau selon",
            "told: epoch or zone in the evidence; uniqueid: the channel's unique id, which is an epoch, shows the zone of "
            "its local times; assumed: the zone asked for, or this machine's",
            values=("told", "uniqueid", "assumed"),
            null=True,
        ),
        Field("eventtype", "str", "Event", "Événement", "CHAN_START, ANSWER, …; the user's own name of a user event"),
        Field("userdeftype", "str", "User event", "Événement utilisateur", "name of a user event", null=True),
        Field("cid_name", "str", "Name", "Nom", "caller ID name", null=True),
        Field("cid_num", "str", "Number", "Numéro", "caller ID number", null=True),
        Field("cid_ani", "str", "ANI", "ANI", "automatic number identification", null=True),
        Field("cid_rdnis", "str", "RDNIS", "RDNIS", "number that redirected the call", null=True),
        Field("cid_dnid", "str", "DNID", "DNID", "number that was dialled", null=True),
        Field("exten", "str", "Extension", "Extension", "in the dialplan", null=True),
        Field("context", "str", "Context", "Contexte", "in the dialplan", null=True),
        Field("channame", "str", "Channel", "Canal", "name of the channel", null=True),
        Field("appname", "str", "Application", "Application", "that the channel was in", null=True),
        Field("appdata", "str", "Data", "Données", "arguments of the application", null=True),
        Field("amaflags", "str", "AMA", "AMA", "automatic message accounting flags, as written", null=True),
        Field("accountcode", "str", "Account", "Compte", "account code", null=True),
        Field("peeraccount", "str", "Peer account", "Compte du pair", "account code of the bridged channel", null=True),
        Field("uniqueid", "str", "Unique id", "Uniqueid", "of the channel", null=True),
        Field(
            "linkedid", "str", "Linked id", "Linkedid", "unique id of the oldest channel it has to do with", null=True
        ),
        Field("userfield", "str", "User field", "Champ libre", "as written", null=True),
        Field("peer", "str", "Peer", "Pair", "other channels in its bridge, with commas", null=True),
        Field("extra", "str", "Extra", "Extra", "JSON: what is particular to the event", null=True),
        Field("call_log_id", "int", "Journal", "Journal", "row of XiVO's journal (call_log)", null=True),
        Field("number", "int", "N", "N", "id of the row in its database", null=True),
        Field("call", "str", "Call", "Appel", "id of its call", null=True),
        Field("file", "str", "File", "Fichier", "where it was read"),
        Field("line", "int", "Line", "Ligne", "where it begins in that file", null=True),
    ),
)

JOURNAL_SOURCES = ("call_log", "export", "cdr", "cel")

JOURNAL = Record(
    "journal-row",
    "journal",
    "a row of XiVO's journal (call_log), of its CSV export or of Master.csv; or the one that XiVO makes of channel events",
    (
        ID,
        Field(
            "source",
            "str",
            "Source",
            "Source",
            "call_log: the table; export: its CSV; cdr: Master.csv; cel: made again from channel events",
            values=JOURNAL_SOURCES,
        ),
        Field("number", "int", "N", "N", "id in call_log: the call_log_id of its channel events", null=True),
        Field("date", "time", "Date", "Date", "beginning of the call", "s", null=True),
        Field("source_name", "str", "Caller name", "Nom de l’appelant", "as the journal has it", null=True),
        Field("source_exten", "str", "Caller", "Appelant", "number of the caller", null=True),
        Field("source_line_identity", "str", "Line", "Ligne", "of the caller: pjsip/alice", null=True),
        Field("destination_name", "str", "Called name", "Nom de l’appelé", "as the journal has it", null=True),
        Field("destination_exten", "str", "Called", "Appelé", "number, or what the journal takes for it", null=True),
        Field("destination_line_identity", "str", "Called line", "Ligne appelée", "of the callee", null=True),
        Field("duration_s", "float", "Talk", "Conversation", "of cdr: billsec", "s", null=True),
        Field("total_s", "float", "Total", "Total", "from the beginning, of cdr", "s", null=True),
        Field("user_field", "str", "User field", "Champ libre", "as written", null=True),
        Field("answered", "bool", "Answered", "Répondu", "the caller was in a bridge; of cdr: ANSWERED", null=True),
        Field("disposition", "str", "Disposition", "Issue", "of cdr", null=True),
        Field("linkedid", "str", "Linked id", "Linkedid", "of its channel events; of cdr its unique id", null=True),
        Field("call", "str", "Call", "Appel", "id of its call", null=True),
        Field(
            "refused",
            "str",
            "No row",
            "Pas de ligne",
            "why XiVO makes no row of these events",
            values=("no-date", "no-source"),
            null=True,
        ),
        Field(
            "why",
            "list",
            "Why",
            "Pourquoi",
            "of cel: each step by which a field got its value, a later one wins: field, value, rule, event, channel, line, number",
            items="object",
        ),
        Field("file", "str", "File", "Fichier", "where it was read", null=True),
        Field("line", "int", "Line", "Ligne", "where it begins in that file", null=True),
    ),
)

_QUEUE_COUNTS = (
    Field("calls", "int", "Calls", "Appels", "that came, refused ones included"),
    Field("answered", "int", "Answered", "Répondus", "connected with an agent"),
    Field("abandoned", "int", "Abandoned", "Abandons", "the caller hung up while waiting"),
    Field("timeout", "int", "Timed out", "Expirés", "waited as long as the queue lets"),
    Field("refused", "int", "Refused", "Refusés", "full, closed, nobody there, diverted"),
    Field("left", "int", "Left", "Sortis", "by a key, because nobody was there any more, or withdrawn"),
    Field("waiting", "int", "Waiting", "En attente", "not over when the evidence ends"),
    Field("answered_pct", "float", "Answered", "Répondus", "answered / those that are over", "%", null=True),
    Field(
        "in_time_pct", "float", "In time", "À temps", "answered in time (20 s) / those that are over", "%", null=True
    ),
    Field("wait_mean_s", "float", "Mean wait", "Attente moyenne", "of answered calls", "s", null=True),
    Field("wait_max_s", "float", "Max wait", "Attente max", "of answered calls", "s", null=True),
    Field("abandon_wait_mean_s", "float", "Gave up after", "Abandon après", "mean", "s", null=True),
    Field("talk_mean_s", "float", "Mean talk", "Conv. moyenne", "of answered calls", "s", null=True),
    Field("talk_total_s", "float", "Talk", "Conversation", "sum", "s"),
)

QUEUE_CALL = Record(
    "queue-call",
    "queue-calls",
    "a call in a queue (queue_log), from its entry to its end",
    (
        ID,
        Field("queue", "str", "Queue", "File", "its name"),
        Field("callid", "str", "Unique id", "Uniqueid", "of the caller's channel"),
        Field("entered", "time", "Entered", "Entré à", "or was refused", "s"),
        Field("caller", "str", "Caller", "Appelant", "caller ID", null=True),
        Field("position", "int", "Position", "Position", "in the queue when it entered", null=True),
        Field(
            "outcome",
            "str",
            "Outcome",
            "Issue",
            "null while it waits",
            values=(
                "answered",
                "abandoned",
                "timeout",
                "exit-key",
                "leave-empty",
                "join-empty",
                "full",
                "closed",
                "diverted",
                "withdrawn",
            ),
            null=True,
        ),
        Field("connected", "time", "Connected", "Connecté à", "with an agent", "s", null=True),
        Field("ended", "time", "Ended", "Fini à", "left the queue, or its agent", "s", null=True),
        Field("agent", "str", "Agent", "Agent", "who answered", null=True),
        Field("wait_s", "float", "Wait", "Attente", "in the queue", "s", null=True),
        Field("ring_s", "float", "Ring", "Sonnerie", "of the phone that answered", "s", null=True),
        Field("talk_s", "float", "Talk", "Conversation", "with the agent", "s", null=True),
        Field("ended_by", "str", "Ended by", "Fini par", "who", values=("agent", "caller", "transfer"), null=True),
        Field("tries", "int", "Unanswered rings", "Sonneries vaines", "phones that rang in vain"),
        Field("call", "str", "Call", "Appel", "id of its call, where CEL tells", null=True),
        Field("file", "str", "File", "Fichier", "where it was read"),
        Field("line", "int", "Line", "Ligne", "where it begins in that file", null=True),
    ),
    command="queues --table calls",
)

QUEUE_STAT = Record(
    "queue",
    "queue-stats",
    "a queue over the time of the evidence",
    (ID, Field("queue", "str", "Queue", "File", "its name"), *_QUEUE_COUNTS),
    command="queues --table queues",
)

QUEUE_AGENT = Record(
    "queue-agent",
    "queue-agents",
    "an agent over the time of the evidence",
    (
        ID,
        Field("agent", "str", "Agent", "Agent", "as queue_log names it"),
        Field("queues", "list", "Queues", "Files", "whose calls it answered", items="str"),
        Field("answered", "int", "Answered", "Répondus", "calls"),
        Field("missed", "int", "Missed", "Manqués", "rings that were not answered"),
        Field("talk_mean_s", "float", "Mean talk", "Conv. moyenne", "of a call", "s", null=True),
        Field("talk_total_s", "float", "Talk", "Conversation", "sum", "s"),
        Field("ring_mean_s", "float", "Mean ring", "Sonnerie moyenne", "until it answered", "s", null=True),
        Field("logged_s", "float", "Logged in", "Connecté", "null where queue_log does not tell", "s", null=True),
        Field("paused_s", "float", "Paused", "En pause", "sum", "s"),
    ),
    command="queues --table agents",
)

QUEUE_SERIES = Record(
    "queue-interval",
    "queue-series",
    "the queues in one interval: of the calls that came in it",
    (
        ID,
        Field("start", "time", "Start", "Début", "beginning of the interval, a whole multiple of its length", "s"),
        Field("interval_s", "float", "Interval", "Intervalle", "its length", "s"),
        *_QUEUE_COUNTS,
    ),
    command="queues --table series",
)

QUEUE_RECORDS: dict[str, Record] = {
    "calls": QUEUE_CALL,
    "queues": QUEUE_STAT,
    "agents": QUEUE_AGENT,
    "series": QUEUE_SERIES,
}
"""The tables of queues, by the name that `xivolab queues --table` knows."""

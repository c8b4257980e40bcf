"""What Asterisk's command line printed."""

from __future__ import annotations

from xivolab.schema.fields import ID, Field, Record


def _cli(name: str, plural: str, meaning: str, *fields: Field) -> Record:
    """A record of the output of Asterisk's command line: its own fields, then where and when it was printed."""
    return Record(f"cli-{name}", f"cli-{plural}", meaning, (ID, *fields, *_PRINTED), f"cli --table {plural}")


_PRINTED = (
    Field("taken_at", "time", "Taken at", "Relevé à", "a clock beside the output; null without one", "s", null=True),
    Field("output", "int", "Output", "Sortie", "which of the outputs in the evidence, from 0"),
    Field("file", "str", "File", "Fichier", "it was read from"),
    Field("line", "int", "Line", "Ligne", "its first line in that file, from 1"),
)

_ENDPOINT = Field("endpoint", "str", "Endpoint", "Terminaison", "it belongs to; null where listed alone", null=True)

_CUT = Field("cut", "bool", "Cut", "Tronqué", "the name fills its column: Asterisk may have cut it")

CLI_CHANNELSTAT = _cli(
    "channelstat",
    "channelstats",
    "media counters of one channel (pjsip show channelstats): rx from the phone to the server, tx from the server to it",
    Field("channel", "str", "Channel", "Canal", "as printed: without PJSIP/ and cut at 18 characters"),
    Field("channel_name", "str", "Name", "Nom", "the whole name, where other evidence tells it", null=True),
    Field("bridge", "str", "Bridge", "Pont", "first 8 characters of the bridge's id; null outside one", null=True),
    Field(
        "state",
        "str",
        "State",
        "État",
        "counted, or why there are no counters",
        values=("counted", "not-valid", "no-audio", "direct-media"),
    ),
    Field("uptime_s", "int", "Up", "Durée", "since the channel was made", "s", null=True),
    Field("codec", "str", "Codec", "Codec", "Asterisk's name, cut at 6 characters", null=True),
    Field("rx_packets", "int", "Received", "Reçus", "RTP packets; in thousands above 100 000", null=True),
    Field(
        "rx_lost",
        "int",
        "Lost (rx)",
        "Perdus (réc.)",
        "on the way to the server; below 0: more than expected",
        null=True,
    ),
    Field("rx_lost_pct", "float", "Loss rx", "Perte réc.", "of what was expected", "%", null=True),
    Field("rx_jitter_ms", "float", "Jitter rx", "Gigue réc.", "the server's; printed as Transmit", "ms", null=True),
    Field("tx_packets", "int", "Sent", "Envoyés", "RTP packets; in thousands above 100 000", null=True),
    Field("tx_lost", "int", "Lost (tx)", "Perdus (ém.)", "as the phone reports; below 0: duplicates", null=True),
    Field("tx_lost_pct", "float", "Loss tx", "Perte ém.", "of what was sent", "%", null=True),
    Field("tx_jitter_ms", "float", "Jitter tx", "Gigue ém.", "the phone's; printed as Receive", "ms", null=True),
    Field("rtt_ms", "float", "Round trip", "Aller-retour", "null when printed as 0.000", "ms", null=True),
    Field("rtcp", "bool", "RTCP", "RTCP", "a sign of the phone's reports was seen; false: loss tx unknown", null=True),
    Field("rx_lost_low", "int", "Least rx", "Min. réc.", "smallest count that is printed like this", null=True),
    Field("rx_lost_high", "int", "Most rx", "Max. réc.", "largest count that is printed like this", null=True),
    Field("tx_lost_low", "int", "Least tx", "Min. ém.", "smallest count that is printed like this", null=True),
    Field("tx_lost_high", "int", "Most tx", "Max. ém.", "largest count that is printed like this", null=True),
    Field(
        "printed",
        "list",
        "Printed",
        "Imprimé",
        "the 9 figures as Asterisk printed them: received, lost, %, jitter, sent, lost, %, jitter, round trip",
        items="str",
    ),
    Field(
        "notes",
        "list",
        "Notes",
        "Remarques",
        "counter-wrapped, rounded, no-rtcp, jitter-swapped, jitter-unknown",
        items="str",
    ),
    Field("call", "str", "Call", "Appel", "id of its call; null where nothing tells", null=True),
)

CLI_ENDPOINT = _cli(
    "endpoint",
    "endpoints",
    "a SIP endpoint (pjsip show or list endpoints)",
    Field("endpoint", "str", "Endpoint", "Terminaison", "its name"),
    Field("cid", "str", "Number", "Numéro", "number of its caller ID", null=True),
    Field("state", "str", "State", "État", "device state, as printed"),
    Field("channels", "int", "Channels", "Canaux", "in use"),
    Field("channels_max", "int", "Max.", "Max.", "device_state_busy_at; null for inf", null=True),
    _CUT,
)

CLI_CONTACT = _cli(
    "contact",
    "contacts",
    "an address where a phone is registered, or a trunk is reached (pjsip show contacts, endpoints, aors)",
    _ENDPOINT,
    Field("aor", "str", "AOR", "AOR", "address of record"),
    Field("uri", "str", "URI", "URI", "of the contact"),
    Field("hash", "str", "Hash", "Empreinte", "10 characters; null before Asterisk 13.6", null=True),
    Field("status", "str", "Status", "Statut", "Avail, Unavail, NonQual, Unknown, …: as printed"),
    Field("rtt_ms", "float", "Round trip", "Aller-retour", "of the last OPTIONS; null for nan", "ms", null=True),
    _CUT,
)

CLI_AOR = _cli(
    "aor",
    "aors",
    "an address of record (pjsip show or list aors, show endpoints)",
    _ENDPOINT,
    Field("aor", "str", "AOR", "AOR", "its name"),
    Field("max_contacts", "int", "Max contacts", "Max. contacts", "how many contacts it takes"),
)

CLI_AUTH = _cli(
    "auth",
    "auths",
    "credentials (pjsip show or list auths, show endpoints)",
    _ENDPOINT,
    Field("auth", "str", "Auth", "Auth", "its name"),
    Field("user", "str", "User", "Utilisateur", "user name", null=True),
    Field("direction", "str", "Way", "Sens", "of the challenge; null where not told", values=("in", "out"), null=True),
)

CLI_TRANSPORT = _cli(
    "transport",
    "transports",
    "a transport (pjsip show or list transports, show endpoint)",
    _ENDPOINT,
    Field("transport", "str", "Transport", "Transport", "its name"),
    Field("type", "str", "Type", "Type", "udp, tcp, tls, ws, wss"),
    Field("cos", "int", "CoS", "CoS", "class of service (802.1p)"),
    Field("tos", "int", "ToS", "ToS", "type of service"),
    Field("address", "str", "Address", "Adresse", "it listens at", null=True),
    Field("port", "int", "Port", "Port", "it listens at", null=True),
)

CLI_IDENTIFY = _cli(
    "identify",
    "identifies",
    "how a request is known to be of an endpoint (pjsip show or list identifies)",
    Field("identify", "str", "Identify", "Identification", "its name"),
    Field("endpoint", "str", "Endpoint", "Terminaison", "it names", null=True),
    Field("by", "str", "By", "Par", "what is compared", values=("address", "header", "request-uri"), null=True),
    Field("match", "str", "Match", "Critère", "the value; null where only the list was printed", null=True),
    Field("negated", "bool", "Not", "Sauf", "all but this address"),
)

CLI_REGISTRATION = _cli(
    "registration",
    "registrations",
    "a registration of this server at another (pjsip show or list registrations)",
    Field("registration", "str", "Registration", "Enregistrement", "its name"),
    Field("server_uri", "str", "Server", "Serveur", "where it registers"),
    Field("auth", "str", "Auth", "Auth", "its credentials; null for n/a", null=True),
    Field("status", "str", "Status", "Statut", "Registered, Unregistered, Rejected, Stopped, …: as printed"),
    Field("expires_s", "int", "Expires", "Expire", "in; below 0: that long ago", "s", null=True),
    _CUT,
)

CLI_PJSIP_CHANNEL = _cli(
    "pjsip-channel",
    "pjsip-channels",
    "a SIP channel (pjsip show or list channels, show endpoints)",
    _ENDPOINT,
    Field("channel", "str", "Channel", "Canal", "its name"),
    Field("application", "str", "Application", "Application", "it is in", null=True),
    Field("state", "str", "State", "État", "Up, Ring, Ringing, Down, …: as printed"),
    Field("uptime_s", "int", "Up", "Durée", "since the channel was made", "s"),
    Field("exten", "str", "Extension", "Extension", "it dialled", null=True),
    Field("connected_name", "str", "Name", "Nom", "of the connected line", null=True),
    Field("connected_number", "str", "Number", "Numéro", "of the connected line", null=True),
    _CUT,
)

CLI_PARAMETER = _cli(
    "parameter",
    "parameters",
    "one setting of one object (pjsip show endpoint, aor, auth, transport, …)",
    Field("kind", "str", "Kind", "Sorte", "endpoint, aor, auth, contact, …; null where not told", null=True),
    Field("object", "str", "Object", "Objet", "its name; null where not told", null=True),
    Field("name", "str", "Parameter", "Paramètre", "its name"),
    Field("value", "str", "Value", "Valeur", "as printed; null for an empty one", null=True),
)

CLI_CHANNEL = _cli(
    "channel",
    "channels",
    "a channel of any technology (core show channels, concise, verbose)",
    Field("channel", "str", "Channel", "Canal", "its name"),
    Field("context", "str", "Context", "Contexte", "it is in", null=True),
    Field("exten", "str", "Extension", "Extension", "it is at", null=True),
    Field("priority", "int", "Priority", "Priorité", "it is at", null=True),
    Field("state", "str", "State", "État", "Up, Ring, Ringing, Down, …; cut at 7 characters unless concise"),
    Field("application", "str", "Application", "Application", "it is in", null=True),
    Field("data", "str", "Data", "Données", "arguments of the application", null=True),
    Field("caller_id", "str", "Caller ID", "Appelant", "its number", null=True),
    Field("account", "str", "Account", "Compte", "account code", null=True),
    Field("peer_account", "str", "Peer account", "Compte pair", "account code of its peer", null=True),
    Field("ama_flags", "int", "AMA", "AMA", "accounting flags", null=True),
    Field("duration_s", "int", "Duration", "Durée", "since the channel was made", "s", null=True),
    Field("bridge", "str", "Bridge", "Pont", "its id, cut at 20 characters unless concise", null=True),
    Field("uniqueid", "str", "Unique id", "Id unique", "concise only", null=True),
    Field("form", "str", "Form", "Forme", "of the command", values=("plain", "concise", "verbose")),
    _CUT,
)

CLI_CHANNEL_DETAIL = _cli(
    "channel-detail",
    "channel-details",
    "one line about one channel (core show channel NAME)",
    Field("channel", "str", "Channel", "Canal", "its name", null=True),
    Field("section", "str", "Section", "Rubrique", "general, pbx, variables, cdr, streams, …"),
    Field("name", "str", "Name", "Nom", "of the fact or variable"),
    Field("value", "str", "Value", "Valeur", "as printed; null for an empty one", null=True),
)

CLI_HINT = _cli(
    "hint",
    "hints",
    "a presence that phones may watch (core show hints)",
    Field("exten", "str", "Extension", "Extension", "that is watched"),
    Field("context", "str", "Context", "Contexte", "of the extension; may be cut", null=True),
    Field("devices", "str", "Devices", "Appareils", "whose state it is, with & between them", null=True),
    Field("state", "str", "State", "État", "Idle, InUse, Ringing, Unavailable, …: as printed"),
    Field("presence", "str", "Presence", "Présence", "null before Asterisk 11", null=True),
    Field("watchers", "int", "Watchers", "Observateurs", "subscriptions to it"),
    _CUT,
)

CLI_SERVER = _cli(
    "server",
    "servers",
    "what a server says of itself (core show version, uptime, the last lines of core show channels)",
    Field("version", "str", "Version", "Version", "of Asterisk", null=True),
    Field("built", "str", "Built", "Compilé", "by whom, where and when, as printed", null=True),
    Field("uptime_s", "int", "Up", "En marche", "since Asterisk started", "s", null=True),
    Field("reload_s", "int", "Reloaded", "Rechargé", "since the last reload", "s", null=True),
    Field("channels", "int", "Channels", "Canaux", "active", null=True),
    Field("calls", "int", "Calls", "Appels", "active", null=True),
    Field("calls_max", "int", "Max. calls", "Max. appels", "maxcalls; null without a limit", null=True),
    Field("calls_processed", "int", "Processed", "Traités", "since Asterisk started", null=True),
)

CLI_DIALPLAN = _cli(
    "dialplan-entry",
    "dialplan",
    "one line of a dialplan (dialplan show)",
    Field("context", "str", "Context", "Contexte", "it stands in"),
    Field(
        "kind", "str", "Kind", "Sorte", "what it is", values=("priority", "hint", "include", "switch", "ignore-pattern")
    ),
    Field("exten", "str", "Extension", "Extension", "or pattern; null for what is no extension", null=True),
    Field("cid_match", "str", "Caller", "Appelant", "only for callers like this; empty: without a number", null=True),
    Field("priority", "int", "Priority", "Priorité", "of a priority", null=True),
    Field("label", "str", "Label", "Étiquette", "never printed for the first priority", null=True),
    Field("application", "str", "Application", "Application", "of a priority", null=True),
    Field("data", "str", "Data", "Données", "its arguments; the devices, the context, the switch", null=True),
    Field("registrar", "str", "From", "Origine", "the file and line, or the module", null=True),
)

CLI_QUEUE = _cli(
    "queue",
    "queues",
    "a queue (queue show)",
    Field("queue", "str", "Queue", "File", "its name"),
    Field("calls", "int", "Waiting", "En attente", "callers in it"),
    Field("calls_max", "int", "Max.", "Max.", "maxlen; null for unlimited", null=True),
    Field("strategy", "str", "Strategy", "Stratégie", "of ringing"),
    Field("holdtime_s", "int", "Hold time", "Attente", "average", "s", null=True),
    Field("talktime_s", "int", "Talk time", "Conversation", "average", "s", null=True),
    Field("weight", "int", "Weight", "Poids", "priority over other queues", null=True),
    Field("completed", "int", "Completed", "Traités", "calls answered", null=True),
    Field("abandoned", "int", "Abandoned", "Abandonnés", "calls whose caller gave up", null=True),
    Field(
        "sl_pct", "float", "Service level", "Niveau de service", "answered within sl_s, of all answered", "%", null=True
    ),
    Field("sl2_pct", "float", "Level 2", "Niveau 2", "the same, of answered and abandoned", "%", null=True),
    Field("sl_s", "int", "Within", "En", "threshold of the service level", "s", null=True),
    Field("members", "int", "Members", "Membres", "of the queue"),
)

CLI_QUEUE_MEMBER = _cli(
    "queue-member",
    "queue-members",
    "a member of a queue (queue show)",
    Field("queue", "str", "Queue", "File", "its name"),
    Field("name", "str", "Member", "Membre", "its name"),
    Field("interface", "str", "Interface", "Interface", "that rings"),
    Field("state_interface", "str", "State of", "État de", "whose state counts, where another", null=True),
    Field("state", "str", "State", "État", "Not in use, In use, Ringing, Unavailable, …: as printed", null=True),
    Field("penalty", "int", "Penalty", "Pénalité", "members of a higher one ring later"),
    Field("paused", "bool", "Paused", "En pause", "takes no calls"),
    Field("paused_reason", "str", "Reason", "Motif", "of the pause", null=True),
    Field("paused_for_s", "int", "Paused for", "En pause depuis", "since the pause began", "s", null=True),
    Field("in_call", "bool", "In call", "En appel", "talks to a caller of the queue"),
    Field("dynamic", "bool", "Dynamic", "Dynamique", "added by AddQueueMember or the console"),
    Field("realtime", "bool", "Realtime", "Realtime", "from a database"),
    Field(
        "ringinuse", "bool", "Ring in use", "Sonne occupé", "rings though it is in use; null where not told", null=True
    ),
    Field("calls_taken", "int", "Taken", "Pris", "calls answered"),
    Field("last_call_ago_s", "int", "Last call", "Dernier appel", "since it ended", "s", null=True),
    Field("login_ago_s", "int", "Login", "Connexion", "since it was added", "s", null=True),
)

CLI_QUEUE_CALLER = _cli(
    "queue-caller",
    "queue-callers",
    "who waits in a queue (queue show)",
    Field("queue", "str", "Queue", "File", "its name"),
    Field("position", "int", "Position", "Position", "from 1"),
    Field("channel", "str", "Channel", "Canal", "its name"),
    Field("wait_s", "int", "Waiting", "Attente", "since it came", "s"),
    Field("priority", "int", "Priority", "Priorité", "over other callers"),
)

CLI_SPAN = _cli(
    "span",
    "spans",
    "a digital or analogue card's span (dahdi show status)",
    Field("span", "int", "Span", "Span", "its number; null in old versions", null=True),
    Field("description", "str", "Description", "Description", "of the span"),
    Field("alarms", "list", "Alarms", "Alarmes", "OK, RED, YEL, BLU, …: as printed, cut at 7 characters", items="str"),
    Field("irq_misses", "int", "IRQ", "IRQ", "interrupts missed"),
    Field("bipolar_violations", "int", "Bipolar", "Bipolaires", "violations"),
    Field("crc_errors", "int", "CRC", "CRC", "CRC-4 errors"),
    Field("framing", "str", "Framing", "Trame", "CCS, CAS, ESF, D4", null=True),
    Field("coding", "str", "Coding", "Codage", "HDB3, AMI, B8ZS", null=True),
    Field("options", "str", "Options", "Options", "CRC4, YEL, …", null=True),
    Field("lbo", "str", "LBO", "LBO", "line build-out", null=True),
)

CLI_RECORDS: dict[str, Record] = {
    record.plural.removeprefix("cli-"): record
    for record in (
        CLI_CHANNELSTAT,
        CLI_ENDPOINT,
        CLI_CONTACT,
        CLI_AOR,
        CLI_AUTH,
        CLI_TRANSPORT,
        CLI_IDENTIFY,
        CLI_REGISTRATION,
        CLI_PJSIP_CHANNEL,
        CLI_PARAMETER,
        CLI_CHANNEL,
        CLI_CHANNEL_DETAIL,
        CLI_HINT,
        CLI_SERVER,
        CLI_DIALPLAN,
        CLI_QUEUE,
        CLI_QUEUE_MEMBER,
        CLI_QUEUE_CALLER,
        CLI_SPAN,
    )
}
"""The tables of Asterisk's command line, by the name that `xivolab cli --table` knows."""

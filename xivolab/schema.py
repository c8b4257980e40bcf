"""Every record once: name, kind, unit, null, meaning, French and English title.

Tables, JSON, CSV, the documentation page and the tests are made from these declarations. The field names and what
they mean are fixed: programs of others read them.

How a kind is stored in a column (numpy), written in JSON, and shown in a DataFrame:

| kind    | column                          | JSON           | DataFrame             |
| ------- | ------------------------------- | -------------- | --------------------- |
| time    | int64 ns since 1970, `NULL_INT` | float seconds  | datetime64[ns, UTC]   |
| int     | int64, `NULL_INT`               | integer        | Int64                 |
| float   | float64, NaN                    | number         | float64               |
| bool    | int8 0/1, -1                    | true/false     | boolean               |
| str     | object, None                    | string         | string                |
| list    | object (list)                   | array          | object                |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["time", "int", "float", "bool", "str", "list"]

VERSION = 1
"""Of these declarations, as JSON lines and JSON Schema tell it: a new field does not change it, anything else would."""

NULL_INT = -(2**63)
"""The null of int and time columns."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its `kind` says how it is stored, `items` what a list holds, `null` whether it may be absent."""

    name: str
    kind: Kind
    en: str
    fr: str
    meaning: str
    unit: str = ""
    null: bool = False
    items: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One record: `plural` is the name of its table and of its command."""

    name: str
    plural: str
    meaning: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


STATES = (
    "setup",
    "ringing",
    "in-call",
    "completed",
    "cancelled",
    "busy",
    "rejected",
    "no-answer",
    "failed",
    "diverted",
    "registered",
)

_ID = Field("id", "str", "Id", "Identifiant", "made from the content: the same evidence gives the same id")

DIALOG = Record(
    "dialog",
    "dialogs",
    "all messages of one Call-ID",
    (
        _ID,
        Field("call_id", "str", "Call-ID", "Call-ID", "SIP Call-ID (RFC 3261, 20.8)"),
        Field("method", "str", "Method", "Méthode", "method of the first request", null=True),
        Field("from_user", "str", "From", "De", "user of the From URI", null=True),
        Field("to_user", "str", "To", "Vers", "user of the Request-URI, for REGISTER of the To URI", null=True),
        Field("src", "str", "Source", "Source", '"ip:port" of the first message\'s sender', null=True),
        Field("dst", "str", "Destination", "Destination", '"ip:port" of the first message\'s receiver', null=True),
        Field("start", "time", "Start", "Début", "first message", "s"),
        Field("end", "time", "End", "Fin", "last message", "s"),
        Field("state", "str", "State", "État", "outcome, comparable with sngrep's", values=STATES, null=True),
        Field("status", "int", "Status", "Code", "final status of the initial request", null=True),
        Field("messages", "int", "Messages", "Messages", "as captured, everything included"),
        Field("retransmissions", "int", "Retransmissions", "Retransmissions", "sent again by the sender, same hop"),
        Field(
            "capture_duplicates", "int", "Capture duplicates", "Doublons de capture", "the same packet captured twice"
        ),
        Field("codecs", "list", "Codecs", "Codecs", "negotiated, in answer order", items="str"),
        Field("transport", "str", "Transport", "Transport", "UDP, TCP, TLS, WS, WSS, SCTP", null=True),
        Field(
            "user_agents", "list", "User agents", "Agents", "User-Agent and Server headers, as first seen", items="str"
        ),
    ),
)

CALL = Record(
    "call",
    "calls",
    "the legs joined because one was dialled for, bridged with or transferred to another",
    (
        _ID,
        Field("from_user", "str", "From", "De", "literal user of From in the caller's first INVITE", null=True),
        Field(
            "to_user", "str", "To", "Vers", "literal user of the Request-URI in the caller's first INVITE", null=True
        ),
        Field("caller", "str", "Caller", "Appelant", "number of the caller", null=True),
        Field("callee", "str", "Callee", "Appelé", "number of the callee", null=True),
        Field("start", "time", "Start", "Début", "first INVITE of the caller's leg", "s", null=True),
        Field("end", "time", "End", "Fin", "end of the last leg; null when the evidence ends before", "s", null=True),
        Field("answered", "bool", "Answered", "Répondu", "a 2xx to the caller's initial INVITE was seen", null=True),
        Field("answered_at", "time", "Answered at", "Répondu à", "time of that 2xx", "s", null=True),
        Field("answered_by", "str", "Answered by", "Répondu par", "who", values=("callee", "server"), null=True),
        Field("connected_at", "time", "Connected at", "Mis en relation à", "first callee leg bridged", "s", null=True),
        Field(
            "setup_s", "float", "Setup", "Établissement", "first INVITE to first 180, or 183 with SDP", "s", null=True
        ),
        Field(
            "talk_s",
            "float",
            "Talk",
            "Conversation",
            "end − connected, else answered; 0 when never answered",
            "s",
            null=True,
        ),
        Field("state", "str", "State", "État", "outcome of the call", values=STATES),
        Field("status", "int", "Status", "Code", "the final code the caller received", null=True),
        Field("cause", "int", "Cause", "Cause", "Q.850 cause", null=True),
        Field(
            "released_by",
            "str",
            "Released by",
            "Raccroché par",
            "who",
            values=("caller", "callee", "server"),
            null=True,
        ),
        Field("partial", "bool", "Partial", "Partiel", "begun before the evidence"),
        Field("legs", "list", "Legs", "Branches", "Call-IDs, the caller's first", items="str"),
        Field("leg_details", "list", "Leg details", "Détail des branches", "one object per leg", items="object"),
        Field("streams", "list", "Streams", "Flux", "indexes into the unfiltered table of streams", items="int"),
        Field("stream_ids", "list", "Stream ids", "Identifiants des flux", "ids of these streams", items="str"),
        Field("codecs", "list", "Codecs", "Codecs", "negotiated on the caller's leg", items="str"),
        Field("mos_min", "float", "Worst MOS", "MOS minimal", "lowest MOS of its streams, on one scale", null=True),
        Field("mos_scale", "str", "MOS scale", "Échelle MOS", "scale of mos_min", values=("nb", "wb"), null=True),
        Field("findings", "list", "Findings", "Constats", "codes", items="str"),
        Field("log_ids", "list", "Log ids", "Ids de journal", "Asterisk call ids (C-…)", items="str"),
        Field("linkedids", "list", "Linked ids", "Linkedids", "CEL linkedids", items="str"),
    ),
)

STREAM = Record(
    "stream",
    "streams",
    "RTP packets of one source, destination and SSRC",
    (
        _ID,
        Field("ssrc", "str", "SSRC", "SSRC", '"0x" and 8 lower-case hex digits'),
        Field("src", "str", "Source", "Source", '"ip:port"'),
        Field("dst", "str", "Destination", "Destination", '"ip:port"'),
        Field("payload_type", "int", "PT", "PT", "RTP payload type most packets have, events and comfort noise apart"),
        Field("codec", "str", "Codec", "Codec", "name from SDP or RFC 3551", null=True),
        Field("packets", "int", "Packets", "Paquets", "as captured"),
        Field("ip_bytes", "int", "IP bytes", "Octets IP", "of these packets with their IP, UDP and RTP headers"),
        Field(
            "expected", "int", "Expected", "Attendus", "highest − lowest extended sequence number + 1, restarts summed"
        ),
        Field("lost", "int", "Lost", "Perdus", "sequence numbers never seen"),
        Field("lost_pct", "float", "Loss", "Perte", "lost / expected", "%"),
        Field("duplicates", "int", "Duplicates", "Doublons", "sequence number seen before, capture duplicates apart"),
        Field("out_of_order", "int", "Out of order", "Désordonnés", "later than a higher sequence number"),
        Field(
            "capture_duplicates", "int", "Capture duplicates", "Doublons de capture", "the same packet captured twice"
        ),
        Field("wireshark_lost", "int", "Wireshark lost", "Perdus (Wireshark)", "tshark 4.0's figure, for comparison"),
        Field("jitter_mean_ms", "float", "Mean jitter", "Gigue moyenne", "Wireshark's", "ms", null=True),
        Field("jitter_max_ms", "float", "Max jitter", "Gigue maximale", "Wireshark's", "ms", null=True),
        Field(
            "delta_max_ms",
            "float",
            "Max delta",
            "Écart maximal",
            "Wireshark's longest time between two packets",
            "ms",
            null=True,
        ),
        Field(
            "jitter_rfc_ms",
            "float",
            "Jitter (RFC)",
            "Gigue (RFC)",
            "RFC 3550 A.8, mean over the stream, without events and comfort noise",
            "ms",
            null=True,
        ),
        Field(
            "remote_lost_pct",
            "float",
            "Remote loss",
            "Perte distante",
            "cumulative loss the receiver reports in RTCP",
            "%",
            null=True,
        ),
        Field(
            "remote_jitter_ms",
            "float",
            "Remote jitter",
            "Gigue distante",
            "jitter the receiver reports in RTCP",
            "ms",
            null=True,
        ),
        Field("rtt_ms", "float", "Round trip", "Aller-retour", "from RTCP", "ms", null=True),
        Field("mos", "float", "MOS", "MOS", "ITU-T G.107 estimate; null where ITU gives no value", null=True),
        Field(
            "mos_scale", "str", "MOS scale", "Échelle MOS", "narrow-band or wide-band", values=("nb", "wb"), null=True
        ),
        Field("r_factor", "float", "R", "R", "ITU-T G.107 rating", null=True),
        Field("start", "time", "Start", "Début", "first packet", "s"),
        Field("end", "time", "End", "Fin", "last packet", "s"),
        Field("call", "str", "Call", "Appel", "id of its call", null=True),
    ),
)

QUALITY = Record(
    "quality",
    "quality",
    "one stream, one second",
    (
        _ID,
        Field("stream", "str", "Stream", "Flux", "id of the stream"),
        Field("second", "int", "Second", "Seconde", "counted from the stream's first packet", "s"),
        Field("packets", "int", "Packets", "Paquets", "received in that second"),
        Field("lost", "int", "Lost", "Perdus", "sequence numbers missing at the end of that second"),
        Field("jitter_ms", "float", "Jitter", "Gigue", "RFC 3550 A.8 at the end of that second", "ms", null=True),
        Field(
            "delta_max_ms", "float", "Max delta", "Écart maximal", "longest time between two packets", "ms", null=True
        ),
        Field("mos", "float", "MOS", "MOS", "ITU-T G.107 estimate for that second", null=True),
    ),
)

LEVEL = Record(
    "level",
    "levels",
    "how much of a stream is sound, and how loud; made only when it is asked for, from the decoded audio",
    (
        _ID,
        Field("src", "str", "Source", "Source", "ip:port the packets come from"),
        Field("dst", "str", "Destination", "Destination", "ip:port the packets go to"),
        Field("codec", "str", "Codec", "Codec", "codecs in the order of their use, with / between", null=True),
        Field("speech_s", "float", "Sound", "Son", "20 ms frames of -60 dBov and more", "s"),
        Field("silent_s", "float", "Silence", "Silence", "frames with packets below that", "s"),
        Field("missing_s", "float", "No packets", "Sans paquets", "frames without packets", "s"),
        Field("level_dbov", "float", "Level", "Niveau", "mean power of the sound", "dBov", null=True),
        Field("peak_dbov", "float", "Peak", "Crête", "largest sample", "dBov", null=True),
        Field("undecoded", "int", "Not decoded", "Non décodés", "packets that could not be decoded or decrypted"),
        Field("call", "str", "Call", "Appel", "id of the call, null for a stream without one", null=True),
    ),
)

REGISTRATION = Record(
    "registration",
    "registrations",
    "the REGISTER requests of one address of record from one source",
    (
        _ID,
        Field("aor", "str", "Address of record", "Compte", "URI of To"),
        Field("contact", "str", "Contact", "Contact", "URI of the last Contact", null=True),
        Field("src", "str", "Source", "Source", '"ip:port" of the phone', null=True),
        Field("dst", "str", "Destination", "Destination", '"ip:port" of the registrar', null=True),
        Field("first", "time", "First", "Premier", "first REGISTER", "s"),
        Field("last", "time", "Last", "Dernier", "last message", "s"),
        Field("attempts", "int", "Attempts", "Tentatives", "REGISTER requests, retransmissions apart"),
        Field("accepted", "int", "Accepted", "Acceptées", "answered 2xx"),
        Field("rejected", "int", "Rejected", "Refusées", "refused; a first challenge is not a refusal"),
        Field("last_status", "int", "Last status", "Dernier code", "last final status", null=True),
        Field("expires_s", "int", "Expires", "Expiration", "granted by the last 2xx", "s", null=True),
    ),
)

MESSAGE = Record(
    "message",
    "messages",
    "one SIP message as captured",
    (
        _ID,
        Field("time", "time", "Time", "Heure", "arrival at the capture point", "s", null=True),
        Field("src", "str", "Source", "Source", '"ip:port"', null=True),
        Field("dst", "str", "Destination", "Destination", '"ip:port"', null=True),
        Field("transport", "str", "Transport", "Transport", "UDP, TCP, …", null=True),
        Field("first_line", "str", "First line", "Première ligne", "request or status line"),
        Field("method", "str", "Method", "Méthode", "of the request, or CSeq's of the response", null=True),
        Field("status", "int", "Status", "Code", "of a response", null=True),
        Field("call_id", "str", "Call-ID", "Call-ID", "", null=True),
        Field("cseq", "int", "CSeq", "CSeq", "number of CSeq", null=True),
        Field("retransmission", "bool", "Retransmission", "Retransmission", "sent again by its sender on the same hop"),
        Field("capture_duplicate", "bool", "Capture duplicate", "Doublon de capture", "the same packet captured twice"),
        Field("file", "str", "File", "Fichier", "where it is"),
        Field("frame", "int", "Frame", "Trame", "frame number in that file (of the last segment over TCP)", null=True),
        Field("number", "int", "N", "N", "its row in the unfiltered table: what `diff` and `case.message()` take"),
    ),
)

EVENT = Record(
    "event",
    "events",
    "one line of the timeline",
    (
        _ID,
        Field("time", "time", "Time", "Heure", "when it happened, at the capture point or in the log", "s", null=True),
        Field("source", "str", "Source", "Source", "who tells it", values=("sip", "rtp", "log", "cel", "cli")),
        Field("call", "str", "Call", "Appel", "id of its call", null=True),
        Field(
            "kind",
            "str",
            "Event",
            "Événement",
            "dtmf, hold, resume, t38, early-media, info, media-start, media-stop, ssrc-change, stream-restart, "
            "payload-type-change, …",
        ),
        Field("text", "str", "Facts", "Faits", "what is known of it, the same in every language"),
        Field("stream", "str", "Stream", "Flux", "id of its RTP stream", null=True),
        Field("digit", "str", "Digit", "Touche", "0 to 9, *, #, A to D or flash, of dtmf", null=True),
        Field("duration_ms", "float", "Duration", "Durée", "of dtmf, as its sender tells it", "ms", null=True),
        Field("file", "str", "File", "Fichier", "where it is", null=True),
        Field("frame", "int", "Frame", "Trame", "frame number in that file", null=True),
        Field("line", "int", "Line", "Ligne", "line number in that file", null=True),
    ),
)

HOST = Record(
    "host",
    "hosts",
    "who is at an address: told by the case folder, or learnt from what it does",
    (
        _ID,
        Field("address", "str", "Address", "Adresse", "IP address; with its port where several parties share it"),
        Field("name", "str", "Name", "Nom", "what tables and ladders call it; null where nothing tells", null=True),
        Field(
            "role",
            "str",
            "Role",
            "Rôle",
            "pbx, proxy, phone, operator, router, media (RTP without SIP), or what the case folder says",
            null=True,
        ),
        Field(
            "known_by",
            "str",
            "Known by",
            "Connu par",
            "what told the role (docs/commands/hosts.md)",
            values=(
                "case",
                "registrar",
                "sends-on",
                "proxy",
                "registers",
                "registered",
                "challenged",
                "agent",
                "numbers",
                "nat",
                "media",
            ),
            null=True,
        ),
        Field("user_agents", "list", "User agents", "Agents", "User-Agent and Server headers it sent", items="str"),
        Field(
            "numbers",
            "list",
            "Numbers",
            "Numéros",
            "users on its side of calls and registrations, as seen",
            items="str",
        ),
        Field("messages", "int", "Messages", "Messages", "SIP messages it sent or received"),
        Field("streams", "int", "Streams", "Flux", "RTP streams that begin or end there"),
    ),
)

PROBLEM = Record(
    "problem",
    "problems",
    "something that could not be read",
    (
        _ID,
        Field(
            "severity",
            "str",
            "Severity",
            "Gravité",
            "warning when something is missing from the result",
            values=("info", "warning"),
        ),
        Field("file", "str", "File", "Fichier", "which file"),
        Field("place", "str", "Place", "Endroit", "where in it"),
        Field("what", "str", "What", "Quoi", "what is wrong"),
        Field("remedy", "str", "Remedy", "Remède", "what to do"),
    ),
)

RECORDS: dict[str, Record] = {
    record.plural: record for record in (CALL, DIALOG, STREAM, QUALITY, REGISTRATION, MESSAGE, EVENT, HOST, PROBLEM)
}

ON_DEMAND: dict[str, Record] = {LEVEL.plural: LEVEL}
"""Records that no scan makes: the audio is decoded for them, when somebody asks."""

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
        Field(
            "xr_lost_pct",
            "float",
            "XR loss",
            "Perte (XR)",
            "lost on the way, as the receiver's last RTCP XR says (RFC 3611, 4.7)",
            "%",
            null=True,
        ),
        Field(
            "xr_discarded_pct",
            "float",
            "XR discarded",
            "Jetés (XR)",
            "thrown away by the receiver's jitter buffer, as it says itself",
            "%",
            null=True,
        ),
        Field(
            "xr_burst_pct",
            "float",
            "XR burst density",
            "Densité des rafales (XR)",
            "share lost or discarded inside bursts",
            "%",
            null=True,
        ),
        Field(
            "xr_burst_ms",
            "float",
            "XR burst length",
            "Durée des rafales (XR)",
            "mean duration of bursts",
            "ms",
            null=True,
        ),
        Field(
            "xr_rtt_ms",
            "float",
            "XR round trip",
            "Aller-retour (XR)",
            "between the two ends, as the receiver measured it",
            "ms",
            null=True,
        ),
        Field(
            "xr_end_system_ms",
            "float",
            "XR end system delay",
            "Délai du terminal (XR)",
            "inside the receiver: its jitter buffer, decoder and sound card",
            "ms",
            null=True,
        ),
        Field(
            "xr_buffer_ms",
            "float",
            "XR jitter buffer",
            "Tampon de gigue (XR)",
            "nominal delay of the receiver's jitter buffer",
            "ms",
            null=True,
        ),
        Field("xr_r_factor", "float", "XR R", "R (XR)", "R as the receiver reckons it", null=True),
        Field(
            "xr_mos_lq", "float", "XR MOS-LQ", "MOS-LQ (XR)", "listening quality as the receiver reckons it", null=True
        ),
        Field(
            "xr_mos_cq",
            "float",
            "XR MOS-CQ",
            "MOS-CQ (XR)",
            "conversational quality as the receiver reckons it",
            null=True,
        ),
        Field(
            "xr_lost",
            "int",
            "XR lost",
            "Perdus (XR)",
            "packets lost, summed over the receiver's statistics summaries (RFC 3611, 4.6)",
            null=True,
        ),
        Field(
            "xr_duplicates",
            "int",
            "XR duplicates",
            "Doublons (XR)",
            "packets received twice, summed likewise",
            null=True,
        ),
        Field(
            "xr_jitter_ms",
            "float",
            "XR jitter",
            "Gigue (XR)",
            "mean jitter of the last statistics summary",
            "ms",
            null=True,
        ),
        Field("cname", "str", "CNAME", "CNAME", "the sender's canonical name, of RTCP SDES", null=True),
        Field("rtcp_bye", "time", "RTCP BYE", "BYE RTCP", "when the sender said goodbye in RTCP", "s", null=True),
        Field(
            "mos",
            "float",
            "MOS",
            "MOS",
            "ITU-T G.107 estimate behind a fixed jitter buffer of 50 ms; null where ITU gives no value",
            null=True,
        ),
        Field(
            "mos_assumed",
            "float",
            "MOS (assumed)",
            "MOS (supposé)",
            "the same for a codec whose impairment ITU does not give: GSM-FR, G.726, iLBC, …",
            null=True,
        ),
        Field(
            "mos_scale", "str", "MOS scale", "Échelle MOS", "narrow-band or wide-band", values=("nb", "wb"), null=True
        ),
        Field("r_factor", "float", "R", "R", "ITU-T G.107 rating of mos", null=True),
        Field(
            "late_50",
            "int",
            "Late (50 ms)",
            "En retard (50 ms)",
            "packets that come too late for a fixed jitter buffer of 50 ms",
        ),
        Field(
            "mos_lq_50",
            "float",
            "MOS-LQ (50 ms)",
            "MOS-LQ (50 ms)",
            "listening quality behind a fixed jitter buffer of 50 ms: loss, no delay; on mos_scale",
            null=True,
        ),
        Field(
            "mos_cq_50",
            "float",
            "MOS-CQ (50 ms)",
            "MOS-CQ (50 ms)",
            "conversational quality behind a fixed jitter buffer of 50 ms: with its delay, packet time, coder and half the round trip",
            null=True,
        ),
        Field(
            "late_200",
            "int",
            "Late (200 ms)",
            "En retard (200 ms)",
            "packets that come too late for a fixed jitter buffer of 200 ms",
        ),
        Field(
            "mos_lq_200",
            "float",
            "MOS-LQ (200 ms)",
            "MOS-LQ (200 ms)",
            "listening quality behind a fixed jitter buffer of 200 ms: loss, no delay; on mos_scale",
            null=True,
        ),
        Field(
            "mos_cq_200",
            "float",
            "MOS-CQ (200 ms)",
            "MOS-CQ (200 ms)",
            "conversational quality behind a fixed jitter buffer of 200 ms: with its delay, packet time, coder and half the round trip",
            null=True,
        ),
        Field(
            "late_adaptive",
            "int",
            "Late (adaptive)",
            "En retard (adaptatif)",
            "packets that come too late for a jitter buffer that adapts",
        ),
        Field(
            "mos_lq_adaptive",
            "float",
            "MOS-LQ (adaptive)",
            "MOS-LQ (adaptatif)",
            "listening quality behind a jitter buffer that adapts: loss, no delay; on mos_scale",
            null=True,
        ),
        Field(
            "mos_cq_adaptive",
            "float",
            "MOS-CQ (adaptive)",
            "MOS-CQ (adaptatif)",
            "conversational quality behind a jitter buffer that adapts: with its delay, packet time, coder and half the round trip",
            null=True,
        ),
        Field(
            "buffer_adaptive_ms",
            "float",
            "Adaptive buffer",
            "Tampon adaptatif",
            "mean delay of the jitter buffer that adapts, after the quickest packet",
            "ms",
            null=True,
        ),
        Field("loss_bursts", "int", "Loss bursts", "Rafales de pertes", "runs of lost packets"),
        Field(
            "burst_mean", "float", "Mean burst", "Rafale moyenne", "packets in a run of losses, on average", null=True
        ),
        Field("burst_max", "int", "Longest burst", "Plus longue rafale", "packets in the longest run of losses"),
        Field(
            "burst_ratio",
            "float",
            "BurstR",
            "BurstR",
            "mean burst over what loss at random would have (ITU-T G.107, 7.2); 1 is random",
            null=True,
        ),
        Field(
            "burst_histogram",
            "list",
            "Bursts by length",
            "Rafales par longueur",
            "runs of 1, 2, … 15 lost packets, and of 16 or more",
            items="int",
        ),
        Field(
            "restarts",
            "int",
            "Restarts",
            "Redémarrages",
            "jumps of the sequence numbers after which a new count begins (RFC 3550, A.1)",
        ),
        Field("payload_types", "list", "Payload types", "Types de charge", "all that were seen", items="int"),
        Field(
            "payload_type_changes",
            "int",
            "Type changes",
            "Changements de type",
            "media of another type than before, events and comfort noise apart",
        ),
        Field(
            "ptime_ms",
            "float",
            "Packet time",
            "Durée d'un paquet",
            "sound in most packets, by their timestamps; null for video",
            "ms",
            null=True,
        ),
        Field(
            "ptime_sdp_ms",
            "float",
            "Packet time (SDP)",
            "Durée d'un paquet (SDP)",
            "what the receiver asked for in its SDP",
            "ms",
            null=True,
        ),
        Field(
            "gap_max_ms",
            "float",
            "Longest gap",
            "Plus long silence",
            "longest time between two packets, whatever they are",
            "ms",
        ),
        Field(
            "clock_skew_ppm",
            "float",
            "Clock skew",
            "Dérive d'horloge",
            "how much faster than the capture's clock the sender's runs; null under 10 s",
            "ppm",
            null=True,
        ),
        Field(
            "srtp",
            "str",
            "SRTP",
            "SRTP",
            "how the keys are agreed on; null for plain RTP",
            values=("sdes", "dtls", "mikey", "zrtp", "unknown"),
            null=True,
        ),
        Field("stun", "int", "STUN", "STUN", "STUN packets to the same port"),
        Field("dtls", "int", "DTLS", "DTLS", "DTLS packets to the same port"),
        Field("zrtp", "int", "ZRTP", "ZRTP", "ZRTP packets to the same port"),
        Field(
            "matched_by",
            "str",
            "Matched by",
            "Rattaché par",
            "what ties it to its call: SDP that names both ends, the destination, the source; the SSRC of a stream beside it; sequence: nobody announced it, its packets look like RTP",
            values=("both ends", "destination", "source", "ssrc", "sequence"),
        ),
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
        Field("late", "int", "Late", "En retard", "packets that came too late for a fixed jitter buffer of 50 ms"),
        Field("jitter_ms", "float", "Jitter", "Gigue", "RFC 3550 A.8 at the end of that second", "ms", null=True),
        Field(
            "delta_max_ms", "float", "Max delta", "Écart maximal", "longest time between two packets", "ms", null=True
        ),
        Field("mos", "float", "MOS", "MOS", "ITU-T G.107 estimate for that second, without delay", null=True),
        Field(
            "mos_cq",
            "float",
            "MOS-CQ",
            "MOS-CQ",
            "the same with the delay of the buffer, packet time and coder",
            null=True,
        ),
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
            "dtmf, tone, hold, resume, t38, early-media, info, media-start, media-stop, ssrc-change, stream-restart, "
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

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
    """One record: `plural` is the name of its table and, unless `command` says otherwise, of its command."""

    name: str
    plural: str
    meaning: str
    fields: tuple[Field, ...]
    command: str = ""

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
        Field("start", "time", "Start", "Début", "first message; null where a log has no dates", "s", null=True),
        Field("end", "time", "End", "Fin", "last message; null where a log has no dates", "s", null=True),
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
        Field(
            "answered",
            "bool",
            "Answered",
            "Répondu",
            "a 2xx to the caller's initial INVITE was seen, or the ACK that proves one",
            null=True,
        ),
        Field("answered_at", "time", "Answered at", "Répondu à", "time of that 2xx, else of that ACK", "s", null=True),
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
        Field(
            "legs",
            "list",
            "Legs",
            "Branches",
            "Call-IDs, the caller's first; none where CEL or a log alone tells",
            items="str",
        ),
        Field(
            "leg_details",
            "list",
            "Leg details",
            "Détail des branches",
            "one object per leg; of CEL and logs one per channel, with its name in `channel`",
            items="object",
        ),
        Field("streams", "list", "Streams", "Flux", "indexes into the unfiltered table of streams", items="int"),
        Field("stream_ids", "list", "Stream ids", "Identifiants des flux", "ids of these streams", items="str"),
        Field("codecs", "list", "Codecs", "Codecs", "negotiated on the caller's leg", items="str"),
        Field("mos_min", "float", "Worst MOS", "MOS minimal", "lowest MOS of its streams, on one scale", null=True),
        Field("mos_scale", "str", "MOS scale", "Échelle MOS", "scale of mos_min", values=("nb", "wb"), null=True),
        Field("findings", "list", "Findings", "Constats", "codes", items="str"),
        Field("log_ids", "list", "Log ids", "Ids de journal", "Asterisk call ids (C-…)", items="str"),
        Field("linkedids", "list", "Linked ids", "Linkedids", "CEL linkedids", items="str"),
        Field(
            "related",
            "list",
            "Related",
            "Liés",
            "ids of calls that one of its phones made and gave up while this one waited (a consultation), and of the one that waited",
            items="str",
        ),
        Field(
            "originated",
            "bool",
            "Begun by the PBX",
            "Lancé par l'IPBX",
            "the PBX began it (click-to-call, call file): both legs leave it; the caller is the party that was called first",
        ),
    ),
)

STREAM = Record(
    "stream",
    "streams",
    "RTP packets of one source, destination and SSRC",
    (
        _ID,
        Field(
            "ssrc",
            "str",
            "SSRC",
            "SSRC",
            '"0x" and 8 lower-case hex digits; null where a log tells the stream and no RTCP report its SSRC',
            null=True,
        ),
        Field("src", "str", "Source", "Source", '"ip:port"; null for the Asterisk whose log tells it', null=True),
        Field(
            "dst", "str", "Destination", "Destination", '"ip:port"; null for the Asterisk whose log tells it', null=True
        ),
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
            null=True,
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
            null=True,
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
            null=True,
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
            null=True,
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
            "what ties it to its call: SDP that names both ends, the destination, the source; the SSRC of a stream beside it; log: the call id of the lines that tell it; sequence: nobody announced it, its packets look like RTP",
            values=("both ends", "destination", "source", "ssrc", "log", "sequence"),
        ),
        Field(
            "start", "time", "Start", "Début", "first packet; null where a log without dates tells it", "s", null=True
        ),
        Field("end", "time", "End", "Fin", "last packet; null where a log without dates tells it", "s", null=True),
        Field("call", "str", "Call", "Appel", "id of its call", null=True),
        Field("file", "str", "File", "Fichier", "the log whose lines tell it; null for a captured one", null=True),
        Field("line", "int", "Line", "Ligne", "line of that log that tells its first packet", null=True),
        Field(
            "time_resolution_ms",
            "float",
            "Time resolution",
            "Résolution du temps",
            "of that log: all times of the stream are as fine as this; above 1 ms no jitter and no MOS can be told; null "
            "for a captured one, and for a log without dates",
            "ms",
            null=True,
        ),
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
        Field(
            "late",
            "int",
            "Late",
            "En retard",
            "packets that came too late for a fixed jitter buffer of 50 ms; null where a log's times are too coarse",
            null=True,
        ),
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
        Field("first", "time", "First", "Premier", "first REGISTER; null where a log has no dates", "s", null=True),
        Field("last", "time", "Last", "Dernier", "last message; null where a log has no dates", "s", null=True),
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
        Field(
            "truncated",
            "bool",
            "Truncated",
            "Tronqué",
            "its headers do not end, or its body is shorter than Content-Length says",
        ),
        Field("file", "str", "File", "Fichier", "where it is"),
        Field("frame", "int", "Frame", "Trame", "frame number in that file (of the last segment over TCP)", null=True),
        Field("line", "int", "Line", "Ligne", "line of that file in which a log announces it", null=True),
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
            "payload-type-change, icmp-unreachable, icmp-error, …",
        ),
        Field("text", "str", "Facts", "Faits", "what is known of it, the same in every language"),
        Field("stream", "str", "Stream", "Flux", "id of its RTP stream", null=True),
        Field("digit", "str", "Digit", "Touche", "0 to 9, *, #, A to D or flash, of dtmf", null=True),
        Field("duration_ms", "float", "Duration", "Durée", "of dtmf, as its sender tells it", "ms", null=True),
        Field(
            "packets",
            "int",
            "Packets",
            "Paquets",
            "of t38: fax packets (UDPTL) that came to either of its ports, in the whole capture",
            null=True,
        ),
        Field("lost", "int", "Lost", "Perdus", "of t38: those missing by their sequence numbers", null=True),
        Field("file", "str", "File", "Fichier", "where it is", null=True),
        Field("frame", "int", "Frame", "Trame", "frame number in that file", null=True),
        Field("line", "int", "Line", "Ligne", "line number in that file", null=True),
    ),
)

ICMP = Record(
    "icmp-error",
    "icmp",
    "one ICMP error that quotes a packet of UDP or TCP, and what of a call it hit",
    (
        _ID,
        Field("time", "time", "Time", "Heure", "arrival at the capture point", "s"),
        Field(
            "src", "str", "From", "De", "address that sent the error: the receiver of the quoted packet, or a router"
        ),
        Field("dst", "str", "To", "Vers", "address that the error went to"),
        Field(
            "error",
            "str",
            "Error",
            "Erreur",
            "type and code in words (RFC 792, RFC 1122, RFC 4443): ICMP port unreachable",
        ),
        Field("type", "int", "Type", "Type", "of ICMP, or of ICMPv6 where `error` begins with that"),
        Field("code", "int", "Code", "Code", "of that type"),
        Field(
            "unreachable", "bool", "Lost", "Perdu", "the quoted packet did not arrive; a redirect says no such thing"
        ),
        Field(
            "after_end",
            "bool",
            "After the end",
            "Après la fin",
            "of media whose leg had ended: its port is closed, as it should be",
        ),
        Field("transport", "str", "Transport", "Transport", "of the quoted packet", values=("UDP", "TCP")),
        Field("quoted_src", "str", "Packet from", "Paquet de", '"ip:port" that the quoted packet came from'),
        Field("quoted_dst", "str", "Packet to", "Paquet vers", '"ip:port" that it was sent to'),
        Field(
            "protocol",
            "str",
            "Protocol",
            "Protocole",
            "of the quoted packet; null for another one, or where the quote is too short to tell",
            values=("SIP", "RTP", "RTCP"),
            null=True,
        ),
        Field("call", "str", "Call", "Appel", "id of the call that was hit", null=True),
        Field("call_id", "str", "Call-ID", "Call-ID", "of the dialog that was hit", null=True),
        Field("message", "int", "Message", "Message", "number of the message that did not arrive", null=True),
        Field("stream", "str", "Stream", "Flux", "id of the RTP stream that was hit", null=True),
        Field("file", "str", "File", "Fichier", "where it is"),
        Field("frame", "int", "Frame", "Trame", "frame number in that file"),
    ),
)

CEL = Record(
    "cel-event",
    "cel",
    "a channel event that Asterisk logged (CEL), of whatever form: the columns of its table, and what they were read from",
    (
        _ID,
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
        _ID,
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
        _ID,
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
    (_ID, Field("queue", "str", "Queue", "File", "its name"), *_QUEUE_COUNTS),
    command="queues --table queues",
)

QUEUE_AGENT = Record(
    "queue-agent",
    "queue-agents",
    "an agent over the time of the evidence",
    (
        _ID,
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
        _ID,
        Field("start", "time", "Start", "Début", "beginning of the interval, a whole multiple of its length", "s"),
        Field("interval_s", "float", "Interval", "Intervalle", "its length", "s"),
        *_QUEUE_COUNTS,
    ),
    command="queues --table series",
)

HOST_FIELDS = (
    Field("src_host", "str", "Source host", "Machine source", "name of the host at `src`, told or learnt", null=True),
    Field("src_role", "str", "Source role", "Rôle source", "its role: pbx, phone, operator, …", null=True),
    Field("dst_host", "str", "Destination host", "Machine destination", "name of the host at `dst`", null=True),
    Field("dst_role", "str", "Destination role", "Rôle destination", "its role", null=True),
)
"""What `--with-hosts` adds to records that have `src` and `dst`: finding out who is where takes time with many messages."""

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
                "logger",
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

LOG_RECORD = Record(
    "log_record",
    "log",
    "one record of a log that Asterisk wrote, all its lines included",
    (
        _ID,
        Field("time", "time", "Time", "Heure", "by the clock of the server; null without a date", "s", null=True),
        Field("level", "str", "Level", "Niveau", "VERBOSE, NOTICE, …; null for text without a header", null=True),
        Field("thread", "int", "Thread", "Fil", "kernel id of the thread that wrote it", null=True),
        Field(
            "log_id", "str", "Log id", "Id de journal", "Asterisk call id (C-…); it restarts with Asterisk", null=True
        ),
        Field("source", "str", "Source", "Source", "source file of Asterisk that wrote it", null=True),
        Field("source_line", "int", "Source line", "Ligne du source", "line of that source file", null=True),
        Field("function", "str", "Function", "Fonction", "function of that source file", null=True),
        Field("message", "str", "Message", "Message", "all its lines, without the header"),
        Field("host", "str", "Host", "Machine", "whose log it is, by the case folder", null=True),
        Field("file", "str", "File", "Fichier", "where it is"),
        Field("line", "int", "Line", "Ligne", "number of its first line in that file"),
        Field("lines", "int", "Lines", "Lignes", "how many lines it takes"),
        Field(
            "year_from",
            "str",
            "Year from",
            "Année de",
            "who tells the year: the date itself, --year, other texts in the log, other evidence, nobody",
            values=("log", "option", "content", "evidence", "assumed"),
            null=True,
        ),
        Field(
            "zone_from",
            "str",
            "Zone from",
            "Fuseau de",
            "who tells the time zone: the date itself, the case folder, --tz, other texts in the log, nobody",
            values=("log", "case", "option", "content", "assumed"),
            null=True,
        ),
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

FINDING = Record(
    "finding",
    "findings",
    "what is wrong, or worth knowing: why, what to do, and the proof",
    (
        _ID,
        Field("time", "time", "Time", "Heure", "when it began, where that is known", "s", null=True),
        Field(
            "severity",
            "str",
            "Severity",
            "Gravité",
            "info for a fact or what happens every day",
            values=("error", "warning", "info"),
        ),
        Field("code", "str", "Finding", "Constat", "its code"),
        Field(
            "role",
            "str",
            "Role",
            "Rôle",
            "consequence of another finding of the same call, or a cause",
            values=("cause", "consequence"),
        ),
        Field("call", "str", "Call", "Appel", "id of its call; null for what concerns no single call", null=True),
        Field("summary", "str", "Summary", "Résumé", "what happened, in a sentence"),
        Field("cause", "str", "Cause", "Cause", "why, in a sentence"),
        Field("remedy", "str", "Remedy", "Remède", "what to do, in a sentence"),
        Field(
            "evidence",
            "list",
            "Evidence",
            "Preuves",
            'objects with "file", "frame" or "line", and the "text" that this place shows: `tshark -Y frame.number==N` or '
            "`sed -n Np`",
            items="object",
        ),
        Field("follows_from", "str", "Follows from", "Découle de", "id of the cause of a consequence", null=True),
    ),
)

TRAFFIC = Record(
    "traffic",
    "traffic",
    "the figures of all attempts to call and to register: rates, load, and the metrics of RFC 6076",
    (
        _ID,
        Field("start", "time", "Start", "Début", "first packet, or --since", "s", null=True),
        Field("end", "time", "End", "Fin", "last packet, or --until", "s", null=True),
        Field("duration_s", "float", "Duration", "Durée", "end − start", "s", null=True),
        Field(
            "capture_points",
            "list",
            "Capture points",
            "Points de capture",
            "host and capture point of each capture, else its name",
            items="str",
        ),
        Field(
            "calls",
            "int",
            "Calls",
            "Appels",
            "attempts to call: caller’s legs, a retry with credentials being the same attempt",
        ),
        Field("calls_answered", "int", "Answered", "Répondus", "attempts with a 2xx"),
        Field("calls_completed", "int", "Completed", "Terminés", "answered, and a BYE was answered 2xx"),
        Field("calls_diverted", "int", "Diverted", "Renvoyés", "attempts with a 3xx"),
        Field("calls_overdue", "int", "Without answer", "Restés muets", "attempts without a final response in time"),
        Field(
            "calls_pending",
            "int",
            "Pending",
            "En attente",
            "attempts whose outcome lies behind the end of the evidence",
        ),
        Field(
            "calls_begun_before",
            "int",
            "Begun before",
            "Commencés avant",
            "calls in progress when the evidence, or --since, begins: no attempts",
        ),
        Field("calls_per_s", "float", "Calls per second", "Appels par seconde", "calls / duration", "1/s", null=True),
        Field(
            "calls_per_s_max",
            "int",
            "Busiest second",
            "Seconde la plus chargée",
            "most attempts to call in one second",
            "1/s",
        ),
        Field(
            "concurrent_max",
            "int",
            "Concurrent calls, most",
            "Appels simultanés, maximum",
            "calls at once, from the INVITE to the end",
        ),
        Field("concurrent_max_at", "time", "Most calls at", "Maximum atteint à", "when that began", "s", null=True),
        Field(
            "concurrent_mean",
            "float",
            "Concurrent calls, mean",
            "Appels simultanés, moyenne",
            "mean of calls at once over the duration",
            null=True,
        ),
        Field("talking_max", "int", "Conversations, most", "Conversations, maximum", "answered calls at once"),
        Field(
            "talking_mean",
            "float",
            "Conversations, mean",
            "Conversations, moyenne",
            "mean of answered calls at once",
            "erlang",
            null=True,
        ),
        Field(
            "registrations",
            "int",
            "Registrations",
            "Enregistrements",
            "attempts to register, a retry with credentials being the same attempt",
        ),
        Field("registrations_accepted", "int", "Accepted", "Acceptés", "answered 2xx"),
        Field("registrations_rejected", "int", "Rejected", "Refusés", "refused; a challenge alone is no refusal"),
        Field("registrations_overdue", "int", "Without answer", "Restés muets", "not answered within 32 s"),
        Field(
            "registrations_per_s",
            "float",
            "Registrations per second",
            "Enregistrements par seconde",
            "registrations / duration",
            "1/s",
            null=True,
        ),
        Field(
            "registrations_per_s_max",
            "int",
            "Busiest second (registrations)",
            "Seconde la plus chargée (enregistrements)",
            "most attempts to register in one second",
            "1/s",
        ),
        Field(
            "options", "int", "OPTIONS", "OPTIONS", "OPTIONS requests, repeats apart: keep-alives, in no other figure"
        ),
        Field(
            "scan_calls",
            "int",
            "Calls of scanners",
            "Appels de scanners",
            "attempts to call by scanners, in no other figure",
        ),
        Field(
            "scan_registrations",
            "int",
            "Registrations of scanners",
            "Enregistrements de scanners",
            "attempts to register by scanners, in no other figure",
        ),
        Field("scanners", "list", "Scanners", "Scanners", "who they are: host names or addresses", items="str"),
        Field("streams_max", "int", "Concurrent streams, most", "Flux simultanés, maximum", "RTP streams at once"),
        Field(
            "streams_mean",
            "float",
            "Concurrent streams, mean",
            "Flux simultanés, moyenne",
            "mean of RTP streams at once over the duration",
            null=True,
        ),
        Field(
            "kbit_s_mean",
            "float",
            "RTP bandwidth, mean",
            "Débit RTP, moyenne",
            "all RTP with its IP and UDP headers, over the duration",
            "kbit/s",
            null=True,
        ),
        Field(
            "kbit_s_max",
            "float",
            "RTP bandwidth, most",
            "Débit RTP, maximum",
            "the same over the busiest second",
            "kbit/s",
            null=True,
        ),
        Field(
            "ser_pct",
            "float",
            "SER",
            "SER",
            "session establishment ratio (RFC 6076 4.6): answered / (calls − 3xx)",
            "%",
            null=True,
        ),
        Field(
            "seer_pct",
            "float",
            "SEER",
            "SEER",
            "session establishment effectiveness ratio (4.7): 2xx, 480, 486, 600, 603 / (calls − 3xx)",
            "%",
            null=True,
        ),
        Field(
            "isa_pct",
            "float",
            "ISA",
            "ISA",
            "ineffective session attempts (4.8): 408, 500, 503, 504 or no answer / calls",
            "%",
            null=True,
        ),
        Field("scr_pct", "float", "SCR", "SCR", "session completion ratio (4.9): completed / calls", "%", null=True),
        Field("asr_pct", "float", "ASR", "ASR", "answer seizure ratio (ITU-T E.425): answered / calls", "%", null=True),
        Field(
            "ner_pct",
            "float",
            "NER",
            "NER",
            "network effectiveness ratio (ITU-T E.425): answered, busy, rang without answer, refused by the user / calls",
            "%",
            null=True,
        ),
        Field(
            "ira_pct",
            "float",
            "IRA",
            "IRA",
            "ineffective registration attempts (4.2): 4xx but 401, 402, 407, 5xx, 6xx or no answer / registrations",
            "%",
            null=True,
        ),
        Field(
            "srd_count",
            "int",
            "Session request delays measured",
            "Délai de demande de session : mesures",
            "how many session request delays were measured",
        ),
        Field(
            "srd_mean_ms",
            "float",
            "Mean session request delay",
            "Délai de demande de session, moyenne",
            "first INVITE to the first 180, 183 with SDP or 2xx (RFC 6076 4.3.1): mean",
            "ms",
            null=True,
        ),
        Field(
            "srd_p95_ms",
            "float",
            "Session request delay, 95th percentile",
            "Délai de demande de session, 95e centile",
            "first INVITE to the first 180, 183 with SDP or 2xx (RFC 6076 4.3.1): 95 % are below",
            "ms",
            null=True,
        ),
        Field(
            "srd_max_ms",
            "float",
            "Longest session request delay",
            "Délai de demande de session, maximum",
            "first INVITE to the first 180, 183 with SDP or 2xx (RFC 6076 4.3.1): longest",
            "ms",
            null=True,
        ),
        Field(
            "srd_authorized_mean_ms",
            "float",
            "Session request delay after the challenge",
            "Délai de demande après authentification",
            "the same from the INVITE that carries the credentials: mean",
            "ms",
            null=True,
        ),
        Field(
            "srd_failed_count",
            "int",
            "Failed session request delays measured",
            "Délai de demande refusée : mesures",
            "how many failed session request delays were measured",
        ),
        Field(
            "srd_failed_mean_ms",
            "float",
            "Mean failed session request delay",
            "Délai de demande refusée, moyenne",
            "first INVITE to its refusal without ringing (RFC 6076 4.3.2): mean",
            "ms",
            null=True,
        ),
        Field(
            "srd_failed_p95_ms",
            "float",
            "Failed session request delay, 95th percentile",
            "Délai de demande refusée, 95e centile",
            "first INVITE to its refusal without ringing (RFC 6076 4.3.2): 95 % are below",
            "ms",
            null=True,
        ),
        Field(
            "srd_failed_max_ms",
            "float",
            "Longest failed session request delay",
            "Délai de demande refusée, maximum",
            "first INVITE to its refusal without ringing (RFC 6076 4.3.2): longest",
            "ms",
            null=True,
        ),
        Field(
            "sdd_count",
            "int",
            "Session disconnect delays measured",
            "Délai de libération : mesures",
            "how many session disconnect delays were measured",
        ),
        Field(
            "sdd_mean_ms",
            "float",
            "Mean session disconnect delay",
            "Délai de libération, moyenne",
            "BYE to its 2xx (RFC 6076 4.4): mean",
            "ms",
            null=True,
        ),
        Field(
            "sdd_p95_ms",
            "float",
            "Session disconnect delay, 95th percentile",
            "Délai de libération, 95e centile",
            "BYE to its 2xx (RFC 6076 4.4): 95 % are below",
            "ms",
            null=True,
        ),
        Field(
            "sdd_max_ms",
            "float",
            "Longest session disconnect delay",
            "Délai de libération, maximum",
            "BYE to its 2xx (RFC 6076 4.4): longest",
            "ms",
            null=True,
        ),
        Field(
            "sdt_count",
            "int",
            "Session durations measured",
            "Durées de session mesurées",
            "how many answered calls had a BYE",
        ),
        Field(
            "sdt_mean_s",
            "float",
            "Session duration",
            "Durée de session",
            "2xx to BYE (RFC 6076 4.5.1): mean",
            "s",
            null=True,
        ),
        Field(
            "rrd_count",
            "int",
            "Registration request delays measured",
            "Délai d’enregistrement : mesures",
            "how many registration request delays were measured",
        ),
        Field(
            "rrd_mean_ms",
            "float",
            "Mean registration request delay",
            "Délai d’enregistrement, moyenne",
            "first REGISTER to its 2xx (RFC 6076 4.1): mean",
            "ms",
            null=True,
        ),
        Field(
            "rrd_p95_ms",
            "float",
            "Registration request delay, 95th percentile",
            "Délai d’enregistrement, 95e centile",
            "first REGISTER to its 2xx (RFC 6076 4.1): 95 % are below",
            "ms",
            null=True,
        ),
        Field(
            "rrd_max_ms",
            "float",
            "Longest registration request delay",
            "Délai d’enregistrement, maximum",
            "first REGISTER to its 2xx (RFC 6076 4.1): longest",
            "ms",
            null=True,
        ),
        Field(
            "rrd_authorized_mean_ms",
            "float",
            "Registration request delay after the challenge",
            "Délai d’enregistrement après authentification",
            "the same from the REGISTER that carries the credentials: mean",
            "ms",
            null=True,
        ),
    ),
    command="traffic --table summary",
)

TRAFFIC_SERIES = Record(
    "traffic-interval",
    "traffic-series",
    "the traffic of one interval",
    (
        _ID,
        Field("start", "time", "Start", "Début", "beginning of the interval, a whole multiple of its length", "s"),
        Field("interval_s", "float", "Interval", "Intervalle", "its length", "s"),
        Field("covered_s", "float", "Covered", "Couvert", "how much of it the evidence covers", "s"),
        Field("calls", "int", "Calls", "Appels", "attempts to call that begin in it"),
        Field("calls_per_s", "float", "Calls per second", "Appels par seconde", "calls / interval", "1/s"),
        Field("calls_answered", "int", "Answered", "Répondus", "those of them that were answered, whenever"),
        Field("calls_failed", "int", "Failed", "Échoués", "those of them whose state is failed or rejected"),
        Field(
            "concurrent_max",
            "int",
            "Concurrent calls, most",
            "Appels simultanés, maximum",
            "calls at once, from the INVITE to the end",
        ),
        Field(
            "concurrent_mean",
            "float",
            "Concurrent calls, mean",
            "Appels simultanés, moyenne",
            "mean over the time covered",
        ),
        Field("talking_max", "int", "Conversations, most", "Conversations, maximum", "answered calls at once"),
        Field("registrations", "int", "Registrations", "Enregistrements", "attempts to register that begin in it"),
        Field(
            "registrations_per_s",
            "float",
            "Registrations per second",
            "Enregistrements par seconde",
            "registrations / interval",
            "1/s",
        ),
        Field("registrations_accepted", "int", "Accepted", "Acceptés", "those of them that were answered 2xx"),
        Field("options", "int", "OPTIONS", "OPTIONS", "OPTIONS requests, repeats apart"),
        Field("streams_max", "int", "Concurrent streams, most", "Flux simultanés, maximum", "RTP streams at once"),
        Field(
            "kbit_s",
            "float",
            "RTP bandwidth",
            "Débit RTP",
            "RTP with its IP and UDP headers, over the time covered",
            "kbit/s",
        ),
    ),
    command="traffic --table series",
)

TRAFFIC_DIMENSIONS = ("peer", "called-peer", "user-agent", "codec", "status", "state")

TRAFFIC_BY = Record(
    "traffic-share",
    "traffic-by",
    "the traffic of one peer, user agent, codec, status or state",
    (
        _ID,
        Field("dimension", "str", "By", "Par", "what the attempts are told apart by", values=TRAFFIC_DIMENSIONS),
        Field(
            "value", "str", "Value", "Valeur", "which peer, codec, …; null where the evidence does not tell", null=True
        ),
        Field("calls", "int", "Calls", "Appels", "attempts to call"),
        Field("calls_answered", "int", "Answered", "Répondus", "attempts with a 2xx"),
        Field("calls_completed", "int", "Completed", "Terminés", "answered, and a BYE was answered 2xx"),
        Field(
            "concurrent_max",
            "int",
            "Concurrent calls, most",
            "Appels simultanés, maximum",
            "calls at once, from the INVITE to the end",
        ),
        Field("asr_pct", "float", "ASR", "ASR", "answered / calls", "%", null=True),
        Field("ner_pct", "float", "NER", "NER", "as in the summary", "%", null=True),
        Field("ser_pct", "float", "SER", "SER", "as in the summary", "%", null=True),
        Field("seer_pct", "float", "SEER", "SEER", "as in the summary", "%", null=True),
        Field("isa_pct", "float", "ISA", "ISA", "as in the summary", "%", null=True),
        Field("scr_pct", "float", "SCR", "SCR", "as in the summary", "%", null=True),
        Field("srd_mean_ms", "float", "Session request delay", "Délai de demande de session", "mean", "ms", null=True),
        Field("sdd_mean_ms", "float", "Session disconnect delay", "Délai de libération", "mean", "ms", null=True),
        Field("sdt_mean_s", "float", "Session duration", "Durée de session", "mean", "s", null=True),
        Field(
            "registrations",
            "int",
            "Registrations",
            "Enregistrements",
            "attempts to register; 0 by codec, state and called peer",
        ),
        Field("registrations_accepted", "int", "Accepted", "Acceptés", "answered 2xx"),
        Field("rrd_mean_ms", "float", "Registration request delay", "Délai d’enregistrement", "mean", "ms", null=True),
    ),
    command="traffic --table by",
)

REFUSAL = Record(
    "refusal",
    "refusals",
    "an address whose registrations, calls or other requests Asterisk refused, as its log tells",
    (
        _ID,
        Field("address", "str", "Address", "Adresse", "IP address they came from"),
        Field("first", "time", "First", "Premier", "the first refusal", "s", null=True),
        Field("last", "time", "Last", "Dernier", "the last one", "s", null=True),
        Field("events", "int", "Refused", "Refus", "records of the log that tell a refusal"),
        Field("registrations", "int", "Registrations", "Enregistrements", "of these, of registrations, by notices"),
        Field("calls", "int", "Calls", "Appels", "of these, of calls, by notices"),
        Field("accounts", "list", "Accounts", "Comptes", "accounts and numbers that were tried", items="str"),
        Field(
            "reasons", "list", "Reasons", "Raisons", "in the words of Asterisk, the most frequent first", items="str"
        ),
        Field("scan", "bool", "Scan", "Balayage", "five different accounts or numbers, or more, that do not exist"),
        Field("file", "str", "File", "Fichier", "where the first one stands"),
        Field("line", "int", "Line", "Ligne", "its line in that file"),
    ),
)


RECORDS: dict[str, Record] = {
    record.plural: record
    for record in (
        CALL,
        DIALOG,
        STREAM,
        QUALITY,
        REGISTRATION,
        MESSAGE,
        EVENT,
        ICMP,
        CEL,
        JOURNAL,
        LOG_RECORD,
        REFUSAL,
        FINDING,
        HOST,
        PROBLEM,
    )
}
"""The tables of a case, by the name of their command."""

QUEUE_RECORDS: dict[str, Record] = {
    "calls": QUEUE_CALL,
    "queues": QUEUE_STAT,
    "agents": QUEUE_AGENT,
    "series": QUEUE_SERIES,
}
"""The tables of queues, by the name that `xivolab queues --table` knows."""

WORK_RECORDS: dict[str, Record] = {record.plural: record for record in (TRAFFIC, TRAFFIC_SERIES, TRAFFIC_BY)}
"""What is made of the tables: records of `xivolab traffic`."""


_WAYS = ("a-to-b", "b-to-a")
_SEEN = Field("seen", "str", "Seen at", "Vu en", "at which of the points", values=("both", "a", "b"))
_WAY = Field(
    "way", "str", "Way", "Sens", "which point it passed first; null where nothing tells", values=_WAYS, null=True
)
_VERDICT = Field(
    "verdict",
    "str",
    "What happened",
    "Devenir",
    "lost: passed the first point, never the second; unseen: at one point only, though it must have passed the other or "
    "nothing tells the way; outside: while the other point was not captured; elsewhere: of a leg or hop that the other "
    "point does not see",
    values=("passed", "lost", "unseen", "outside", "elsewhere"),
)
_COMPARED_CALL = Field("call", "str", "Call", "Appel", "id of its compared call", null=True)

COMPARED_CALL = Record(
    "compared-call",
    "compared-calls",
    "one call at two capture points, A and B: what both saw, what was lost between them, what was rewritten",
    (
        _ID,
        Field("call_a", "str", "Call at A", "Appel en A", "id of the call at A", null=True),
        Field("call_b", "str", "Call at B", "Appel en B", "id of the call at B", null=True),
        Field(
            "relation",
            "str",
            "Relation",
            "Relation",
            "same: the same messages pass both; legs: two legs of one call, a B2BUA between them; a, b: at one point only",
            values=("same", "legs", "a", "b"),
        ),
        Field("from_user", "str", "From", "De", "literal user of From in the caller's first INVITE", null=True),
        Field("to_user", "str", "To", "Vers", "literal user of its Request-URI", null=True),
        Field("start", "time", "Start", "Début", "of the call, by A's clock", "s", null=True),
        Field("messages", "int", "Messages", "Messages", "that both points saw"),
        Field("lost_to_b", "int", "Lost to B", "Perdus vers B", "messages that passed A and never reached B"),
        Field("lost_to_a", "int", "Lost to A", "Perdus vers A", "messages that passed B and never reached A"),
        Field("unseen", "int", "Unseen", "Non vus", "messages at one point only that are not known to be lost"),
        Field("outside", "int", "Outside", "Hors période", "messages while the other point was not captured"),
        Field("elsewhere_a", "int", "Only A's", "Propres à A", "messages of legs and hops that B does not see"),
        Field("elsewhere_b", "int", "Only B's", "Propres à B", "messages of legs and hops that A does not see"),
        Field("rewritten", "int", "Rewritten", "Réécrits", "messages that differ at the two points"),
        Field(
            "sip_alg", "bool", "SIP ALG", "ALG SIP", "addresses in them were changed as NAT changed those of the packet"
        ),
        Field("streams", "int", "Streams", "Flux", "RTP streams that both points saw"),
        Field("rtp_to_b", "int", "RTP to B", "RTP vers B", "packets that passed A on the way to B, lost ones included"),
        Field("rtp_lost_to_b", "int", "RTP lost to B", "RTP perdus vers B", "of these, never seen at B"),
        Field("rtp_lost_to_b_pct", "float", "Loss to B", "Perte vers B", "their share", "%", null=True),
        Field("rtp_to_a", "int", "RTP to A", "RTP vers A", "packets that passed B on the way to A, lost ones included"),
        Field("rtp_lost_to_a", "int", "RTP lost to A", "RTP perdus vers A", "of these, never seen at A"),
        Field("rtp_lost_to_a_pct", "float", "Loss to A", "Perte vers A", "their share", "%", null=True),
        Field(
            "variation_max_ms",
            "float",
            "Max delay variation",
            "Variation max du délai",
            "longest delay of an RTP packet between the points over the shortest of its stream",
            "ms",
            null=True,
        ),
        Field("reordered", "int", "Reordered", "Désordonnés", "RTP packets that were overtaken between the points"),
    ),
    "compare --table calls",
)

COMPARED_MESSAGE = Record(
    "compared-message",
    "compared-messages",
    "one SIP message at two capture points, A and B; copies of a packet captured twice are left out",
    (
        _ID,
        _COMPARED_CALL,
        _SEEN,
        _VERDICT,
        _WAY,
        Field("time_a", "time", "Time at A", "Heure en A", "by A's clock", "s", null=True),
        Field("time_b", "time", "Time at B", "Heure en B", "by B's clock", "s", null=True),
        Field(
            "delay_ms",
            "float",
            "Delay",
            "Délai",
            "from the first point to the second, as the estimated offset of the clocks has it",
            "ms",
            null=True,
        ),
        Field("first_line", "str", "First line", "Première ligne", "request or status line, as sent"),
        Field("method", "str", "Method", "Méthode", "of the request, or CSeq's of the response", null=True),
        Field("status", "int", "Status", "Code", "of a response", null=True),
        Field("call_id", "str", "Call-ID", "Call-ID", "as sent", null=True),
        Field("cseq", "int", "CSeq", "CSeq", "number of CSeq", null=True),
        Field("retransmission", "bool", "Retransmission", "Retransmission", "a copy of one sent before"),
        Field("differences", "int", "Differences", "Différences", "between what was sent and what arrived"),
        Field("message_a", "str", "Message at A", "Message en A", "id of the message at A", null=True),
        Field("message_b", "str", "Message at B", "Message en B", "id of the message at B", null=True),
        Field("frame_a", "int", "Frame at A", "Trame en A", "frame number in A's file", null=True),
        Field("frame_b", "int", "Frame at B", "Trame en B", "frame number in B's file", null=True),
    ),
    "compare --table messages",
)

COMPARED_STREAM = Record(
    "compared-stream",
    "compared-streams",
    "one RTP stream at two capture points, A and B",
    (
        _ID,
        _COMPARED_CALL,
        _SEEN,
        _VERDICT,
        _WAY,
        Field("ssrc_a", "str", "SSRC at A", "SSRC en A", '"0x" and 8 lower-case hex digits', null=True),
        Field("ssrc_b", "str", "SSRC at B", "SSRC en B", "another one where a relay wrote its own", null=True),
        Field("src_a", "str", "Source at A", "Source en A", '"ip:port"', null=True),
        Field("dst_a", "str", "Destination at A", "Destination en A", '"ip:port"', null=True),
        Field("src_b", "str", "Source at B", "Source en B", '"ip:port"', null=True),
        Field("dst_b", "str", "Destination at B", "Destination en B", '"ip:port"', null=True),
        Field("codec", "str", "Codec", "Codec", "name from SDP or RFC 3551", null=True),
        Field("packets_a", "int", "Packets at A", "Paquets en A", "as captured at A"),
        Field("packets_b", "int", "Packets at B", "Paquets en B", "as captured at B"),
        Field("dscp_a", "int", "DSCP at A", "DSCP en A", "of most packets; 46 is EF, 0 is unmarked", null=True),
        Field("dscp_b", "int", "DSCP at B", "DSCP en B", "another one where the network marks or unmarks", null=True),
        Field("both", "int", "At both", "Aux deux", "packets that both points saw"),
        Field("lost", "int", "Lost between", "Perdus entre", "passed the first point, never the second"),
        Field("lost_pct", "float", "Loss between", "Perte entre", "lost / (both + lost)", "%", null=True),
        Field("unseen", "int", "Unseen", "Non vus", "at the second point only: the first capture missed them"),
        Field("outside", "int", "Outside", "Hors période", "while the other point was not captured"),
        Field("doubled", "int", "Doubled", "Doublés", "copies at the second point that the first has not"),
        Field("reordered", "int", "Reordered", "Désordonnés", "overtaken between the points (RFC 4737)"),
        Field(
            "delay_min_ms",
            "float",
            "Shortest delay",
            "Délai le plus court",
            "between the points, if the shortest delays of both directions are equal; null where one direction is known",
            "ms",
            null=True,
        ),
        Field(
            "variation_mean_ms",
            "float",
            "Mean variation",
            "Variation moyenne",
            "of the delay between the points over the shortest",
            "ms",
            null=True,
        ),
        Field("variation_p95_ms", "float", "95 % under", "95 % sous", "95th percentile of it", "ms", null=True),
        Field("variation_max_ms", "float", "Max variation", "Variation max", "the longest", "ms", null=True),
        Field("streams_a", "list", "Streams at A", "Flux en A", "ids of the streams at A", items="str"),
        Field("streams_b", "list", "Streams at B", "Flux en B", "ids of the streams at B", items="str"),
    ),
    "compare --table streams",
)

REWRITE = Record(
    "rewrite",
    "rewrites",
    "one difference between a SIP message as it was sent and as it arrived at the other capture point",
    (
        _ID,
        _COMPARED_CALL,
        Field("message_a", "str", "Message at A", "Message en A", "id of the message at A"),
        Field("message_b", "str", "Message at B", "Message en B", "id of the message at B"),
        _WAY,
        Field("method", "str", "Method", "Méthode", "of the request, or CSeq's of the response", null=True),
        Field("status", "int", "Status", "Code", "of a response", null=True),
        Field(
            "kind",
            "str",
            "Kind",
            "Nature",
            "what changes such things: sip-alg: an address exactly as NAT changed that of the packet; proxy: Via and "
            "routes; hiding: identities and contacts; media-relay: where media go; codecs; consequence: of another change; "
            "other",
            values=("sip-alg", "proxy", "hiding", "media-relay", "codecs", "consequence", "other"),
        ),
        Field("part", "str", "Part", "Partie", "of the message", values=("start-line", "header", "sdp", "body")),
        Field("name", "str", "Name", "Nom", "header, Request-URI, or what the SDP line begins with"),
        Field("place", "str", "Place", "Endroit", "session, or which media line, in SDP"),
        Field("change", "str", "Change", "Changement", "what happened", values=("changed", "added", "removed")),
        Field("old", "str", "As sent", "Envoyé", "null where it was added", null=True),
        Field("new", "str", "As received", "Reçu", "null where it was removed", null=True),
    ),
    "compare --table rewrites",
)

CLOCK_OFFSET = Record(
    "clock-offset",
    "clock-offsets",
    "how far the clocks of two captures, A and B, are apart, and when both were captured; one row",
    (
        _ID,
        Field("a", "str", "A", "A", "name of point A"),
        Field("b", "str", "B", "B", "name of point B"),
        Field("offset_s", "float", "Offset", "Décalage", "B's clock minus A's, at the moment `at`", "s", null=True),
        Field("at", "time", "At", "À", "by A's clock", "s", null=True),
        Field(
            "drift_ppm",
            "float",
            "Drift",
            "Dérive",
            "change of the offset, µs a second; null where not known",
            null=True,
        ),
        Field("drift_plus_minus_ppm", "float", "Drift ±", "Dérive ±", "two standard errors of it", null=True),
        Field(
            "plus_minus_s",
            "float",
            "Offset ±",
            "Décalage ±",
            "bound of its error, whatever the delays; null where one direction is known",
            "s",
            null=True,
        ),
        Field(
            "ways",
            "str",
            "Directions",
            "Sens",
            "of the packets it rests on; with one only, the shortest delay is part of the offset",
            values=("both", "a-to-b", "b-to-a", "unknown", "none"),
        ),
        Field("rtp_pairs", "int", "RTP packets", "Paquets RTP", "that both points saw"),
        Field("sip_pairs", "int", "SIP messages", "Messages SIP", "that both points saw"),
        Field(
            "common_start",
            "time",
            "Common start",
            "Début commun",
            "of the time when both were captured",
            "s",
            null=True,
        ),
        Field("common_end", "time", "Common end", "Fin commune", "by A's clock, as the start", "s", null=True),
    ),
    "compare --table offset",
)

COMPARE_RECORDS: dict[str, Record] = {
    "calls": COMPARED_CALL,
    "messages": COMPARED_MESSAGE,
    "streams": COMPARED_STREAM,
    "rewrites": REWRITE,
    "offset": CLOCK_OFFSET,
}
"""The tables of a comparison, by the name that `xivolab compare --table` knows."""


def _cli(name: str, plural: str, meaning: str, *fields: Field) -> Record:
    """A record of the output of Asterisk's command line: its own fields, then where and when it was printed."""
    return Record(f"cli-{name}", f"cli-{plural}", meaning, (_ID, *fields, *_PRINTED), f"cli --table {plural}")


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


DIALPLAN_MATCH = Record(
    "dialplan-match",
    "dialplan-matches",
    "an extension that could take a number, or a switch that is asked about it, in the order in which Asterisk asks",
    (
        _ID,
        Field("order", "int", "Order", "Ordre", "from 1"),
        Field(
            "why",
            "str",
            "Verdict",
            "Verdict",
            "taken: it gets the call; later: it would, if those before it did not; unknown-time, not-now: behind an include that "
            "holds at some times; switch: another source of extensions is asked, and may take it",
            values=(
                "taken",
                "later",
                "no-priority",
                "other-caller",
                "not-now",
                "unknown-time",
                "switch",
                "missing-context",
            ),
        ),
        Field("exten", "str", "Extension", "Extension", "or pattern; null for a switch", null=True),
        Field(
            "cid_match", "str", "Caller", "Appelant", "only for callers like this; empty: without a number", null=True
        ),
        Field("context", "str", "Context", "Contexte", "it stands in"),
        Field("path", "list", "Path", "Chemin", "contexts from the one asked to its own", items="str"),
        Field("when", "str", "When", "Quand", "condition of the include on the way to it", null=True),
        Field("switch", "str", "Switch", "Switch", "as written", null=True),
        Field("application", "str", "Application", "Application", "of the priority asked for", null=True),
        Field("data", "str", "Data", "Données", "arguments of that", null=True),
        Field("place", "str", "From", "Origine", "file and line, or the module", null=True),
    ),
    "dialplan",
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


ON_DEMAND: dict[str, Record] = {LEVEL.plural: LEVEL}
"""Records that no scan makes: the audio is decoded for them, when somebody asks."""

ALL_RECORDS: dict[str, Record] = {
    **RECORDS,
    **ON_DEMAND,
    **WORK_RECORDS,
    **{record.plural: record for record in QUEUE_RECORDS.values()},
    **{record.plural: record for record in COMPARE_RECORDS.values()},
    **{record.plural: record for record in CLI_RECORDS.values()},
    DIALPLAN_MATCH.plural: DIALPLAN_MATCH,
}
"""Every record, by its plural: the tables of a case, and those that commands of their own print."""

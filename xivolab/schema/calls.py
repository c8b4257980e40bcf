"""Dialogs, calls, registrations, messages, events, ICMP errors."""

from __future__ import annotations

from xivolab.schema.fields import ID, STATES, Field, Record

DIALOG = Record(
    "dialog",
    "dialogs",
    "all messages of one Call-ID",
    (
        ID,
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
        ID,
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

REGISTRATION = Record(
    "registration",
    "registrations",
    "the REGISTER requests of one address of record from one source",
    (
        ID,
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
        ID,
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
        ID,
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
        ID,
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

"""Two capture points of the same calls."""

from __future__ import annotations

from xivolab.schema.fields import ID, Field, Record

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
        ID,
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
        ID,
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
        ID,
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
        ID,
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
        ID,
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

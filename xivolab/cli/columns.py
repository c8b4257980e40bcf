"""Which columns of a table people see first, under which heading, and what goes when the terminal is narrow."""

from __future__ import annotations

from dataclasses import dataclass

from xivolab.schema import Record


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the fields whose first known value it shows, its heading, and how soon it is left out.

    `en` and `fr` replace the titles of the schema where these are too long for a heading. A column of `rank` 0 always
    stays; of the others the highest rank goes first. `digits` are those after the point, `right` aligns numbers.
    """

    fields: tuple[str, ...]
    rank: int = 0
    en: str = ""
    fr: str = ""
    digits: int = 0
    right: bool = False

    def title(self, record: Record, lang: str) -> str:
        """The heading in that language."""
        field = record.field(self.fields[0])
        return (self.fr or field.fr) if lang == "fr" else (self.en or field.en)


def _c(field: str, rank: int = 0, en: str = "", fr: str = "", digits: int = 0) -> Column:
    return Column((field,), rank, en, fr, digits)


def _n(field: str, rank: int = 0, en: str = "", fr: str = "", digits: int = 0) -> Column:
    return Column((field,), rank, en, fr, digits, right=True)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "calls": (
        _c("start"),
        Column(("caller", "from_user"), 0, "From", "De"),
        Column(("callee", "to_user"), 0, "To", "Vers"),
        _c("state"),
        _n("status"),
        _n("setup_s", 4, "Setup s", "Établ. s", 1),
        _n("talk_s", 0, "Talk s", "Conv. s", 1),
        _n("mos_min", 0, "MOS", "MOS", 1),
        _c("codecs", 3),
        _c("released_by", 5, "Ended by", "Fini par"),
        _c("id", 1),
    ),
    "dialogs": (
        _c("start"),
        _c("method"),
        _c("from_user"),
        _c("to_user"),
        _c("state"),
        _n("status"),
        _n("messages", 0, "Msgs", "Msgs"),
        _n("retransmissions", 2, "Again", "Rép."),
        _c("src", 4),
        _c("dst", 4),
        _c("codecs", 5),
        _c("call_id"),
    ),
    "streams": (
        _c("start", 3),
        _c("src"),
        _c("dst"),
        _c("codec"),
        _n("packets"),
        _n("lost_pct", 0, "Loss %", "Perte %", 1),
        _n("jitter_rfc_ms", 0, "Jitter ms", "Gigue ms", 1),
        _n("delta_max_ms", 4, "Max delta", "Écart max", 1),
        _n("mos", 0, "MOS", "MOS", 1),
        _c("ssrc", 5),
    ),
    "quality": (
        _c("stream"),
        _n("second"),
        _n("packets"),
        _n("lost"),
        _n("jitter_ms", 0, "", "", 1),
        _n("delta_max_ms", 1, "", "", 1),
        _n("mos", 0, "", "", 1),
    ),
    "levels": (
        _c("src"),
        _c("dst"),
        _c("codec", 1),
        _n("speech_s", 0, "Sound s", "Son s", 1),
        _n("silent_s", 0, "Silent s", "Silence s", 1),
        _n("missing_s", 2, "Missing s", "Manque s", 1),
        _n("level_dbov", 0, "dBov", "dBov", 0),
        _n("undecoded", 3, "Not dec.", "Non déc."),
    ),
    "registrations": (
        _c("last"),
        _c("aor"),
        _c("src"),
        _n("attempts", 0, "Tries", "Essais"),
        _n("accepted", 0, "OK", "OK"),
        _n("rejected", 0, "No", "Non"),
        _n("last_status", 0, "Code", "Code"),
        _n("expires_s", 2, "Expires", "Expire"),
        _c("contact", 4),
    ),
    "hosts": (
        _c("address"),
        _c("name"),
        _c("role"),
        _c("known_by", 3, "Known by", "Connu par"),
        _c("numbers", 2),
        _n("messages", 0, "Msgs", "Msgs"),
        _n("streams"),
        _c("user_agents", 4),
    ),
    "messages": (
        _n("number"),
        _c("time", 0, digits=3),
        _c("src"),
        _c("dst"),
        _c("transport", 4),
        _c("first_line"),
        _n("frame", 3),
        _c("call_id", 5),
    ),
    "events": (
        _c("time", 0, digits=3),
        _c("source", 3),
        _c("kind"),
        _c("text"),
        _n("frame", 2),
        _c("call", 1),
    ),
    "icmp": (
        _c("time", 0, digits=3),
        _c("src"),
        _c("error"),
        _c("protocol", 0, "Hit", "Touche"),
        _c("quoted_src", 3, "Packet from", "Paquet de"),
        _c("quoted_dst", 0, "Packet to", "Paquet vers"),
        _n("frame", 2),
        _c("call", 1),
    ),
    "cel": (
        _c("time", 0, digits=3),
        _c("eventtype"),
        _c("channame"),
        _c("cid_num"),
        _c("cid_name", 4),
        _c("exten", 1),
        _c("context", 3),
        _c("appname", 2, "App", "App"),
        _c("peer", 5),
        _c("linkedid", 6),
        _c("call", 7),
    ),
    "traffic-series": (
        _c("start"),
        _n("calls", 0, "Calls", "Appels"),
        _n("calls_answered", 0, "Answ.", "Rép."),
        _n("calls_failed", 0, "Failed", "Échoués"),
        _n("concurrent_max", 0, "At once", "Simult."),
        _n("talking_max", 2, "Talking", "Parlent"),
        _n("registrations", 0, "Reg.", "Enreg."),
        _n("registrations_accepted", 3, "Accepted", "Acceptés"),
        _n("options", 4, "OPTIONS", "OPTIONS"),
        _n("streams_max", 1, "Streams", "Flux"),
        _n("kbit_s", 0, "kbit/s", "kbit/s"),
    ),
    "traffic-by": (
        _c("dimension"),
        _c("value"),
        _n("calls", 0, "Calls", "Appels"),
        _n("calls_answered", 0, "Answ.", "Rép."),
        _n("concurrent_max", 3, "At once", "Simult."),
        _n("asr_pct", 0, "ASR %", "ASR %", 1),
        _n("ner_pct", 2, "NER %", "NER %", 1),
        _n("seer_pct", 4, "SEER %", "SEER %", 1),
        _n("isa_pct", 5, "ISA %", "ISA %", 1),
        _n("srd_mean_ms", 1, "SRD ms", "SRD ms", 1),
        _n("sdt_mean_s", 6, "SDT s", "SDT s", 1),
        _n("registrations", 0, "Reg.", "Enreg."),
        _n("registrations_accepted", 3, "Accepted", "Acceptés"),
        _n("rrd_mean_ms", 5, "RRD ms", "RRD ms", 1),
    ),
    "compared-calls": (
        _c("start"),
        _c("from_user"),
        _c("to_user"),
        _n("messages", 2, "Msgs", "Msgs"),
        _n("lost_to_b", 0, "→B", "→B"),
        _n("lost_to_a", 0, "→A", "→A"),
        _n("rewritten", 0, "Rewr.", "Réécr."),
        _c("sip_alg", 0, "ALG", "ALG"),
        _n("rtp_lost_to_b_pct", 0, "RTP→B %", "RTP→B %", 1),
        _n("rtp_lost_to_a_pct", 0, "RTP→A %", "RTP→A %", 1),
        _c("id", 1),
    ),
    "compared-messages": (
        _c("time_a", 0, digits=3),
        _c("time_b", 3, digits=3),
        _c("way", 2),
        _c("verdict", 0, "Fate", "Devenir"),
        _c("first_line"),
        _n("delay_ms", 0, "Delay ms", "Délai ms", 3),
        _n("differences", 0, "Diff.", "Diff."),
        _n("frame_a", 4),
        _n("frame_b", 4),
    ),
    "compared-streams": (
        _c("way"),
        _c("verdict", 0, "Fate", "Devenir"),
        Column(("src_a", "src_b"), 0, "Source", "Source"),
        Column(("dst_a", "dst_b"), 0, "Destination", "Destination"),
        _n("both", 0, "Both", "Deux"),
        _n("lost", 0, "Lost", "Perdus"),
        _n("variation_p95_ms", 0, "p95 ms", "p95 ms", 2),
        _n("reordered", 2, "Reord.", "Désord."),
        _c("codec", 3),
        _n("packets_a", 4),
        _n("packets_b", 4),
        _n("variation_max_ms", 4, "Max ms", "Max ms", 2),
    ),
    "clock-offsets": (
        _c("a"),
        _c("b"),
        _n("offset_s", 0, "Offset s", "Décalage s", 6),
        _n("plus_minus_s", 0, "± s", "± s", 6),
        _n("drift_ppm", 0, "ppm", "ppm", 1),
        _c("ways"),
        _n("rtp_pairs", 0, "RTP", "RTP"),
        _n("sip_pairs", 0, "SIP", "SIP"),
    ),
}

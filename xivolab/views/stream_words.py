"""The words of a stream's figures, in French and English."""

from __future__ import annotations

# key: (English, French)
WORDS: dict[str, tuple[str, str]] = {
    "way": ("Up to the capture point", "Jusqu’au point de capture"),
    "packets": ("Packets", "Paquets"),
    "packets-of": ("{packets} captured, {expected} expected", "{packets} capturés, {expected} attendus"),
    "lost": ("Lost", "Perdus"),
    "bursts": ("Loss bursts", "Rafales de pertes"),
    "bursts-are": (
        "{count}, of {mean} packets on average, {longest} at most · BurstR {ratio}",
        "{count}, de {mean} paquets en moyenne, {longest} au plus · BurstR {ratio}",
    ),
    "colon": ("{label}: {value}", "{label} : {value}"),
    "lengths": ("Bursts by length", "Rafales par longueur"),
    "order": ("Out of order, twice", "Désordonnés, en double"),
    "captured-twice": ("Captured twice", "Capturés deux fois"),
    "restarts": ("Restarts", "Redémarrages"),
    "gap": ("Longest gap", "Plus long silence"),
    "jitter": ("Jitter", "Gigue"),
    "jitter-is": (
        "{rfc} ms (RFC 3550) · Wireshark: {mean} ms on average, {most} ms at most",
        "{rfc} ms (RFC 3550) · Wireshark : {mean} ms en moyenne, {most} ms au plus",
    ),
    "sender": ("What the sender does", "Ce que fait l’émetteur"),
    "ptime": ("Packet time", "Durée d’un paquet"),
    "ptime-both": ("{measured} ms, as the SDP asks", "{measured} ms, comme le demande le SDP"),
    "ptime-differs": (
        "▲ {measured} ms, but the SDP asks for {told} ms",
        "▲ {measured} ms, mais le SDP demande {told} ms",
    ),
    "ptime-alone": ("{measured} ms; the SDP asks for none", "{measured} ms ; le SDP n’en demande aucune"),
    "ptime-unknown": ("not known", "inconnue"),
    "skew": ("Clock skew", "Dérive d’horloge"),
    "skew-is": ("{ppm} ppm against the capture’s clock", "{ppm} ppm par rapport à l’horloge de la capture"),
    "skew-unknown": ("not told by less than 10 s", "moins de 10 s n’en disent rien"),
    "types": ("Payload types", "Types de charge"),
    "types-change": ("{types}, changed {count} times", "{types}, {count} changements"),
    "security": ("Encryption", "Chiffrement"),
    "srtp-none": ("none: plain RTP", "aucun : RTP en clair"),
    "srtp-sdes": ("SRTP, keys in the SDP (SDES)", "SRTP, clés dans le SDP (SDES)"),
    "srtp-dtls": ("SRTP, keys by DTLS", "SRTP, clés par DTLS"),
    "srtp-mikey": ("SRTP, keys by MIKEY", "SRTP, clés par MIKEY"),
    "srtp-zrtp": ("SRTP, keys by ZRTP", "SRTP, clés par ZRTP"),
    "srtp-unknown": ("SRTP, no keys seen", "SRTP, aucune clé vue"),
    "other": ("On the same port", "Sur le même port"),
    "cname": ("CNAME", "CNAME"),
    "goodbye": ("RTCP BYE", "BYE RTCP"),
    "goodbye-at": ("{seconds} s after the first packet", "{seconds} s après le premier paquet"),
    "matched": ("Belongs to the call by", "Rattaché à l’appel par"),
    "by-both ends": ("SDP that names both its ends", "un SDP qui nomme ses deux extrémités"),
    "by-destination": ("SDP that names its destination", "un SDP qui nomme sa destination"),
    "by-source": ("SDP that names its source", "un SDP qui nomme sa source"),
    "by-ssrc": ("the SSRC of a stream beside it", "le SSRC d’un flux voisin"),
    "by-log": ("the call id of the lines that tell it", "l’identifiant d’appel des lignes qui le racontent"),
    "by-sequence": ("no SDP: its packets look like RTP", "aucun SDP : ses paquets ressemblent à du RTP"),
    "buffers": ("Behind a simulated jitter buffer", "Derrière un tampon de gigue simulé"),
    "buffer": ("Buffer", "Tampon"),
    "late": ("Too late", "Trop tard"),
    "listening": ("MOS-LQ", "MOS-LQ"),
    "talking": ("MOS-CQ", "MOS-CQ"),
    "fixed": ("fixed, {ms} ms", "fixe, {ms} ms"),
    "adaptive": ("adaptive", "adaptatif"),
    "adaptive-ms": ("adaptive, mean {ms} ms", "adaptatif, moy. {ms} ms"),
    "kinds": ("LQ: listening, CQ: conversation", "LQ : écoute, CQ : conversation"),
    "scale-nb": ("narrow-band scale (1 to 4.5)", "échelle en bande étroite (1 à 4,5)"),
    "scale-wb": (
        "wide-band scale: not comparable with narrow-band ones",
        "échelle en bande élargie : non comparable avec celle en bande étroite",
    ),
    "assumed": (
        "assumed: ITU-T gives no impairment factors for {codec}",
        "supposé : l’UIT-T ne donne pas de facteurs de dégradation pour {codec}",
    ),
    "no-mos": (
        "no MOS: ITU-T gives no impairment factors for {codec}",
        "pas de MOS : l’UIT-T ne donne pas de facteurs de dégradation pour {codec}",
    ),
    "no-times": (
        "no jitter, no MOS: the times of the log are too coarse",
        "ni gigue ni MOS : les heures du journal sont trop grossières",
    ),
    "told": ("Told by", "Raconté par"),
    "told-at": ("{file}, line {line}", "{file}, ligne {line}"),
    "remote": ("What the receiver reports (RTCP)", "Ce que dit le récepteur (RTCP)"),
    "no-report": ("Reports", "Rapports"),
    "none-seen": ("none in the evidence", "aucun dans les éléments fournis"),
    "loss": ("Loss", "Perte"),
    "round-trip": ("Round trip", "Aller-retour"),
    "xr": ("What the receiver measured itself (RTCP XR)", "Ce que le récepteur a mesuré (RTCP XR)"),
    "xr-discarded": ("Thrown away by its buffer", "Jetés par son tampon"),
    "xr-burst": ("Bursts", "Rafales"),
    "xr-burst-is": ("{share} % of the packets in them, {ms} ms long", "{share} % des paquets touchés, durée {ms} ms"),
    "xr-end": ("Delay inside the receiver", "Délai dans le récepteur"),
    "xr-buffer": ("Its jitter buffer", "Son tampon de gigue"),
    "xr-mos": ("Its own reckoning", "Son propre calcul"),
    "xr-mos-is": ("MOS-LQ {lq} · MOS-CQ {cq} · R {r}", "MOS-LQ {lq} · MOS-CQ {cq} · R {r}"),
    "xr-sum": ("Lost, twice", "Perdus, en double"),
}


class StreamWords:
    """The words of one language, and numbers as it writes them."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._column = 1 if lang == "fr" else 0

    def __call__(self, key: str, **holes: object) -> str:
        """The word or sentence of that key. Raises KeyError for an unknown one."""
        text = WORDS[key][self._column]
        return text.format(**holes) if holes else text

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with the decimal sign of the language; a dash for none."""
        if value is None:
            return "–"
        return f"{value:.{digits}f}".replace(".", "," if self.lang == "fr" else ".")

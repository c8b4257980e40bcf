"""The words of a comparison, in English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Two capture points: {a} and {b}", "Deux points de capture : {a} et {b}"),
    "point": (
        "{point} is {name}: {messages} messages, {streams} RTP streams, {seconds} s",
        "{point} est {name} : {messages} messages, {streams} flux RTP, {seconds} s",
    ),
    "ahead": ("The clock of B is {value} ahead of that of A", "L'horloge de B avance de {value} sur celle de A"),
    "behind": ("The clock of B is {value} behind that of A", "L'horloge de B retarde de {value} sur celle de A"),
    "same-clock": ("The clocks of A and B agree", "Les horloges de A et de B s'accordent"),
    "bound": ("within {value}", "à {value} près"),
    "drift": ("drifting by {value} ppm (± {error})", "avec une dérive de {value} ppm (± {error})"),
    "rests": (
        "told by {rtp} RTP packets and {sip} SIP messages that both saw",
        "d'après {rtp} paquets RTP et {sip} messages SIP vus des deux",
    ),
    "assumption": (
        "taking the shortest delays of both directions as equal",
        "en supposant égaux les délais les plus courts des deux sens",
    ),
    "one-way": (
        "of one direction only: the shortest delay is part of it",
        "d'un seul sens : le délai le plus court en fait partie",
    ),
    "no-way": ("nothing tells which point comes first", "rien ne dit quel point vient en premier"),
    "no-offset": (
        "A and B have no packet in common: their clocks are taken as they are",
        "A et B n'ont aucun paquet en commun : leurs horloges sont prises telles quelles",
    ),
    "no-offset-short": ("no packet in common", "aucun paquet en commun"),
    "packets": ("{count} packets", "{count} paquets"),
    "lost-short": ("{lost} of {sent} lost ({pct} %)", "{lost} sur {sent} perdus ({pct} %)"),
    "variation-short": ("delay ± {p95} ms (95 %)", "délai ± {p95} ms (95 %)"),
    "common": ("Both were captured for {seconds} s", "Les deux ont été capturés pendant {seconds} s"),
    "never-common": ("They were never captured at the same time", "Ils n'ont jamais été capturés en même temps"),
    "uncommon": (
        "only A before: {before_a} s, after: {after_a} s; only B before: {before_b} s, after: {after_b} s",
        "A seul avant : {before_a} s, après : {after_a} s ; B seul avant : {before_b} s, après : {after_b} s",
    ),
    "call": ("{from_user} → {to_user}", "{from_user} → {to_user}"),
    "relation-legs": (
        "two legs of one call, with a server (B2BUA) between A and B: nothing is the same packet at both",
        "deux branches d'un appel, avec un serveur (B2BUA) entre A et B : aucun paquet n'est le même aux deux",
    ),
    "relation-a": ("B saw nothing of this call", "B n'a rien vu de cet appel"),
    "relation-b": ("A saw nothing of this call", "A n'a rien vu de cet appel"),
    "messages-fine": ("{count} messages at both points, none lost", "{count} messages aux deux points, aucun perdu"),
    "messages": ("{count} messages at both points", "{count} messages aux deux points"),
    "lost-b": ("lost on the way to B: {what}", "perdus en route vers B : {what}"),
    "lost-a": ("lost on the way to A: {what}", "perdus en route vers A : {what}"),
    "unseen-a": ("seen at A only, though B should have: {what}", "vus seulement en A, alors que B aurait dû : {what}"),
    "unseen-b": ("seen at B only, though A should have: {what}", "vus seulement en B, alors que A aurait dû : {what}"),
    "outside": (
        "{count} messages while the other point was not captured",
        "{count} messages alors que l'autre point n'était pas capturé",
    ),
    "rtp": (
        "RTP {way}, {codec}: {lost} of {sent} packets lost ({pct} %)",
        "RTP {way}, {codec} : {lost} paquets sur {sent} perdus ({pct} %)",
    ),
    "rtp-fine": ("RTP {way}, {codec}: {sent} packets, none lost", "RTP {way}, {codec} : {sent} paquets, aucun perdu"),
    "variation": (
        "delay varies by {p95} ms (95 %), {most} ms at most",
        "le délai varie de {p95} ms (95 %), {most} ms au plus",
    ),
    "reordered": ("{count} overtaken", "{count} doublés par un autre"),
    "doubled": ("{count} came twice", "{count} arrivés deux fois"),
    "dscp": ("marked DSCP {sent}, arrives as {came}", "marqué DSCP {sent}, arrive en {came}"),
    "renamed": ("SSRC {old} became {new}", "SSRC {old} devenu {new}"),
    "missed": ("{count} seen at the second point only", "{count} vus au second point seulement"),
    "rtp-outside": ("{count} while only one was captured", "{count} alors qu'un seul était capturé"),
    "never": (
        "RTP {src} → {dst}, {codec}: {count} packets passed {first}, {second} saw none",
        "RTP {src} → {dst}, {codec} : {count} paquets passés par {first}, aucun vu en {second}",
    ),
    "alg": (
        "a SIP ALG rewrites the messages: {old} becomes {new} in {names}",
        "un ALG SIP réécrit les messages : {old} devient {new} dans {names}",
    ),
    "rewritten": ("{count} messages rewritten: {what}", "{count} messages réécrits : {what}"),
    "kind-sip-alg": ("SIP ALG", "ALG SIP"),
    "kind-proxy": ("proxy", "proxy"),
    "kind-hiding": ("identities and contacts", "identités et contacts"),
    "kind-media-relay": ("media relay", "relais de média"),
    "kind-codecs": ("codecs", "codecs"),
    "kind-consequence": ("consequence", "conséquence"),
    "kind-other": ("other", "autre"),
    "elsewhere": (
        "only {point} sees the other leg: {messages} messages, {streams} streams",
        "seul {point} voit l'autre branche : {messages} messages, {streams} flux",
    ),
    "besides": ("Outside calls", "Hors appels"),
    "besides-both": ("{count} messages at both points: {what}", "{count} messages aux deux points : {what}"),
    "besides-one": (
        "{count} messages that only {point} sees: {what}",
        "{count} messages que seul {point} voit : {what}",
    ),
    "nothing": ("No call in these captures", "Aucun appel dans ces captures"),
    "more": ("and {count} more", "et {count} autres"),
    "a-to-b": ("A → B", "A → B"),
    "b-to-a": ("B → A", "B → A"),
    "no-way-short": ("A – B", "A – B"),
    "frame": ("frame {frame}", "trame {frame}"),
    "again": ("sent again", "renvoyé"),
    "way": ("Way", "Sens"),
    "at-point": ("At {point}", "En {point}"),
    "streams-title": ("RTP between the points", "RTP entre les points"),
    "rewrites-title": ("What was rewritten", "Ce qui a été réécrit"),
    "message-differs-once": ("{label}: {count} difference", "{label} : {count} différence"),
    "message-differs": ("{label}: {count} differences", "{label} : {count} différences"),
    "verdict-lost": ("lost", "perdu"),
    "verdict-unseen": ("not seen", "non vu"),
    "verdict-outside": ("not captured", "non capturé"),
    "verdict-elsewhere": ("other leg", "autre branche"),
}
"""Sentences with holes, English and French."""

_COLUMN = {"en": 0, "fr": 1}


class Words:
    """The words of one language: `say("lost-b", what="BYE")`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, key: str, **holes: object) -> str:
        """The sentence of that key. Raises KeyError for an unknown one."""
        return WORDS[key][_COLUMN[self.lang]].format(**holes)

    def join(self, parts: list[str]) -> str:
        """Parts of a sentence, one after the other."""
        return (" ; " if self.lang == "fr" else "; ").join(parts)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with the decimal sign of the language."""
        text = f"{value:.{digits}f}"
        return text.replace(".", ",") if self.lang == "fr" else text

    def short(self, milliseconds: float) -> str:
        """A time in ms without digits that mean nothing: 0.034, 1.2, 48."""
        return self.number(
            milliseconds, 3 if milliseconds < 0.1 else 2 if milliseconds < 1 else 1 if milliseconds < 10 else 0
        )

    def dscp(self, value: int) -> str:
        """A DSCP with the name of its class (RFC 2474, 2597, 3246)."""
        name = "EF" if value == 46 else f"CS{value // 8}" if value % 8 == 0 and value else ""
        if 1 <= value // 8 <= 4 and value % 8 in (2, 4, 6):
            name = f"AF{value // 8}{value % 8 // 2}"
        return f"{value} ({name})" if name else str(value)

    def span(self, seconds: float) -> str:
        """A time in the unit that suits it: 12 µs, 4.1 ms, 3.700 s."""
        if seconds < 1e-3:
            return f"{self.number(seconds * 1e6)} µs"
        return f"{self.short(seconds * 1e3)} ms" if seconds < 0.1 else f"{self.number(seconds, 3)} s"

"""The words of a report in English and French; numbers, dates and durations as each language writes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import Literal

from babel import Locale
from babel.dates import format_datetime, format_time
from babel.numbers import format_decimal

Lang = Literal["en", "fr"]

NOTHING = "–"
"""What stands where a value is unknown."""

# key: (English, French). A sentence has named holes; both languages have the same ones (a test looks).
_WORDS: dict[str, tuple[str, str]] = {
    "report": ("Report", "Rapport"),
    "index-title": ("Call reports", "Rapports d'appels"),
    "evidence": ("Evidence", "Pièces analysées"),
    "file": ("File", "Fichier"),
    "kind": ("Kind", "Nature"),
    "host": ("Host", "Machine"),
    "capture-point": ("Capture point", "Point de capture"),
    "period": ("Period", "Période"),
    "duration": ("Duration", "Durée"),
    "hosts": ("Hosts", "Machines"),
    "calls": ("Calls", "Appels"),
    "failures": ("Failures", "Échecs"),
    "failures-refused": ("Failures ({count} of registration)", "Échecs (dont {count} d'enregistrement)"),
    "degraded": ("To look at", "À examiner"),
    "worst-mos": ("Worst MOS", "MOS minimal"),
    "messages": ("SIP messages", "Messages SIP"),
    "streams": ("RTP streams", "Flux RTP"),
    "packets": ("RTP packets", "Paquets RTP"),
    "registrations": ("Registrations", "Enregistrements SIP"),
    "problems": ("Problems while reading", "Problèmes de lecture"),
    "calls-worst-first": ("Calls, worst first", "Appels, les pires d'abord"),
    "other-streams": ("Streams without a call", "Flux sans appel"),
    "no-calls": ("No call in this evidence.", "Aucun appel dans ces pièces."),
    "more-calls": (
        "{count} more calls are not listed here: “xivolab calls” lists all.",
        "{count} autres appels ne sont pas listés ici : « xivolab calls » les donne tous.",
    ),
    "more-sections": (
        "{count} more calls have no section of their own: “xivolab ladder … --call ID” draws each.",
        "{count} autres appels n'ont pas de section : « xivolab ladder … --call ID » dessine chacun.",
    ),
    "more-rows": ("{count} more rows.", "{count} autres lignes."),
    "call": ("Call", "Appel"),
    "start": ("Start", "Début"),
    "from-to": ("From → to", "De → vers"),
    "state": ("State", "État"),
    "status": ("Status", "Code"),
    "setup": ("Setup", "Établ."),
    "talk": ("Talk", "Conv."),
    "remarks": ("Remarks", "Remarques"),
    "ladder": ("Ladder", "Échange SIP"),
    "ladder-hint": (
        "Click an arrow to read the message.",
        "Cliquez sur une flèche pour lire le message.",
    ),
    "quality": ("Quality over time", "Qualité au fil du temps"),
    "index-sort": ("Click a heading to sort.", "Cliquez sur un titre pour trier."),
    "capture": ("Capture", "Capture"),
    "captures": ("Captures", "Captures"),
    "problems-short": ("Problems", "Problèmes"),
    "made-in": ("Made in", "Fait en"),
    "without-report": ("Without a report", "Sans rapport"),
    "made": ("made {when} by xivolab {version}", "établi le {when} par xivolab {version}"),
    "run-ok": ("done", "fait"),
    "run-failed": ("failed", "échec"),
    "run-timeout": ("too long", "trop long"),
    "run-killed": ("killed", "interrompu"),
    # in notebooks
    "drop-here": ("Drop captures here, or click", "Déposez des captures ici, ou cliquez"),
    "drop-hint": (
        "No file is dropped: name the files in the first cell, or leave the sample.",
        "Aucun fichier déposé : nommez les fichiers dans la première cellule, ou gardez l'exemple.",
    ),
    "pick-hint": (
        "The worst call is shown below; choose another by its id in the first cell.",
        "Le pire appel est montré plus bas ; choisissez-en un autre par son id dans la première cellule.",
    ),
    # outcome of a call or registration
    "state-setup": ("being set up", "en établissement"),
    "state-ringing": ("ringing", "sonne"),
    "state-in-call": ("in call", "en cours"),
    "state-completed": ("completed", "terminé"),
    "state-cancelled": ("cancelled", "annulé"),
    "state-busy": ("busy", "occupé"),
    "state-rejected": ("rejected", "refusé"),
    "state-no-answer": ("no answer", "sans réponse"),
    "state-failed": ("failed", "échoué"),
    "state-diverted": ("diverted", "renvoyé"),
    "state-registered": ("registered", "enregistré"),
    "party-caller": ("the caller", "l'appelant"),
    "party-callee": ("the callee", "l'appelé"),
    "party-server": ("the server", "le serveur"),
    "unknown-party": ("somebody", "quelqu'un"),
    # the story of a call
    "story-called": ("{caller} called {callee} at {time} UTC.", "{caller} a appelé {callee} à {time} UTC."),
    "story-partial": (
        "The call had begun before the evidence does.",
        "L'appel avait commencé avant le début des pièces.",
    ),
    "story-rang": ("It rang after {setup}.", "Cela a sonné au bout de {setup}."),
    "story-answered-callee": (
        "The call was answered, and they talked for {talk}.",
        "L'appel a été décroché ; la conversation a duré {talk}.",
    ),
    "story-answered-server": (
        "Only the server answered (menu, voicemail, queue or announcement), for {talk}.",
        "Seul le serveur a répondu (menu, messagerie, file ou annonce), pendant {talk}.",
    ),
    "story-released": ("Ended by {who}.", "Raccroché par {who}."),
    "story-running": (
        "The evidence ends before the call does.",
        "Les pièces s'arrêtent avant la fin de l'appel.",
    ),
    "story-unanswered": (
        "It was not answered; the caller received {status}.",
        "Il n'a pas été décroché ; l'appelant a reçu {status}.",
    ),
    "story-no-final": (
        "It was not answered, and no final response was seen.",
        "Il n'a pas été décroché, et aucune réponse finale n'a été vue.",
    ),
    "story-cancelled": (
        "The caller gave up before it was answered.",
        "L'appelant a renoncé avant le décroché.",
    ),
    "story-codecs": ("Codec: {codecs}.", "Codec : {codecs}."),
    "story-mos": ("Worst MOS: {mos} ({scale}).", "MOS minimal : {mos} ({scale})."),
    "scale-nb": ("narrow-band", "bande étroite"),
    "scale-wb": ("wide-band", "bande élargie"),
    # what is pointed out
    "remark-packet-loss": ("{value} % loss {src} → {dst}", "{value} % de perte {src} → {dst}"),
    "remark-high-jitter": ("jitter {value} ms {src} → {dst}", "gigue {value} ms {src} → {dst}"),
    "remark-low-mos": ("MOS {value} {src} → {dst}", "MOS {value} {src} → {dst}"),
    "remark-one-way-audio": ("no audio {src} → {dst}", "pas de son {src} → {dst}"),
    "remark-announcement": ("answered by the server alone", "le serveur seul a répondu"),
    "remark-server-ended": ("ended by the server", "coupé par le serveur"),
}


_LOOSE = re.compile(r"(?<=«) | (?=[;:?!»%])")
"""The spaces of French that do not break."""


class Words:
    """The words of one language: `words("calls")`, `words("more-calls", count=3)`."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self._column = ("en", "fr").index(lang)
        self._locale = Locale.parse(lang)

    def __call__(self, key: str, **holes: object) -> str:
        """The word or sentence of that key. Raises KeyError for an unknown one."""
        text = _WORDS[key][self._column]
        if self.lang == "fr":
            text = _LOOSE.sub("\u00a0", text)  # a sign shall not begin a line
        return text.format(**holes) if holes else text

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with so many digits after the point: `1,234.5` or `1 234,5`."""
        if value is None:
            return NOTHING
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        return str(format_decimal(value, pattern, locale=self._locale))

    def seconds(self, value: float | None) -> str:
        """A duration: `480 ms`, `2.1 s`, from a minute on `3 min 05 s`."""
        if value is None:
            return NOTHING
        if 0 < value < 1:
            return f"{self.number(1000 * value)} ms"
        if value < 60:
            return f"{self.number(value, 1)} s"
        minutes, rest = divmod(round(value), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s"

    def clock(self, epoch: float | None) -> str:
        """The time of day in UTC, to the millisecond."""
        if epoch is None:
            return NOTHING
        return str(format_time(_utc(epoch), "HH:mm:ss.SSS", locale=self._locale))

    def stamp(self, epoch: float) -> str:
        """Date and time in UTC, the same in both languages and short enough for a column."""
        return _utc(epoch).strftime("%Y-%m-%d %H:%M:%S")

    def moment(self, epoch: float | None) -> str:
        """Date and time in UTC, to the second."""
        if epoch is None:
            return NOTHING
        return str(format_datetime(_utc(epoch), "d MMMM y HH:mm:ss", locale=self._locale)) + " UTC"


def _utc(epoch: float) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)


@cache
def words(lang: Lang) -> Words:
    """The words of a language, made once."""
    return Words(lang)

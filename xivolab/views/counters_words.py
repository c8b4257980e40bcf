"""The words of the plots of counters, in French and English; and the figures from which a value is bad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo

from xivolab.asterisk.cli.series import CounterTrack

LIMITS: Mapping[str, float] = {"rx_loss": 1.0, "tx_loss": 1.0, "rx_jitter": 30.0, "tx_jitter": 30.0}
"""%, ms: those of the findings packet-loss and high-jitter."""

UNITS: Mapping[str, str] = {"rx_loss": "%", "tx_loss": "%", "rx_jitter": "ms", "tx_jitter": "ms", "rtt": "ms"}

WORDS = {
    "en": {
        "title": "Media counters over time",
        "none": "No output of `pjsip show channelstats` holds counters.",
        "rx_loss": "Loss from the phone",
        "rx_jitter": "Jitter from the phone",
        "tx_loss": "Loss to the phone",
        "tx_jitter": "Jitter to the phone",
        "rtt": "Round trip",
        "worst": "worst",
        "unknown": "not reported",
        "outputs": "{count} outputs in {seconds} s",
        "received": "{packets} received, {lost} lost",
        "sent": "{packets} sent, {lost} lost",
        "sent unknown": "{packets} sent, loss unknown",
        "decimal": ".",
    },
    "fr": {
        "title": "Compteurs média dans le temps",
        "none": "Aucune sortie de `pjsip show channelstats` ne contient de compteurs.",
        "rx_loss": "Perte depuis le poste",
        "rx_jitter": "Gigue depuis le poste",
        "tx_loss": "Perte vers le poste",
        "tx_jitter": "Gigue vers le poste",
        "rtt": "Aller-retour",
        "worst": "pire",
        "unknown": "non rapporté",
        "outputs": "{count} relevés en {seconds} s",
        "received": "{packets} reçus, {lost} perdus",
        "sent": "{packets} envoyés, {lost} perdus",
        "sent unknown": "{packets} envoyés, perte inconnue",
        "decimal": ",",
    },
}


class CounterWords:
    """The texts of the plots in one language."""

    def __init__(self, lang: str, place: tzinfo) -> None:
        self.lang = lang
        self.words = WORDS[lang]
        self._place = place

    def heading(self, measure: str) -> str:
        """Such as "Loss from the phone, %"."""
        return f"{self.words[measure]}, {UNITS[measure]}"

    def number(self, value: float, digits: int = 1) -> str:
        """With the decimal sign of the language."""
        return f"{value:.{digits}f}".replace(".", self.words["decimal"])

    def worst(self, measure: str, value: float) -> str:
        """Such as "worst 12.5 %", with a cross when it is bad."""
        bad = measure in LIMITS and value >= LIMITS[measure]
        return f"{'✖ ' if bad else ''}{self.words['worst']} {self.number(value)} {UNITS[measure]}"

    def title(self, tracks: Sequence[CounterTrack]) -> str:
        """What it is, and when it was."""
        starts = [track.start for track in tracks if track.start is not None]
        if not starts:
            return self.words["title"]
        moment = datetime.fromtimestamp(min(starts), UTC).astimezone(self._place)
        return f"{self.words['title']} · {moment:%Y-%m-%d %H:%M:%S %Z}"

    def about(self, track: CounterTrack) -> str:
        """How many outputs there are, over how long."""
        return self.words["outputs"].format(count=len(track.points), seconds=round(track.points[-1].at))

    def counted(self, track: CounterTrack) -> tuple[str, str]:
        """The last counters, each way."""
        last = track.last
        sent = "sent" if last["tx_lost"] is not None else "sent unknown"
        return (
            self.words["received"].format(packets=last["rx_packets"], lost=last["rx_lost"]),
            self.words[sent].format(packets=last["tx_packets"], lost=last["tx_lost"]),
        )

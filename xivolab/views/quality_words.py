"""The words of the quality plots, in French and English."""

from __future__ import annotations

from datetime import tzinfo

from xivolab.views.clock import absolute
from xivolab.views.names import ssrc_of
from xivolab.views.series import Measure, Track
from xivolab.views.subjects import Call

WORDS = {
    "en": {
        "quality": "Media quality",
        "none": "This call has no RTP stream in the evidence.",
        "loss": "Loss",
        "jitter": "Jitter",
        "delta": "Max delta",
        "mos": "MOS",
        "caller": "caller’s leg",
        "callee": "callee’s leg",
        "attempt": "attempt",
        "transfer": "transfer",
        "worst": "worst",
        "threshold": "threshold",
        "no values": "no values",
        "time": "seconds since the first RTP packet",
        "packets": "packets",
        "events": "Events",
        "more events": "{count} more",
        "decimal": ".",
    },
    "fr": {
        "quality": "Qualité des médias",
        "none": "Cet appel n’a aucun flux RTP dans les éléments fournis.",
        "loss": "Perte",
        "jitter": "Gigue",
        "delta": "Écart maximal",
        "mos": "MOS",
        "caller": "branche de l’appelant",
        "callee": "branche de l’appelé",
        "attempt": "tentative",
        "transfer": "transfert",
        "worst": "pire",
        "threshold": "seuil",
        "no values": "aucune valeur",
        "time": "secondes depuis le premier paquet RTP",
        "packets": "paquets",
        "events": "Événements",
        "more events": "{count} autres",
        "decimal": ",",
    },
}


class QualityWords:
    """The texts of the plots in one language."""

    def __init__(self, lang: str, place: tzinfo) -> None:
        self.lang = lang
        self.zone = place
        self.words = WORDS[lang]

    def number(self, value: float, digits: int) -> str:
        """A number with the decimal sign of the language."""
        return f"{value:.{digits}f}".replace(".", self.words["decimal"])

    def value(self, measure: Measure, value: float) -> str:
        """A value with its unit."""
        text = self.number(value, measure.digits)
        return f"{text} {measure.unit}" if measure.unit else text

    def heading(self, measure: Measure) -> str:
        """The name of a measure with its unit."""
        return self.words[measure.name] + (f" ({measure.unit})" if measure.unit else "")

    def worst(self, measure: Measure, value: float) -> str:
        """The worst value of a plot."""
        return f"{self.words['worst']} {self.value(measure, value)}"

    def title(self, call: Call) -> str:
        """Whose media it is."""
        return f"{self.words['quality']} · {call.from_user or '?'} → {call.to_user or '?'}"

    def extent(self, tracks: tuple[Track, ...]) -> str:
        """When the media began, and what the time axis counts."""
        start = min(track.stream.start for track in tracks)
        return f"{absolute(start, self.zone)} · {self.words['time']}"

    def direction(self, track: Track) -> str:
        """Who sends to whom."""
        return f"{track.source} → {track.target}"

    def about(self, track: Track) -> str:
        """Codec and leg of a stream."""
        codec = track.stream.codec or f"PT {track.stream.payload_type}"
        return f"{codec} · {self.words[track.role]}" if track.role in self.words else codec

    def counted(self, track: Track) -> str:
        """What a stream carried."""
        return f"{track.stream.packets} {self.words['packets']} · {ssrc_of(track.stream)}"

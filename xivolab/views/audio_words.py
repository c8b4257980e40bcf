"""The words of players and pictures of sound, in French and English."""

from __future__ import annotations

from datetime import tzinfo

from xivolab.audio.track import Note
from xivolab.views.clock import absolute

WORDS = {
    "en": {
        "audio": "Audio",
        "caller": "what the caller says",
        "callee": "what the caller hears",
        "to other": "what the callee hears",
        "from other": "what the callee says",
        "stream": "stream",
        "mixed": "both sides, mixed",
        "stereo": "both sides, stereo: caller left, other side right",
        "leg caller": "caller’s leg",
        "leg callee": "callee’s leg",
        "leg attempt": "attempt",
        "leg transfer": "transfer",
        "none": "There is no audio of this call in the evidence.",
        "nothing": "no stream in this direction",
        "time": "seconds since the first packet",
        "speech": "sound",
        "silent": "silence",
        "missing": "no packets",
        "level": "mean level",
        "lost": "lost",
        "legend": "✖ lost packets    ··· no packets    ▾ digit (RFC 4733)",
        "first": "the first {minutes} min; save() writes all",
        "first, of a report": "the first {minutes} min; “xivolab audio … --call ID -o call.wav” writes all",
        "too-long": "This browser plays no sound.",
        "undecoded": "{packets} packets of {detail} cannot be decoded: silence in their place",
        "damaged": "{packets} packets of {detail} are damaged: silence in their place",
        "encrypted": "{packets} packets are encrypted (SRTP): silence; decrypt=True or --decrypt opens them with the keys of the SDP",
        "wrong-key": "{packets} packets do not fit any key: silence in their place",
        "cut": "{packets} packets lie beyond two hours and are left out",
        "decimal": ".",
    },
    "fr": {
        "audio": "Audio",
        "caller": "ce que dit l’appelant",
        "callee": "ce qu’entend l’appelant",
        "to other": "ce qu’entend l’appelé",
        "from other": "ce que dit l’appelé",
        "stream": "flux",
        "mixed": "les deux côtés, mélangés",
        "stereo": "les deux côtés, stéréo : appelant à gauche, l’autre côté à droite",
        "leg caller": "branche de l’appelant",
        "leg callee": "branche de l’appelé",
        "leg attempt": "tentative",
        "leg transfer": "transfert",
        "none": "Les éléments fournis ne contiennent pas l’audio de cet appel.",
        "nothing": "aucun flux dans ce sens",
        "time": "secondes depuis le premier paquet",
        "speech": "son",
        "silent": "silence",
        "missing": "sans paquets",
        "level": "niveau moyen",
        "lost": "perdus",
        "legend": "✖ paquets perdus    ··· sans paquets    ▾ touche (RFC 4733)",
        "first": "les {minutes} premières min ; save() écrit tout",
        "first, of a report": "les {minutes} premières min ; « xivolab audio … --call ID -o appel.wav » écrit tout",
        "too-long": "Ce navigateur ne lit pas le son.",
        "undecoded": "{packets} paquets {detail} ne peuvent être décodés : remplacés par du silence",
        "damaged": "{packets} paquets {detail} sont endommagés : remplacés par du silence",
        "encrypted": "{packets} paquets sont chiffrés (SRTP) : silence ; decrypt=True ou --decrypt les ouvre avec les clés du SDP",
        "wrong-key": "{packets} paquets ne correspondent à aucune clé : remplacés par du silence",
        "cut": "{packets} paquets au-delà de deux heures sont laissés de côté",
        "decimal": ",",
    },
}


class AudioWords:
    """The texts in one language."""

    def __init__(self, lang: str, place: tzinfo) -> None:
        self.lang = lang
        self.zone = place
        self.words = WORDS[lang]

    def __getitem__(self, key: str) -> str:
        return self.words[key]

    def number(self, value: float, digits: int) -> str:
        """A number with the decimal sign of the language."""
        return f"{value:.{digits}f}".replace(".", self.words["decimal"])

    def moment(self, time_ns: int) -> str:
        """When a sound begins."""
        return absolute(time_ns / 1e9, self.zone)

    def note(self, note: Note) -> str:
        """What could not be heard."""
        return self.words[note.kind].format(packets=note.packets, detail=note.detail)

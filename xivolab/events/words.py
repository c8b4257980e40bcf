"""The kinds of events in words."""

from __future__ import annotations

KINDS_FR = {
    "dtmf": "touche",
    "tone": "tonalité",
    "hold": "mise en garde",
    "resume": "reprise",
    "t38": "télécopie T.38",
    "early-media": "média avant réponse",
    "info": "INFO",
    "media-start": "début de média",
    "media-stop": "fin de média",
    "ssrc-change": "changement de SSRC",
    "stream-restart": "flux relancé",
    "payload-type-change": "changement de codec",
}
"""In French; in English the kinds speak for themselves."""


def kind_in_words(kind: str, lang: str) -> str:
    """The kind of an event for people; one without words as it is."""
    return KINDS_FR.get(kind, kind) if lang == "fr" else kind

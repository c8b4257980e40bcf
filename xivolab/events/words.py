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
    "channel-start": "début de canal",
    "answer": "réponse",
    "app": "application",
    "bridge-enter": "entrée en pont",
    "bridge-exit": "sortie de pont",
    "transfer": "transfert",
    "pickup": "interception",
    "parking": "parcage",
    "forward": "renvoi",
    "local-optimize": "canal Local effacé",
    "user-event": "événement du plan",
    "hangup": "raccroché",
    "stream-restart": "flux relancé",
    "payload-type-change": "changement de codec",
    "icmp-unreachable": "non remis (ICMP)",
    "icmp-error": "erreur ICMP",
}
"""In French; in English the kinds speak for themselves."""

ERRORS_FR = {
    "communication prohibited": "communication interdite",
    "port unreachable": "port injoignable",
    "host unreachable": "machine injoignable",
    "network unreachable": "réseau injoignable",
    "protocol unreachable": "protocole injoignable",
    "address unreachable": "adresse injoignable",
    "host prohibited": "machine interdite",
    "network prohibited": "réseau interdit",
    "no route": "pas de route",
    "unreachable": "injoignable",
    "fragmentation needed": "fragmentation nécessaire",
    "packet too big": "paquet trop grand",
    "time exceeded": "durée de vie dépassée",
    "source quench": "débit trop élevé",
    "redirect": "redirection",
    "parameter problem": "en-tête refusé",
}
"""What is told by ICMP, in French."""


def error_in_words(error: str, lang: str) -> str:
    """An ICMP error, such as "ICMP port unreachable", for people."""
    protocol, _, told = error.partition(" ")
    return f"{protocol} {ERRORS_FR.get(told, told)}" if lang == "fr" else error


def kind_in_words(kind: str, lang: str) -> str:
    """The kind of an event for people; one without words as it is."""
    return KINDS_FR.get(kind, kind) if lang == "fr" else kind

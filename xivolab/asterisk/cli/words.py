"""What people read about the output of Asterisk's command line, in English and French."""

from __future__ import annotations

TITLES: dict[str, tuple[str, str]] = {
    "channelstats": ("Media counters", "Compteurs média"),
    "endpoints": ("SIP endpoints", "Terminaisons SIP"),
    "contacts": ("Contacts", "Contacts"),
    "aors": ("Addresses of record", "Adresses (AOR)"),
    "auths": ("Credentials", "Authentifications"),
    "transports": ("Transports", "Transports"),
    "identifies": ("Identification by address or header", "Identification par adresse ou en-tête"),
    "registrations": ("Registrations at other servers", "Enregistrements auprès d'autres serveurs"),
    "pjsip-channels": ("SIP channels", "Canaux SIP"),
    "parameters": ("Settings", "Paramètres"),
    "channels": ("Channels", "Canaux"),
    "channel-details": ("One channel", "Un canal"),
    "hints": ("Presences (hints)", "Présences (hints)"),
    "servers": ("Server", "Serveur"),
    "dialplan": ("Dialplan", "Dialplan"),
    "queues": ("Queues", "Files d'attente"),
    "queue-members": ("Members of queues", "Membres des files"),
    "queue-callers": ("Callers waiting", "Appelants en attente"),
    "spans": ("DAHDI spans", "Spans DAHDI"),
}

NOTES: dict[str, tuple[str, str]] = {
    "counter-wrapped": (
        (
            "a counter of lost packets went below zero and wrapped: the other side saw more packets than it expected "
            "(duplicates), nothing is lost"
        ),
        (
            "un compteur de paquets perdus est passé sous zéro et a débordé : l'autre côté a vu plus de paquets que prévu "
            "(doublons), rien n'est perdu"
        ),
    ),
    "rounded": (
        "counts above 100 000 are printed in thousands: the exact value is not known",
        "les nombres au-delà de 100 000 sont imprimés en milliers : la valeur exacte n'est pas connue",
    ),
    "no-rtcp": (
        "no sign of RTCP from the phone: the loss and jitter of what the server sends are unknown, not zero",
        "aucun signe de RTCP venant du téléphone : la perte et la gigue de ce que le serveur envoie sont inconnues, pas nulles",
    ),
    "jitter-swapped": (
        "Asterisk prints the two jitters crossed; here each stands in its own direction",
        "Asterisk imprime les deux gigues croisées ; ici chacune est dans son sens",
    ),
    "jitter-unknown": (
        (
            "the phone's jitter is printed as 0.000: below half a millisecond, or an Asterisk before 18.17 or 20.2, which always "
            "prints that"
        ),
        (
            "la gigue du téléphone est imprimée 0.000 : moins d'une demi-milliseconde, ou un Asterisk antérieur à 18.17 ou 20.2, "
            "qui imprime toujours cela"
        ),
    ),
}
"""By the codes of the field `notes` of a channelstat."""


def title(table: str, lang: str) -> str:
    """What a table is called."""
    return TITLES[table][lang == "fr"]


def note(code: str, lang: str) -> str:
    """A remark about counters as a sentence."""
    return NOTES[code][lang == "fr"]

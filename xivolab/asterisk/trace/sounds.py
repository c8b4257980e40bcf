"""What an announcement says, for the sound files that tell why a call was refused."""

from __future__ import annotations

# Files of XiVO (xivo-sounds) and of Asterisk's core sounds: (English, French).
_SOUNDS = {
    "noright": ("“you have no right to make this call”", "« vous n’avez pas le droit de passer cet appel »"),
    "user-unreachable": ("“your correspondent cannot be reached”", "« votre correspondant est injoignable »"),
    "user-invalid": ("“this user does not exist”", "« cet utilisateur n’existe pas »"),
    "busy-call": ("“your correspondent is busy”", "« votre correspondant est occupé »"),
    "congestion-call": ("“the call cannot be put through”", "« l’appel ne peut aboutir »"),
    "vm-nonumber": ("“there is no such mailbox”", "« cette boîte vocale n’existe pas »"),
    "did-invalid": ("“this number does not exist”", "« ce numéro n’existe pas »"),
    "group-invalid": ("“this group does not exist”", "« ce groupe n’existe pas »"),
    "queue-invalid": ("“this queue does not exist”", "« cette file n’existe pas »"),
    "meetme-invalid": ("“this conference does not exist”", "« cette conférence n’existe pas »"),
    "queue-closed": ("“the service is closed”", "« le service est fermé »"),
    "queue-full": ("“the queue is full”", "« la file d’attente est pleine »"),
    "queue-timeout": ("“nobody can answer now”", "« personne ne peut répondre pour l’instant »"),
    "queue-diverted": ("“your call is diverted”", "« votre appel est dérouté »"),
    "find-user": ("“your call is being put through”", "« votre appel est transféré »"),
    "pbx-invalid": ("“this extension is not valid”", "« cette extension n’est pas valable »"),
    "ss-noservice": ("“this number is not in service”", "« ce numéro n’est pas en service »"),
    "cannot-complete-as-dialed": (
        "“the call cannot be completed as dialled”",
        "« l’appel ne peut aboutir tel que composé »",
    ),
    "check-number-dial-again": ("“check the number and dial again”", "« vérifiez le numéro et recomposez »"),
    "invalid": ("“that is not valid”", "« ce choix n’est pas valable »"),
    "all-circuits-busy-now": ("“all circuits are busy”", "« toutes les lignes sont occupées »"),
    "agent-loginok": ("“agent logged in”", "« agent connecté »"),
    "agent-loggedoff": ("“agent logged off”", "« agent déconnecté »"),
    "vm-incorrect": ("“login incorrect”", "« identification incorrecte »"),
    "vm-goodbye": ("“goodbye”", "« au revoir »"),
    "tt-monkeys": ("monkeys (a test sound)", "des singes (son d’essai)"),
    "demo-congrats": ("Asterisk's demonstration", "la démonstration d’Asterisk"),
}


def sound(name: str, lang: int) -> str:
    """A sound file with what it says, when that is known; `lang` is 0 for English, 1 for French."""
    base = name.rsplit("/", 1)[-1]
    known = _SOUNDS.get(base)
    return name if known is None else f"{base} {known[lang]}"

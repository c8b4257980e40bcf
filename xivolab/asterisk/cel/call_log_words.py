"""Why the journal says what it says, in English and French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

RULES: dict[str, dict[str, str]] = {
    "en": {
        "first-channel": "of the first channel's beginning",
        "second-channel": "of the second channel's beginning: XiVO takes that for the callee",
        "dialled": "the extension of the first channel's beginning: what was dialled",
        "exten-s": "the first channel begins in extension s: nothing was dialled yet",
        "app-start": "an application that starts writes over what was there, where it has a name and a number",
        "answer-name": "nothing was known to be dialled when the caller's channel answered: XiVO takes the caller ID name for it",
        "bridge-party": "unknown until the caller entered a bridge",
        "bridge-enter": "the caller entered a bridge; the last time counts",
        "bridge-exit": "the caller left a bridge; the last time counts",
        "from-s": "XIVO_FROM_S tells the extension",
        "no-bridge": "the caller never entered a bridge: voicemail, announcements and refusals do not count as answered",
        "no-conversation": "a bridge was not entered, or not left",
        "conversation": "from the last entry into a bridge to the last exit",
        "originate-local": "the call was begun by the PBX through a Local channel: its beginning",
        "originate-source": "the phone that rang first, as it answered",
        "originate-dialled": "the number of the Local channel's second half as it answered",
        "originate-destination": "the phone that entered a bridge last, as it answered",
        "no-date": "the first channel's beginning is missing: XiVO makes no row",
        "no-source": "neither name nor number of the caller is known: XiVO makes no row",
    },
    "fr": {
        "first-channel": "du début du premier canal",
        "second-channel": "du début du deuxième canal : XiVO le prend pour l’appelé",
        "dialled": "l’extension au début du premier canal : ce qui a été composé",
        "exten-s": "le premier canal commence dans l’extension s : rien n’est encore composé",
        "app-start": "une application qui démarre remplace ce qui était là, si elle a un nom et un numéro",
        "answer-name": "rien n’était composé quand le canal de l’appelant a décroché : XiVO prend le nom de l’appelant (cid_name)",
        "bridge-party": "inconnu avant que l’appelant entre dans un pont",
        "bridge-enter": "l’appelant est entré dans un pont ; la dernière fois compte",
        "bridge-exit": "l’appelant a quitté un pont ; la dernière fois compte",
        "from-s": "XIVO_FROM_S donne l’extension",
        "no-bridge": "l’appelant n’est jamais entré dans un pont : messagerie, annonces et refus ne comptent pas comme répondus",
        "no-conversation": "aucun pont, ou pont non quitté",
        "conversation": "de la dernière entrée dans un pont à la dernière sortie",
        "originate-local": "appel lancé par le PBX à travers un canal Local : son début",
        "originate-source": "le téléphone qui a sonné le premier, quand il décroche",
        "originate-dialled": "le numéro de la seconde moitié du canal Local quand elle décroche",
        "originate-destination": "le téléphone entré le dernier dans un pont, quand il a décroché",
        "no-date": "le début du premier canal manque : XiVO ne crée pas de ligne",
        "no-source": "ni nom ni numéro de l’appelant : XiVO ne crée pas de ligne",
    },
}


def in_words(step: Mapping[str, Any], lang: str) -> str:
    """One step of how a field came about: an object of `why` in the record of the journal."""
    event = step.get("event")
    where = f" [{event}{' ' + str(step['channel']) if step.get('channel') else ''}]" if event else ""
    colon = " : " if lang == "fr" else ": "
    value = step["value"]
    told = "–" if value in (None, "") else str(value)
    return f"{step['field']} = {told}{colon}{RULES[lang][step['rule']]}{where}"

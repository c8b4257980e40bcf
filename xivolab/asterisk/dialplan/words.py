"""What people read about who takes a number, in English and French."""

from __future__ import annotations

from collections.abc import Sequence

from xivolab.asterisk.dialplan.lookup import Match

_WHY: dict[str, tuple[str, str]] = {
    "taken": ("takes it", "le prend"),
    "later": ("would, later", "ensuite"),
    "no-priority": ("no such priority", "pas cette priorité"),
    "other-caller": ("other caller", "autre appelant"),
    "not-now": ("not at that time", "pas à cette heure"),
    "unknown-time": ("at some times", "selon l'heure"),
    "switch": ("is asked too", "est aussi interrogé"),
    "missing-context": ("does not exist", "n'existe pas"),
}


def why_in_words(why: str, lang: str) -> str:
    """A verdict, in a few words."""
    return _WHY[why][lang == "fr"]


def sentences(found: Sequence[Match], number: str, context: str, lang: str) -> list[str]:
    """The answer, and what may make it wrong."""
    french = lang == "fr"
    taken = next((n for n, match in enumerate(found) if match.why == "taken"), None)
    told = [_answer(found[taken], number, french) if taken is not None else _nobody(found, number, context, french)]
    before = found[:taken]
    asked = [match for match in before if match.why == "switch"]
    sentence = "{} ({}) est interrogé avant et peut le prendre" if french else "{} ({}) is asked before and may take it"
    told += [sentence.format(match.switch, match.context) for match in asked]
    if any(match.why == "unknown-time" for match in before):
        told.append(
            "des inclusions dépendent de l'heure : donnez-la avec --at"
            if french
            else "some includes hold at some times only: give the time with --at"
        )
    if any(match.why == "other-caller" for match in before):
        told.append(
            "des extensions sont réservées à d'autres appelants : donnez l'appelant avec --caller"
            if french
            else "some extensions are for other callers: give the caller with --caller"
        )
    if taken is not None and _greedy(found[taken]):
        told.append(
            "ce motif prend aussi h, i et t : la fin de l'appel y passe également"
            if french
            else "this pattern takes h, i and t as well: the end of the call goes there, too"
        )
    return told


def _answer(match: Match, number: str, french: bool) -> str:
    name = match.extension.name if match.extension else ""
    way = " → ".join(match.path)
    step = f": {match.step}" if match.step else ""
    return f"{number} est pris par {name}, {way}{step}" if french else f"{number} is taken by {name}, {way}{step}"


def _nobody(found: Sequence[Match], number: str, context: str, french: bool) -> str:
    if any(match.why in ("switch", "unknown-time") for match in found):
        return (
            f"rien ne dit qui prend {number} dans {context}"
            if french
            else f"nothing tells who takes {number} in {context}"
        )
    if french:
        return f"personne ne prend {number} dans {context} : un téléphone qui l'appelle reçoit 404, un menu va à l'extension i"
    return f"nobody takes {number} in {context}: a phone that calls it gets 404, a menu goes to extension i"


def _greedy(match: Match) -> bool:
    return match.extension is not None and match.extension.name in ("_.", "_!")

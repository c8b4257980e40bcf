"""The line under a table: how many there are, and the figures one would add up by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from xivolab.table import Table

Row = dict[str, Any]

# table: (English, French), singular and plural
_NAMES = {
    "calls": (("call", "calls"), ("appel", "appels")),
    "dialogs": (("dialog", "dialogs"), ("dialogue", "dialogues")),
    "streams": (("stream", "streams"), ("flux", "flux")),
    "quality": (("second", "seconds"), ("seconde", "secondes")),
    "registrations": (("registration", "registrations"), ("enregistrement", "enregistrements")),
    "messages": (("message", "messages"), ("message", "messages")),
    "events": (("event", "events"), ("événement", "événements")),
    "icmp": (("ICMP error", "ICMP errors"), ("erreur ICMP", "erreurs ICMP")),
    "cel": (("CEL event", "CEL events"), ("événement CEL", "événements CEL")),
    "log": (("record", "records"), ("enregistrement", "enregistrements")),
    "journal": (("row", "rows"), ("ligne", "lignes")),
    "queue-calls": (("call", "calls"), ("appel", "appels")),
    "refusals": (("address", "addresses"), ("adresse", "adresses")),
    "findings": (("finding", "findings"), ("constat", "constats")),
    "hosts": (("host", "hosts"), ("machine", "machines")),
    "problems": (("problem", "problems"), ("problème", "problèmes")),
}
_EXTRA = {
    "messages": ("messages", "messages"),
    "again": ("sent again", "répétés"),
    "packets": ("packets", "paquets"),
    "lost": ("lost", "perdus"),
    "worst": ("worst MOS", "MOS minimal"),
    "digits": ("digits", "touches"),
    "accepted": ("accepted", "acceptés"),
    "rejected": ("rejected", "refusés"),
    "of": ("of", "sur"),
}


def totals(shown: Table, all_rows: int, lang: str) -> str:
    """Such as "12 calls: 9 completed, 3 busy; worst MOS 3.1", or "3 calls of 12: …" after a filter."""
    column = 1 if lang == "fr" else 0
    name = shown.record.plural
    rows = list(shown.records())
    # French counts nought as one.
    plural = len(rows) > 1 if lang == "fr" else len(rows) != 1
    head = f"{len(rows)} {_NAMES[name][column][plural]}"
    if len(rows) != all_rows:
        head += f" {_EXTRA['of'][column]} {all_rows}"
    details = _DETAILS[name](rows, lang) if name in _DETAILS and rows else ""
    return f"{head}{_space(lang)}: {details}" if details else head


def _space(lang: str) -> str:
    """French sets a space before a colon and a semicolon, one that does not break."""
    return "\u00a0" if lang == "fr" else ""


def _number(value: float, digits: int, lang: str) -> str:
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if lang == "fr" else text


def _calls(rows: list[Row], lang: str) -> str:
    states = Counter(row["state"] for row in rows)
    text = ", ".join(f"{count} {_state(state, count, lang)}" for state, count in states.most_common())
    return text + _worst(rows, lang)


def _worst(rows: list[Row], lang: str) -> str:
    """The lowest MOS on the scale that most calls have: the scales do not compare."""
    scales = Counter(row["mos_scale"] for row in rows if row["mos_min"] is not None)
    if not scales:
        return ""
    scale = scales.most_common(1)[0][0]
    lowest = min(row["mos_min"] for row in rows if row["mos_min"] is not None and row["mos_scale"] == scale)
    wide = " (wb)" if scale == "wb" else ""
    return f"{_space(lang)}; {_extra('worst', lang)} {_number(lowest, 1, lang)}{wide}"


def _state(state: str, count: int, lang: str) -> str:
    if lang != "fr":
        return state
    from xivolab.report.words import words

    word = words("fr")(f"state-{state}")
    return f"{word}s" if count > 1 and word.endswith("é") else word  # terminés, but sans réponse


def _dialogs(rows: list[Row], lang: str) -> str:
    return (
        f"{_sum(rows, 'messages')} {_extra('messages', lang)}, {_sum(rows, 'retransmissions')} {_extra('again', lang)}"
    )


def _streams(rows: list[Row], lang: str) -> str:
    lost, expected = _sum(rows, "lost"), _sum(rows, "expected")
    share = _number(100 * lost / expected if expected else 0.0, 1, lang)
    return f"{_sum(rows, 'packets')} {_extra('packets', lang)}, {lost} {_extra('lost', lang)} ({share} %)"


def _registrations(rows: list[Row], lang: str) -> str:
    accepted, rejected = _sum(rows, "accepted"), _sum(rows, "rejected")
    return f"{accepted} {_extra('accepted', lang)}, {rejected} {_extra('rejected', lang)}"


def _events(rows: list[Row], lang: str) -> str:
    """The digits in a row: what was typed, as far as the events shown tell."""
    digits = " ".join(row["digit"] for row in rows if row["digit"])
    return f"{_extra('digits', lang)} {digits}" if digits else ""


def _sum(rows: list[Row], field: str) -> int:
    return sum(row[field] for row in rows)


def _extra(key: str, lang: str) -> str:
    return _EXTRA[key][1 if lang == "fr" else 0]


_DETAILS: dict[str, Callable[[list[Row], str], str]] = {
    "calls": _calls,
    "dialogs": _dialogs,
    "streams": _streams,
    "registrations": _registrations,
    "events": _events,
}

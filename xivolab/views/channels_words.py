"""The words of the picture of channels and bridges, in English and French."""

from __future__ import annotations

from xivolab.asterisk.cel.channels import Channel, Fact

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Channels and bridges",
        "none": "This evidence has no channel events (CEL) of this call.",
        "waiting": "not answered",
        "up": "answered",
        "bridge": "bridge",
        "queue": "queue",
        "parked": "parked",
        "time": "seconds since the first event",
        "decimal": ".",
        "held": "waiting",
        "hung up": "hung up by",
        "cause": "cause",
        "blind-transfer": "{channel} transfers {other} to {text}, blind",
        "attended-transfer": "{channel} transfers {other} to {text}, attended",
        "pickup": "{other} picks up the call of {channel}",
        "park": "{channel} is parked in {text}",
        "unpark": "{channel} leaves the parking lot: {text} {other}",
        "forward": "{channel} is forwarded to {other}",
        "local-optimize": "{channel} and {other} are taken out: their ends are bridged",
        "user-event": "{channel}: event {text}",
        "queue-fact": "{channel} enters queue {other}",
        "dtmf": "{channel}: digit {text}",
    },
    "fr": {
        "title": "Canaux et ponts",
        "none": "Ces pièces n’ont pas d’événement de canal (CEL) de cet appel.",
        "waiting": "sans réponse encore",
        "up": "décroché",
        "bridge": "pont",
        "queue": "file",
        "parked": "parqué",
        "time": "secondes depuis le premier événement",
        "decimal": ",",
        "held": "en attente",
        "hung up": "raccroché par",
        "cause": "cause",
        "blind-transfer": "{channel} transfère {other} vers {text}, sans annonce",
        "attended-transfer": "{channel} transfère {other} vers {text}, après consultation",
        "pickup": "{other} intercepte l’appel de {channel}",
        "park": "{channel} est parqué dans {text}",
        "unpark": "{channel} quitte le parking : {text} {other}",
        "forward": "{channel} est renvoyé vers {other}",
        "local-optimize": "{channel} et {other} s’effacent : leurs extrémités sont pontées",
        "user-event": "{channel} : événement {text}",
        "queue-fact": "{channel} entre dans la file {other}",
        "dtmf": "{channel} : touche {text}",
    },
}


def sentence(fact: Fact, words: dict[str, str]) -> str:
    """What happened, in words."""
    key = "queue-fact" if fact.kind == "queue" else fact.kind
    told = words[key].format(channel=fact.channel or "?", other=fact.other or "?", text=fact.text or "?")
    return told.replace(" ?", "").strip()


def label(channel: Channel) -> str:
    """Who is at a channel."""
    who = " ".join(dict.fromkeys(filter(None, (channel.number, channel.person))))
    return f"{channel.name or channel.key} · {who}" if who else channel.name or channel.key


def ending(channel: Channel, words: dict[str, str]) -> str:
    """How a channel ended: its cause and who hung up; "" where nothing tells."""
    parts = [] if channel.cause is None else [f"{words['cause']} {channel.cause}"]
    if channel.source:
        parts.append(f"{words['hung up']} {channel.source}")
    return ", ".join(parts)

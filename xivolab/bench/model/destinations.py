"""Where a call goes next, as XiVO's forms offer it: one text such as `user:1002` or `extension:0612345678@to-extern`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

from xivolab.bench.model.base import RefusedError
from xivolab.bench.model.words import Mistake

# The word here, what XiVO calls it in its tables, and the form of what follows.
ACTIONS = {
    "none": ("none", r""),
    "hangup": ("endcall:hangup", r""),
    "busy": ("endcall:busy", r"\d*"),
    "congestion": ("endcall:congestion", r"\d*"),
    "user": ("user", r"[^:]+(:\d+)?"),
    "group": ("group", r"[^:]+(:\d+)?"),
    "queue": ("queue", r"[^:]+(:\d+)?"),
    "conference": ("meetme", r"[^:]+"),
    "voicemail": ("voicemail", r"\d+(:[bsu]+)?"),
    "extension": ("extension", r"[0-9*#+]+@[\w.-]+"),
    "sound": ("sound", r"[\w./-]+"),
    "custom": ("custom", r"\w+\(.*\)"),
    "disa": ("application:disa", r"(\d+|no-password)@[\w.-]+"),
    "directory": ("application:directory", r"[\w.-]+"),
    "mailboxes": ("application:voicemailmain", r"[\w.-]+"),
    "password": ("application:password", r"\d+"),
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A destination taken apart: XiVO's action and its two arguments."""

    word: str
    action: str
    arg1: str = ""
    arg2: str = ""


def parse(text: str) -> Parsed:
    """Take a destination apart. Raises RefusedError when there is no such destination."""
    word, _, rest = text.partition(":")
    if word not in ACTIONS:
        allowed = ", ".join(ACTIONS)
        raise RefusedError(Mistake("", f"{word!r} is no destination", f"one of {allowed}"))
    action, form = ACTIONS[word]
    if not re.fullmatch(form, rest):
        raise RefusedError(Mistake("", f"{text!r} is not a destination of kind {word}", example(word)))
    if word == "custom":
        return Parsed(word, action, rest)
    if word in ("extension", "disa"):
        first, _, second = rest.partition("@")
    else:
        first, _, second = rest.partition(":")
    return Parsed(word, action, first, second)


def spell(action: str, arg1: str, arg2: str) -> str:
    """The text of an action of XiVO's tables, the other way round."""
    word = next(word for word, (name, _) in ACTIONS.items() if name == action)
    mark = "@" if word in ("extension", "disa") else ":"
    rest = arg1 + (mark + arg2 if arg2 else "")
    return f"{word}:{rest}" if rest else word


def example(word: str) -> str:
    """How a destination of that kind is written."""
    examples = {
        "user": "user:1002, or user:1002:20 to ring 20 s",
        "group": "group:NAME, or group:NAME:30 for 30 s",
        "queue": "queue:NAME, or queue:NAME:30 for 30 s",
        "conference": "conference:NAME",
        "voicemail": "voicemail:1002, or voicemail:1002:s without greeting",
        "extension": "extension:0612345678@to-extern",
        "sound": "sound:FILE, without its ending",
        "custom": "custom:Application(arguments)",
        "disa": "disa:1234@default",
        "directory": "directory:default",
        "mailboxes": "mailboxes:default",
        "password": "password:1234",
    }
    return examples.get(word, word)


def _checked(text: str) -> str:
    parse(text)
    return text


Destination = Annotated[str, AfterValidator(_checked)]

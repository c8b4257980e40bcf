"""The channels of a call over time, and the bridges that joined them: a bar for each channel, a letter for each bridge."""

from __future__ import annotations

from datetime import tzinfo
from functools import cached_property

from xivolab.asterisk.cel.channels import Channel, Fact, Model
from xivolab.views.channels_cells import channels_cells
from xivolab.views.channels_picture import channels_scene
from xivolab.views.channels_span import Span, spans
from xivolab.views.channels_words import WORDS
from xivolab.views.clock import absolute, language, zone
from xivolab.views.picture import Picture
from xivolab.views.scene import Scene


def channels(model: Model, title: str, *, lang: str = "en", tz: str | None = None) -> Channels:
    """The picture of a call's channels. `title` names the call; `lang` is "en" or "fr", `tz` a zone, UTC without.

    Raises UsageError for another language or an unknown zone.
    """
    return Channels(model, title, language(lang, WORDS), zone(tz))


class Channels(Picture):
    """Bars of channels; shows itself in a notebook. `svg()`, `html()`, `text()`, `png()` and `save()` give its forms."""

    def __init__(self, model: Model, title: str, lang: str, place: tzinfo) -> None:
        self.model = model
        self.lang = lang
        self.words = WORDS[lang]
        self._title = title
        self._zone = place

    @property
    def shown(self) -> list[Channel]:
        """Its channels with a time, by their beginning."""
        return [one for one in self.model.channels if spans(one, self.end)]

    @property
    def facts(self) -> list[Fact]:
        """What happened, by time."""
        return [fact for fact in self.model.facts if fact.time >= self.start]

    @cached_property
    def start(self) -> int:
        """When it begins, in ns."""
        return min((event.time for event in self.model.events if event.time > 0), default=0)

    @cached_property
    def end(self) -> int:
        """When it ends, in ns."""
        return max((event.time for event in self.model.events if event.time > 0), default=0)

    @cached_property
    def letters(self) -> dict[str, str]:
        """A letter for each bridge, in the order in which they were entered."""
        return {bridge: _letter(n) for n, bridge in enumerate(self.model.bridges)}

    @property
    def heading(self) -> str:
        """What it is and of which call."""
        seconds = f"{(self.end - self.start) / 1e9:.1f}".replace(".", self.words["decimal"])
        when = f" · {absolute(self.start / 1e9, self._zone)} · {seconds} s" if self.start else ""
        return f"{self.words['title']} · {self._title}{when}"

    def bars(self, channel: Channel) -> list[Span]:
        """The stretches of a channel."""
        return spans(channel, self.end)

    def scene(self) -> Scene:
        """The bars in pixels."""
        return channels_scene(self)

    def text_scene(self, width: int) -> Scene:
        """The bars in character cells."""
        return channels_cells(self, width)

    def __repr__(self) -> str:
        return f"<Channels {self._title}: {len(self.model.channels)} channels, {len(self.letters)} bridges>"


def _letter(n: int) -> str:
    return chr(65 + n) if n < 26 else f"{chr(64 + n // 26)}{chr(65 + n % 26)}"

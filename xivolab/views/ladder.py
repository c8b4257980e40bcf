"""The SIP ladder of a call: hosts, numbered messages, session descriptions, and RTP as bands with their quality."""

from __future__ import annotations

from datetime import tzinfo
from functools import cached_property

from xivolab.views.captions import Captions
from xivolab.views.clock import language, zone
from xivolab.views.flow import Flow, flow
from xivolab.views.ladder_cells import ladder_cells
from xivolab.views.ladder_picture import ladder_scene
from xivolab.views.ladder_words import WORDS
from xivolab.views.picture import Picture
from xivolab.views.scene import Scene
from xivolab.views.subjects import Call


def ladder(call: Call, *, lang: str = "en", secrets: bool = False, tz: str | None = None) -> Ladder:
    """The ladder of a call, all its legs in one picture.

    `lang` ("en", "fr") is the language of the words; `secrets=True` shows digest responses, passwords and media keys;
    `tz` names the zone of absolute times, UTC without. Raises UsageError for another language or an unknown zone.
    """
    return Ladder(call, language(lang, WORDS), secrets, zone(tz))


class Ladder(Picture):
    """A ladder; shows itself in a notebook. `svg()`, `html()`, `text()`, `png()` and `save()` give its forms."""

    def __init__(self, call: Call, lang: str, secrets: bool, place: tzinfo) -> None:
        self._call = call
        self._lang = lang
        self._secrets = secrets
        self._zone = place

    @cached_property
    def flow(self) -> Flow:
        """What the ladder shows, in order."""
        return flow(self._call)

    @cached_property
    def _captions(self) -> Captions:
        return Captions(self._call, self.flow, self._lang, self._zone)

    def scene(self) -> Scene:
        """The ladder in pixels."""
        return ladder_scene(self.flow, self._captions, secrets=self._secrets)

    def text_scene(self, width: int) -> Scene:
        """The ladder in character cells."""
        return ladder_cells(self.flow, self._captions, width)

    def __repr__(self) -> str:
        return f"<Ladder {self._captions.title()}: {len(self._call.messages)} messages>"

"""The configuration of a PBX: all objects, the checks across them, and its YAML."""

from __future__ import annotations

import random
import secrets
import string
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError, model_validator

from xivolab.bench.model.base import ConfigurationError, Item, RefusedError, mistakes_of
from xivolab.bench.model.groups import Agent, Group, Queue
from xivolab.bench.model.hours import Schedule
from xivolab.bench.model.numbering import Context, Entity
from xivolab.bench.model.offices import CallFilter, Pickup
from xivolab.bench.model.people import Line, User, Voicemail
from xivolab.bench.model.references import References
from xivolab.bench.model.rooms import Conference, Paging
from xivolab.bench.model.routes import CallRight, Incall, Outcall
from xivolab.bench.model.services import (
    FeatureCodes,
    FileName,
    MusicOnHold,
    Parking,
    Subroutines,
    VoicemailGeneral,
)
from xivolab.bench.model.sip import SipGeneral
from xivolab.bench.model.trunks import CustomTrunk, Trunk
from xivolab.bench.model.words import Mistake

_NAMESPACE = uuid.UUID("0b753150-5de5-4718-9f26-059e45538c9d")
_LETTERS = string.ascii_lowercase + string.digits


class Configuration(Item):
    """A whole PBX. Ids, line names and secrets that are not given are made up, once: they stand in the YAML afterwards."""

    entities: list[Entity] = []
    contexts: list[Context] = []
    sip: SipGeneral = SipGeneral()
    voicemail_general: VoicemailGeneral = VoicemailGeneral()
    features: FeatureCodes = FeatureCodes()
    parking: Parking = Parking()
    subroutines: Subroutines = Subroutines()
    moh: list[MusicOnHold] = []
    schedules: list[Schedule] = []
    rights: list[CallRight] = []
    voicemails: list[Voicemail] = []
    users: list[User] = []
    groups: list[Group] = []
    agents: list[Agent] = []
    queues: list[Queue] = []
    conferences: list[Conference] = []
    pagings: list[Paging] = []
    pickups: list[Pickup] = []
    callfilters: list[CallFilter] = []
    trunks: list[Trunk] = []
    custom_trunks: list[CustomTrunk] = []
    outcalls: list[Outcall] = []
    incalls: list[Incall] = []
    files: dict[FileName, str] = {}
    """Fichiers de configuration: dialplan of one's own, by file name."""

    @model_validator(mode="after")
    def _whole(self) -> Configuration:
        _complete(self)
        mistakes = References(self).mistakes()
        if mistakes:
            raise RefusedError(*mistakes)
        return self

    # Ways in and out

    @classmethod
    def of(cls, data: Any, where: str = "configuration", lang: str = "en") -> Configuration:
        """Make one of plain data. Raises ConfigurationError with every mistake, in words of `lang` (en, fr)."""
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise ConfigurationError(mistakes_of(error, lang), where) from error

    @classmethod
    def from_yaml(cls, text: str, where: str = "configuration", lang: str = "en") -> Configuration:
        """Read YAML. Raises ConfigurationError, also where the text is no YAML."""
        import yaml

        from xivolab.bench.model.plain_yaml import PlainLoader

        try:
            data = yaml.load(text, PlainLoader)  # noqa: S506 - a SafeLoader
        except yaml.YAMLError as error:
            place = getattr(error, "problem_mark", None)
            at = f"line {place.line + 1}" if place else "YAML"
            mistake = Mistake(at, "this is not YAML", "see the examples in the documentation")
            raise ConfigurationError([mistake], where) from error
        return cls.of({} if data is None else data, where, lang)

    @classmethod
    def read(cls, path: Path, lang: str = "en") -> Configuration:
        """Read a YAML file. Raises ConfigurationError, OSError."""
        return cls.from_yaml(path.read_text(encoding="utf-8"), str(path), lang)

    def yaml(self) -> str:
        """As YAML, without what stands at its default: `from_yaml` gives the same configuration again."""
        import yaml

        data = self.model_dump(mode="json", exclude_defaults=True)
        return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120))

    def copy_checked(self, **changes: Any) -> Configuration:
        """A copy with some fields replaced, checked as a whole. Raises ConfigurationError."""
        return Configuration.of({**self.model_dump(), **changes})

    # Looking things up

    def lines(self) -> Iterator[tuple[User, Line]]:
        """Every line with its user."""
        for user in self.users:
            for line in user.lines:
                yield user, line

    def user(self, reference: str) -> User:
        """The user with that number, `number@context` where two contexts have it. Raises KeyError."""
        number, _, context = reference.partition("@")
        for user, line in self.lines():
            if line.number == number and context in ("", line.context):
                return user
        raise KeyError(reference)

    def context(self, name: str) -> Context:
        """A context by its name. Raises KeyError."""
        for context in self.contexts:
            if context.name == name:
                return context
        raise KeyError(name)


def _complete(configuration: Configuration) -> None:
    """Give ids, UUIDs, line names and secrets to what has none; each is drawn once and then stands in the configuration."""
    for items in _with_ids(configuration):
        taken = {item.id for item in items if item.id}
        fresh = (number for number in range(1, len(items) + len(taken) + 1) if number not in taken)
        for item in items:
            if not item.id:
                item.id = next(fresh)
    for items in _sorted_lists(configuration):
        items.sort(key=lambda item: item.id)
    for user in configuration.users:
        if not user.uuid:
            user.uuid = str(uuid.uuid5(_NAMESPACE, f"user {user.id}"))
    draw = random.Random(secrets.randbits(64))  # noqa: S311 - names, not secrets
    for _, line in configuration.lines():
        if not line.name:
            line.name = "".join(draw.choices(_LETTERS, k=8))
        if not line.secret:
            line.secret = secrets.token_urlsafe(9)


def _sorted_lists(configuration: Configuration) -> Iterable[list[Any]]:
    """The lists of objects with ids: they stand in the order of their ids, as in the database."""
    return (
        configuration.entities, configuration.schedules, configuration.rights, configuration.voicemails,
        configuration.users, *(user.lines for user in configuration.users), configuration.groups,
        configuration.agents, configuration.queues, configuration.conferences, configuration.pagings,
        configuration.pickups, configuration.callfilters, configuration.trunks, configuration.custom_trunks,
        configuration.outcalls, configuration.incalls,
    )  # fmt: skip


def _with_ids(configuration: Configuration) -> Iterable[list[Any]]:
    """What is numbered together: the lines of all users, trunks of both kinds."""
    lines = [line for _, line in configuration.lines()]
    trunks = [*configuration.trunks, *configuration.custom_trunks]
    apart = {
        id(configuration.trunks),
        id(configuration.custom_trunks),
        *(id(user.lines) for user in configuration.users),
    }
    return (*(items for items in _sorted_lists(configuration) if id(items) not in apart), lines, trunks)

"""Every field of a configuration changed to something else that is allowed, one at a time."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from xivolab.bench.model import Configuration, ConfigurationError

_TEXTS = ("autre", "12", "1003", "0612345679", "2001", "3001", "4001", "6790", "to-extern", "support", "boucle", "sound:b",
          "none", "07XXXXXXXX", "en", "radio", "bureau2", "08:00-12:00", "2-4", "1-2", "Europe/Paris", "h.example",
          "198.51.100.7", "a@b.example", "/usr/bin/other", "/a/b", "zzzzzzzz", "1001", "Local/1000@default", "@default",
          "0123456781", "1098", "2098", "3098", "4098", "821", "799", "800", "*77", "x.conf", "accueil", "ville")  # fmt: skip

Path = tuple[str | int, ...]
Field = tuple[type[BaseModel], str]


def mutations(data: dict[str, Any], done: set[Field]) -> Iterator[tuple[Path, Field, Configuration | None]]:
    """A path, its field, and the configuration that differs there; None for one that others point to, and that cannot be
    changed alone. Fields that are in `done` by then are left out.
    """
    whole = Configuration.of(data)
    plain = whole.model_dump()
    for path, model, field in _leaves(whole, ()):
        if (model, field) not in done:
            yield path, (model, field), _changed(plain, path, model, field, whole)


def _leaves(item: BaseModel, path: Path) -> Iterator[tuple[Path, type[BaseModel], str]]:
    for name in type(item).model_fields:
        value = getattr(item, name)
        if isinstance(value, BaseModel):
            yield from _leaves(value, (*path, name))
        elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
            for place, entry in enumerate(value):
                yield from _leaves(entry, (*path, name, place))
        else:
            yield (*path, name), type(item), name


def _changed(
    plain: dict[str, Any], path: Path, model: type[BaseModel], field: str, whole: Configuration
) -> Configuration | None:
    for candidate in _candidates(_at(plain, path), model.model_fields[field].annotation):
        data = copy.deepcopy(plain)
        _at(data, path[:-1])[path[-1]] = candidate
        try:
            other = Configuration.of(data)
        except ConfigurationError:
            continue
        if other != whole:
            return other
    return None


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _candidates(value: Any, annotation: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
        return
    if isinstance(value, int):
        yield from (value + 1, value - 1, value * 2)
        return
    choices = list(_choices(annotation))
    if isinstance(value, list):
        yield from ([choice] for choice in choices)
        yield []
        yield value[:1]
        yield from ([text] for text in ("10.1.0.0/16", *_TEXTS))
        return
    if isinstance(value, dict):
        yield {}
        return
    yield from choices
    yield from _TEXTS
    yield from (1, 90, True, None)


def _choices(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    for part in get_args(annotation):
        if not isinstance(part, str):
            yield from _choices(part)

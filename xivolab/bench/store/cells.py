"""Values of the model as cells of a table, and back: XiVO keeps yes and no as 1 and 0, and lists separated by commas."""

from __future__ import annotations

import types
from typing import Any, get_args, get_origin

from pydantic import BaseModel

Row = dict[str, Any]


def columns(model: type[BaseModel], leave_out: set[str] | frozenset[str] = frozenset()) -> dict[str, str]:
    """The columns that hold the fields of a model: their names, and their SQL types."""
    fields = {name: field.annotation for name, field in model.model_fields.items() if name not in leave_out}
    return {name: _sql_type(annotation) for name, annotation in fields.items()}


def cells(item: BaseModel, leave_out: set[str] | frozenset[str] = frozenset()) -> Row:
    """The fields of an object as one row."""
    return {name: cell(getattr(item, name)) for name in type(item).model_fields if name not in leave_out}


def fields(model: type[BaseModel], row: Row, leave_out: set[str] | frozenset[str] = frozenset()) -> Row:
    """The other way: what of a row belongs to a model, as data to validate."""
    found: Row = {}
    for name, field in model.model_fields.items():
        if name in leave_out or name not in row:
            continue
        value = row[name]
        if isinstance(value, str) and _is_list(field.annotation):
            value = value.split(",") if value else []
        found[name] = value
    return found


def cell(value: Any) -> Any:
    """One value as PostgreSQL keeps it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        return ",".join(str(entry) for entry in value)
    return value


def _bare(annotation: Any) -> Any:
    """An annotation without its `None`."""
    if get_origin(annotation) in (types.UnionType, __import__("typing").Union):
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def _is_list(annotation: Any) -> bool:
    return get_origin(_bare(annotation)) is list


def _sql_type(annotation: Any) -> str:
    bare = _bare(annotation)
    if get_origin(bare) is not None and hasattr(bare, "__metadata__"):
        bare = get_args(bare)[0]
    return "integer" if bare in (int, bool) else "text"

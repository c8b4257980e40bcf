"""The records as JSON Schema (draft 2020-12) and as a page of documentation, both made from `xivolab.schema`."""

from __future__ import annotations

from typing import Any

from xivolab.schema import ALL_RECORDS, VERSION, Field, Record

_TYPES = {"time": "number", "int": "integer", "float": "number", "bool": "boolean", "str": "string", "list": "array"}
_ITEMS = {"str": "string", "int": "integer", "object": "object"}


def json_schema(record: Record) -> dict[str, Any]:
    """The schema of one record, as its command with `--json` prints a list of them.

    Further properties are allowed: fields may be added, none of these changes.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:xivolab:{record.name}:{VERSION}",
        "title": record.name,
        "description": record.meaning,
        "type": "object",
        "properties": {field.name: _property(field) for field in record.fields},
        "required": [field.name for field in record.fields],
    }


def _property(field: Field) -> dict[str, Any]:
    kind = _TYPES[field.kind]
    found: dict[str, Any] = {"type": [kind, "null"] if field.null else kind, "title": field.en}
    description = _meaning(field)
    if description:
        found["description"] = description
    if field.values:
        found["enum"] = [*field.values, None] if field.null else list(field.values)
    if field.kind == "list":
        found["items"] = {"type": _ITEMS[field.items]}
    return found


def _meaning(field: Field) -> str:
    unit = "epoch seconds" if field.kind == "time" else field.unit
    return f"{field.meaning} ({unit})" if unit else field.meaning


def markdown() -> str:
    """The page `docs/schema.md`: one table for each record."""
    parts = [
        "# The records",
        "",
        "Made from `xivolab/schema/` by `xivolab schema --markdown`; a test says when it is out of date.",
        "",
        "Times are epoch seconds in JSON, `datetime64[ns, UTC]` in DataFrames; what is unknown is null, never NaN.",
        "Fields may be added; none of these changes its name or its meaning.",
    ]
    for record in ALL_RECORDS.values():
        parts += ["", f"## {record.name}", "", f"`xivolab {record.command or record.plural}`: {record.meaning}.", ""]
        parts += ["| field | type | en | fr | meaning |", "| --- | --- | --- | --- | --- |"]
        parts += [_row(field) for field in record.fields]
    return "\n".join(parts) + "\n"


def _row(field: Field) -> str:
    kind = f"list of {field.items}" if field.kind == "list" else field.kind
    if field.null:
        kind += " or null"
    meaning = _meaning(field)
    if field.values:
        meaning += f"; one of {', '.join(field.values)}"
    cells = (f"`{field.name}`", kind, field.en, field.fr, meaning)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

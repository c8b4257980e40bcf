from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from tests.bench.model.everything import data, everything
from tests.bench.model.mutations import Field, mutations
from xivolab.bench import agid
from xivolab.bench.model.presets import course, small
from xivolab.bench.render import render
from xivolab.bench.store.rows import rows

_STATEMENTS = "\n".join(path.read_text() for path in Path(agid.__file__).parent.glob("*.py"))
# What has no effect on calls: names for people, the groups of agents (statistics count by them), ids inside the database.
LABELS = {"displayname", "description", "id"}
# What others point to and cannot be changed alone, and ranges, which bound the numbers of others: tests/bench/model/test_references.py.
POINTED_TO = {
    "Entity": {"name"},
    "Context": {"entity", "users", "groups", "queues", "conferences", "incalls"},
    "Range": {"start", "end", "did_length"},
    "Parking": {"parkpos_start"},
    "MusicOnHold": {"mode"},
    "Schedule": {"name"},
    "CallRight": {"name"},
    "Voicemail": {"mailbox"},
    "Line": {"context"},
    "User": {"voicemail"},
    "Group": {"name", "context"},
    "Queue": {"context"},
    "Agent": {"number", "group"},
    "AgentMember": {"agent"},
    "Conference": {"context"},
    "Pickup": {"name"},
    "Trunk": {"name"},
    "CustomTrunk": {"name", "interface"},
    "Outcall": {"context"},
    "Incall": {"callerid"},
}


def _read_at_call_time(before: dict[str, object], after: dict[str, object]) -> bool:
    """Whether a table that the AGI service asks differs, in a column that it names."""
    for table in before:
        old, new = list(before[table]), list(after[table])  # type: ignore[call-overload]
        if old == new or not re.search(rf'\b(?:FROM|JOIN) "?{table}\b', _STATEMENTS):
            continue
        columns = {key for row in [*old, *new] for key in row}
        differing = {
            key
            for key in columns
            if [row.get(key) for row in old] != [row.get(key) for row in new] or len(old) != len(new)
        }
        if any(re.search(rf"\b{column}\b", _STATEMENTS) for column in differing):
            return True
    return False


@pytest.mark.slow
def test_every_field_has_an_effect() -> None:
    """Nothing can be configured in vain: a change of any field changes a file, or a column that a call asks for."""
    whole = everything()
    files, tables = render(whole), rows(whole)
    settled = _settled(whole)
    effective = set(settled)
    tried = {}
    for path, field, other in mutations(data(), effective):
        tried[field] = ".".join(map(str, path))
        if other is not None and (render(other) != files or _read_at_call_time(tables, rows(other))):  # type: ignore[arg-type]
            effective.add(field)
    assert {place for field, place in tried.items() if field not in effective} == set(), "fields that change nothing"
    assert len(effective - settled) > 300


def _settled(item: BaseModel) -> set[Field]:
    """The fields that this test does not try."""
    found = {
        (type(item), name)
        for name in type(item).model_fields
        if name in LABELS or name in POINTED_TO.get(type(item).__name__, ())
    }
    for name in type(item).model_fields:
        value = getattr(item, name)
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, BaseModel):
                found |= _settled(entry)
    return found


@pytest.mark.parametrize("make", [small, course, everything])
def test_no_file_has_a_line_that_asterisk_would_not_read(make: object) -> None:
    for name, text in render(make()).items():  # type: ignore[operator]
        for line in text.splitlines():
            assert line == line.rstrip()
            assert re.match(r"$|;|#|\[[^\]]+\]|\s*[\w-]+ (=>|=) ?|\d+ => ", line), f"{name}: {line}"


def test_files_of_ones_own_come_in_the_folder_of_xivo() -> None:
    files = render(everything())
    assert files["extensions_extra.d/avant.conf"] == "[avant]\nexten => s,1,Return()\n"
    assert "#tryinclude extensions_extra.d/*.conf" in files["extensions.conf"]

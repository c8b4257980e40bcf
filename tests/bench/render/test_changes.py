from __future__ import annotations

from xivolab.bench.model.presets import small
from xivolab.bench.render import reloads, render
from xivolab.bench.render.changes import changed


def test_only_what_reads_a_changed_file_is_reloaded() -> None:
    before = small()
    assert reloads(render(before), render(before)) == []
    music = before.copy_checked(moh=[{"name": "attente"}])
    assert reloads(render(before), render(music)) == ["moh reload"]
    group = before.copy_checked(groups=[])
    assert reloads(render(before), render(group)) == ["dialplan reload", "queue reload all"]


def test_files_that_come_and_go_are_changed() -> None:
    assert changed({"a": "1", "b": "2"}, {"b": "2", "extensions_extra.d/c.conf": "3"}) == [
        "a",
        "extensions_extra.d/c.conf",
    ]
    assert reloads({}, {"extensions_extra.d/c.conf": "3"}) == ["dialplan reload"]

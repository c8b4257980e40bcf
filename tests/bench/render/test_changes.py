from __future__ import annotations

import re

from xivolab.bench.model.presets import small
from xivolab.bench.plant import Bench
from xivolab.bench.render import reloads, render
from xivolab.bench.render.changes import READERS, changed


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


def test_a_line_is_reloaded_with_the_dialplan() -> None:
    before = small()
    users = [*before.model_dump()["users"], {"firstname": "Neuf", "lines": [{"number": "1090"}]}]
    commands = reloads(render(before), render(before.copy_checked(users=users)))
    assert commands[0] == "dialplan reload"
    assert "module reload res_pjsip.so" in commands


def test_asterisk_knows_every_command(bench: Bench) -> None:
    for commands in READERS.values():
        for command in commands:
            assert not re.search("No such command|does not support|No such module", bench.pbx.ask(command)), command

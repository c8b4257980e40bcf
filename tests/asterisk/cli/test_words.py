"""Words for people."""

from __future__ import annotations

from xivolab.asterisk.cli.words import NOTES, TITLES, note, title
from xivolab.schema import CLI_RECORDS


def test_every_table_has_a_title_and_every_remark_is_said_in_two_languages() -> None:
    assert set(TITLES) == set(CLI_RECORDS)
    told = next(field.meaning for field in CLI_RECORDS["channelstats"].fields if field.name == "notes")
    assert set(NOTES) == set(told.split(", "))
    assert title("queues", "fr") == "Files d'attente"
    assert all(note(code, "en") != note(code, "fr") for code in NOTES)

"""The trace of a call as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.asterisk.trace.dialplan import Log, gates_open, to_user, to_voicemail
from xivolab.errors import UsageError
from xivolab.views.trace import Trace, trace


def call(lang: str = "en") -> Trace:
    log = gates_open(to_user(Log())).run("s@user:48", "Dial", "PJSIP/bob,30").say("Called PJSIP/bob")
    log.say("Nobody picked up in 30000 ms").run("s@user:49", "Goto", "user,NOANSWER,1").goto("user", "NOANSWER", 1)
    return trace(to_voicemail(log, "NOANSWER").spawn().lines, "77999 → 70060", lang=lang)


@pytest.mark.parametrize("width", [60, 80, 132])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_text_keeps_its_width(width: int, lang: str) -> None:
    lines = call(lang).text(width).splitlines()
    assert max(map(len, lines)) <= width
    assert lines[0].startswith("77999 → 70060")


def test_text_tells_decisions_and_places() -> None:
    text = call().text(100)
    assert "✔ call right: allowed" in text
    assert "✖ calls PJSIP/bob (30\xa0s): nobody answered after 30\xa0s" in text.replace("(30 s)", "(30\xa0s)")
    assert any(line.endswith(" :4") for line in text.splitlines())


def test_records_are_json_with_their_places() -> None:
    rows = json.loads(json.dumps(call().records()))
    assert rows[0]["code"] == "channel"
    right = next(row for row in rows if row["code"] == "right")
    assert (right["context"], right["fields"]["state"], right["file"]) == ("xivo-user_rights_check", "allowed", "full")
    assert right["line"] is not None


def test_html_opens_on_the_records_of_the_log() -> None:
    page = call("fr").html()
    assert "droit d’appel : autorisé" in page
    assert "Executing [s@xivo-user_rights_check:3] GotoIf(" in page
    assert "<script" not in page


def test_what_the_log_holds_is_escaped() -> None:
    log = Log().run("<b>@in:1", "Playback", "<script>alert(1)</script>").say("\x1b[31mred", "WARNING")
    page = trace(log.lines, "<i>").html()
    assert "<script>alert" not in page
    assert "\x1b" not in page


def test_saved_in_every_form(tmp_path: Path) -> None:
    for name in ("t.svg", "t.html", "t.txt", "t.png"):
        assert call().save(tmp_path / name).stat().st_size > 500


def test_a_log_without_dialplan_says_so() -> None:
    assert trace([], "x").text(80).strip() == "The log holds no step of the dialplan for this call."
    assert "aucune étape" in trace([], "x", lang="fr").html()


def test_a_language_without_words() -> None:
    with pytest.raises(UsageError, match="no such language"):
        trace([], "x", lang="de")


def test_repr_counts() -> None:
    assert repr(call()).startswith("<Trace 77999 → 70060: ")

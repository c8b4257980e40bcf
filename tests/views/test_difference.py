"""Two messages side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import xivolab
from tests.captures import ROOT
from xivolab.errors import UsageError
from xivolab.views.difference import MessageDifference, pieces

CASE = xivolab.open(ROOT / "captures" / "clean-call")


def retry(secrets: bool = False) -> MessageDifference:
    """The INVITE without and with credentials."""
    messages = CASE.call_list()[0].messages
    return messages[0].diff(messages[3], secrets=secrets)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    assert max(map(len, retry().text(width).splitlines())) <= width


def test_signs_and_marks_tell_what_differs() -> None:
    lines = retry().text(400).splitlines()
    assert any(line.startswith("~ CSeq: «") for line in lines)
    assert any(line.startswith("+ ") and "│ Authorization: Digest" in line for line in lines)
    assert sum(line[0] in "~+-" for line in lines) == len(retry().record()["differences"])


def test_a_message_is_the_same_as_itself() -> None:
    message = CASE.message(0)
    assert message.diff(message).record()["differences"] == []
    assert "«" not in message.diff(message).text()


def test_secrets_are_hidden_unless_asked_for() -> None:
    for form in (retry().text(400), retry().html(), json.dumps(retry().record(), ensure_ascii=False)):
        assert "•••" in form
    for form in (retry(secrets=True).text(400), retry(secrets=True).html(), json.dumps(retry(secrets=True).record())):
        assert "•••" not in form


def test_saved_by_the_end_of_the_name(tmp_path: Path) -> None:
    for name in ("a.html", "a.txt"):
        retry().save(tmp_path / name)
    assert "<ins>" in (tmp_path / "a.html").read_text()
    assert "Authorization" in (tmp_path / "a.txt").read_text()
    with pytest.raises(UsageError, match="cannot write such a file"):
        retry().save(tmp_path / "a.doc")


def test_shows_itself_in_a_notebook() -> None:
    assert set(retry()._repr_mimebundle_()) == {"text/plain", "text/html"}


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_are_the_text(one: str, other: str) -> None:
    assert "".join(text for text, _ in pieces(one, other)) == one
    assert one != other or not any(marked for _, marked in pieces(one, other))

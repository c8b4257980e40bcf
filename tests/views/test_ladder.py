"""The ladder of a call, whole."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from xivolab.errors import UsageError
from xivolab.testing import tcall, tmessage
from xivolab.views.ladder import ladder

NS = {"s": "http://www.w3.org/2000/svg"}
SECRET = 'Authorization: Digest username="alice", response="0badc0de"\r\n'


def test_one_numbered_arrow_for_each_message_in_order() -> None:
    call = tcall()
    root = ElementTree.fromstring(ladder(call).svg())
    messages = root.findall("s:g[@class='message']", NS)
    assert len(messages) == len(call.messages)
    assert [len(message.findall("s:line", NS)) for message in messages] == [1] * len(messages)
    numbers = [(message.findall("s:text", NS)[-1].text) for message in messages]
    assert numbers == [str(n) for n in range(1, len(messages) + 1)]


def test_every_word_of_a_message_is_in_the_page_and_its_secrets_are_not() -> None:
    call = tcall([tmessage(headers=SECRET)], [])
    hidden, shown = ladder(call).html(), ladder(call, secrets=True).html()
    assert "Call-ID: leg-a@test" in hidden
    assert "0badc0de" not in hidden
    assert "0badc0de" in shown


@pytest.mark.parametrize("form", ["svg", "html"])
def test_a_name_full_of_markup_stays_a_name(form: str) -> None:
    nasty = '"><script>alert(1)</script>'
    call = tcall(
        [tmessage(f"SIP/2.0 200 {nasty}", headers=f"Subject: {nasty}\r\n")],
        [],
        from_user=nasty,
        names={"10.77.0.11": nasty},
    )
    page = getattr(ladder(call), form)()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_words_follow_the_language() -> None:
    assert "gigue 0,4 ms · 299 paquets" in ladder(tcall(), lang="fr").svg()
    assert "jitter 0.4 ms · 299 packets" in ladder(tcall(), lang="en").svg()


@pytest.mark.parametrize("options", [{"lang": "de"}, {"tz": "Mars/Olympus"}])
def test_options_that_are_none(options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        ladder(tcall(), **options)  # type: ignore[arg-type]


def test_absolute_times_are_of_the_zone() -> None:
    assert "2023-11-14 23:13:20.000 CET" in ladder(tcall(), tz="Europe/Paris").text()


def test_many_messages() -> None:
    messages = [tmessage("OPTIONS sip:x@y SIP/2.0", at=n / 10, cseq=f"{n} OPTIONS") for n in range(500)]
    assert ladder(tcall(messages, [])).svg().count('<g class="message">') == 500


def test_it_says_what_it_is() -> None:
    assert repr(ladder(tcall())) == "<Ladder alice → 1002: 16 messages>"

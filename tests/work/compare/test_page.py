"""A comparison as text and as HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.captures import ROOT
from tests.work.compare.crossing import PHONE, Between, message, points
from xivolab.errors import UsageError
from xivolab.testing import tpcap
from xivolab.work.compare.comparison import compare

ALG, LOSS = (
    compare(ROOT / "captures" / name / "phone.pcap", ROOT / "captures" / name / "pbx.pcap")
    for name in ("two-points-sip-alg", "two-points-loss")
)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_text_fits_the_terminal(width: int, lang: str) -> None:
    assert max(map(len, LOSS.text(width, lang).splitlines())) <= width


def test_text_of_one_call_leaves_the_rest_out() -> None:
    assert "Outside calls" in LOSS.text()
    assert "Outside calls" not in LOSS.text(call="1002")
    assert "alice → 1002" in LOSS.text(call="1002")


def test_captures_without_calls_say_so(tmp_path: Path) -> None:
    empty = tpcap(tmp_path / "empty.pcap", [])
    assert compare(empty, empty).text().endswith("\nNo call in these captures\n")


def test_html_shows_losses_and_folds_what_was_rewritten() -> None:
    shown = ALG.summary("fr")._repr_mimebundle_()
    assert "<details><summary>INVITE, A\u00a0→\u00a0B : 5 différences</summary>" in shown["text/html"]
    assert "<script" not in shown["text/html"]
    assert shown["text/plain"].startswith("A est alice:eth0")
    assert LOSS._repr_mimebundle_()["text/html"].count("<table>") == 1
    with pytest.raises(UsageError, match="no such language"):
        ALG.summary("de")


def test_rewriting_is_told_message_by_message() -> None:
    told = ALG.rewrites_text(call="1002")
    assert told.startswith("INVITE  A\u00a0→\u00a0B\n  Via: SIP ALG\n    − SIP/2.0/UDP 192.168.77.20:5060;branch=")
    assert "    + c=IN IP4 10.77.0.60\n" in told
    assert LOSS.rewrites_text() == ""


def test_nothing_of_a_capture_is_trusted(tmp_path: Path) -> None:
    """Markup is escaped, secrets are hidden, control characters are shown as pictures."""
    evil = message(
        0.0,
        "a-to-b",
        "INVITE sip:<script>alert(1)</script>@x SIP/2.0",
        "1 INVITE",
        headers=f'Contact: <sip:"><img src=x>@{PHONE}>\r\nAuthorization: Digest response="0123456789abcdef"\r\nX-Bell: \x07\r\n',
    )
    a, b = points([evil], Between(), tmp_path)
    b.write_bytes(
        b.read_bytes()
        .replace(b"<img src=x>", b"<img src=y>")
        .replace(b"\x07", b"\x08")
        .replace(b"89abcdef", b"89abcdee")
    )
    found = compare(a, b)
    page = found.summary()._repr_mimebundle_()["text/html"] + found.ladder().html()
    for text in (page, found.text(), found.rewrites_text()):
        assert "0123456789abcde" not in text
        assert "\x07" not in text
    assert "<script>" not in page
    assert "<img" not in page
    assert "Authorization" in found.rewrites_text()

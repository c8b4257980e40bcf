"""Nothing from a capture becomes HTML."""

from __future__ import annotations

from xivolab.report.html import Block, Cell, badge, html, join, table, tag


def test_text_is_escaped_once() -> None:
    assert html("<b>&") == "&lt;b&gt;&amp;"
    assert html(html("<b>")) == "&lt;b&gt;"


def test_content_and_attributes_are_escaped() -> None:
    assert (
        tag("a", "<x>", href='"><script>', class_="c") == '<a href="&quot;&gt;&lt;script&gt;" class="c">&lt;x&gt;</a>'
    )


def test_an_attribute_without_a_value_is_left_out() -> None:
    assert tag("td", 3, class_="", id_=None) == "<td>3</td>"


def test_a_table_escapes_its_cells() -> None:
    shown = table(["<head>"], [[Cell("<1>", numeric=True)], ["<2>"]])
    assert '<td class="num">&lt;1&gt;</td>' in shown
    assert "<td>&lt;2&gt;</td>" in shown
    assert "&lt;head&gt;" in shown


def test_a_badge_has_a_sign_beside_its_colour() -> None:
    assert "✘" in badge("failed", "bad")
    assert "✔" in badge("completed", "good")


def test_a_block_shows_html_and_plain_text() -> None:
    shown = Block(join([tag("p", "a")]), "a")._repr_mimebundle_()
    assert shown["text/html"].endswith('<div class="xl"><p>a</p></div>')
    assert shown["text/plain"] == "a"

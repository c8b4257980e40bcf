"""The HTML painter: what opens, and what is left where style sheets are taken away."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from xivolab.testing import tcall, tmessage
from xivolab.views.html import html, page
from xivolab.views.ladder import ladder
from xivolab.views.scene import Details, Group, Scene, Text


class Found(HTMLParser):
    """Tags, attributes and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[-1]][-1] += data


def scene(text: str = "INVITE sip:b@c SIP/2.0\r\nVia: x") -> Scene:
    details = Details("1  INVITE", "22:13:20", text, top=60, height=30)
    return Scene(
        200, 100, (Group("head", (Text(5, 5, "alice"),)), Group("message", (), "tip", details)), "A title", head=50
    )


def test_each_message_opens_without_a_script_or_a_server() -> None:
    found = Found(html(scene(), "plain"))
    tags = [tag for tag, _ in found.tags]
    assert tags.count("details") == tags.count("summary") == 1
    assert "script" not in tags
    assert not any(name in attributes for _, attributes in found.tags for name in ("src", "href", "onclick"))
    assert "INVITE sip:b@c SIP/2.0\nVia: x" in found.texts["pre"]


def test_hovering_tells_what_the_group_tells() -> None:
    (summary,) = (attributes for tag, attributes in Found(html(scene(), "plain")).tags if tag == "summary")
    assert summary["title"] == "tip"


def test_nothing_in_a_message_is_markup() -> None:
    found = Found(html(scene("</pre><script>alert(1)</script><img src=x>"), "<b>plain</b>"))
    assert {"script", "img"}.isdisjoint(tag for tag, _ in found.tags)
    assert found.texts["pre"] == ["<b>plain</b>", "</pre><script>alert(1)</script><img src=x>"]


def test_without_its_style_sheet_the_picture_hides_and_the_text_shows() -> None:
    found = Found(html(scene(), "plain text of the ladder"))
    stage = next(attributes for tag, attributes in found.tags if attributes.get("class") == "xv-stage")
    assert stage["hidden"] == "hidden"  # without a value JupyterLab would drop it
    style = found.texts["style"][0]
    assert ".xv-stage{display:block" in style
    assert ".xv-plain{display:none}" in style
    assert "plain text of the ladder" in found.texts["pre"]


def test_the_heads_stay_in_sight_above_the_rest() -> None:
    views = re.findall(r'viewBox="([^"]+)"', html(scene(), "plain"))
    assert views == ["0 0 200 50", "0 50 200 50"]


def test_several_ladders_in_a_page_do_not_collide() -> None:
    other = [tmessage("OPTIONS sip:x@y SIP/2.0", cseq="1 OPTIONS")]
    both = Found(ladder(tcall()).html() + ladder(tcall(other, [])).html())
    ids = [attributes["id"] for _, attributes in both.tags if "id" in attributes]
    assert len(ids) == len(set(ids)) == 2 + len(tcall().messages) + 2 + 1  # two rows of streams open too
    names = {attributes["name"] for tag, attributes in both.tags if tag == "details" and "name" in attributes}
    assert len(names) == 2


def test_the_same_ladder_has_the_same_html() -> None:
    assert ladder(tcall()).html() == ladder(tcall()).html()


def test_both_themes_and_the_word_of_jupyterlab_are_in_the_style() -> None:
    style = html(scene(), "plain")
    for rule in ("prefers-color-scheme:dark", "[data-jp-theme-light=false]", "[data-jp-theme-light=true]"):
        assert rule in style


def test_a_page_is_a_whole_document() -> None:
    text = page(scene(), "plain")
    assert text.startswith("<!DOCTYPE html>")
    assert '<meta charset="utf-8">' in text
    assert "<title>A title</title>" in text


def test_a_command_is_selected_in_one_click() -> None:
    details = Details("1  INVITE", "22:13:20", "text", top=60, height=30, command='sip.Call-ID == "<a&b>"')
    drawn = html(Scene(100, 100, (Group("message", (), "", details),), "title"), "plain")
    assert "<code>sip.Call-ID == &quot;&lt;a&amp;b&gt;&quot;</code>" in drawn
    assert "user-select:all" in drawn

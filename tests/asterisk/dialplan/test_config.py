"""Files of Asterisk's configuration."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.dialplan.config import included, read_config

MAIN = """; a comment
[base](!)
a = 1
[child](base)  ; of base
b => 2 \\; still 2 ; but not this
;-- gone
c = 3
--; d = 4
[child](+)
e=5
#include "more/*.conf"
#include other.conf
#tryinclude missing.conf
#exec /bin/date
nonsense
[broken
[orphan](nobody)
"""
FILES = {"/etc/asterisk/main.conf": MAIN, "/etc/asterisk/more/one.conf": "f=6\n[new]\ng=7\n"}


def test_sections_templates_comments_and_includes() -> None:
    config = read_config("/etc/asterisk/main.conf", FILES)

    assert [(section.name, section.template) for section in config.sections] == [
        ("base", True),
        ("child", False),
        ("new", False),
        ("orphan", False),
    ]
    child = config.sections[1]
    assert [(setting.name, setting.value) for setting in child.settings] == [
        ("a", "1"),
        ("b", "2 ; still 2"),
        ("d", "4"),
        ("e", "5"),
        ("f", "6"),
    ]
    assert child.settings[-1].place == "one.conf:1"


def test_what_is_not_understood_is_told() -> None:
    config = read_config("/etc/asterisk/main.conf", FILES)

    assert [(place, what) for _, place, what in config.problems] == [
        ("line 12", "other.conf is not among the files given"),
        ("line 14", "/bin/date is made by a program"),
        ("line 15", "neither a section nor a setting"),
        ("line 16", "a section without its closing bracket"),
        ("line 17", "no template 'nobody' before it"),
    ]


def test_files_that_others_include() -> None:
    assert included(FILES) == {"/etc/asterisk/more/one.conf"}


def test_a_file_that_includes_itself_comes_to_an_end() -> None:
    assert read_config("a", {"a": "[x]\n#include a\n"}).sections


@given(st.text(alphabet='[]()=>;-#include "x\n\\!+,', max_size=80))
def test_no_text_makes_it_fail(text: str) -> None:
    read_config("a.conf", {"a.conf": text})

"""What announcements say."""

from __future__ import annotations

from xivolab.asterisk.trace.sounds import sound


def test_a_known_sound_says_what_is_heard() -> None:
    assert (
        sound("/usr/share/asterisk/sounds/fr_FR/noright", 1)
        == "noright « vous n’avez pas le droit de passer cet appel »"
    )


def test_another_keeps_its_whole_name() -> None:
    assert sound("custom/bienvenue", 0) == "custom/bienvenue"

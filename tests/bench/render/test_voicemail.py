from __future__ import annotations

from tests.bench.model.everything import everything
from xivolab.bench.render.voicemail import voicemail


def test_a_box_and_its_options() -> None:
    text = voicemail(everything())
    box = "1000 => 4321,Alice Martin,alice@ville.example,,attach=yes|delete=yes|tz=fr|maxmsg=9|language=fr\n"
    assert text.endswith(f"[default]\n{box}")
    assert "fr = Europe/Paris|" in text
    assert "externnotify = /usr/local/bin/notify\n" in text

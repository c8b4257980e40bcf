from __future__ import annotations

from tests.bench.model.everything import everything
from xivolab.bench.model.presets import small
from xivolab.bench.render.features import features, music, parking, rtp


def test_what_is_dialled_during_a_call() -> None:
    text = features(small())
    assert "[featuremap]\nblindxfer = *1\natxfer = *2\nautomixmon = *3\ndisconnect = *0\n" in text
    off = features(small().copy_checked(features={"automixmon": None}))
    assert "automixmon" not in off


def test_the_parking_lot() -> None:
    assert "parkpos = 801-820\n" in parking(everything())
    assert "comebackcontext = parkedcallstimeout\n" in parking(everything())
    assert "comebackcontext" not in parking(small())


def test_music_and_media_ports() -> None:
    text = music(everything())
    assert "[default]\nmode = files\n" in text
    assert "[radio]\nmode = custom\napplication = /usr/local/bin/play\n" in text
    assert rtp(small()) == "[general]\nrtpstart = 10000\nrtpend = 20000\n"

"""Phones behind NAT, by real calls, with and without SIP ALG."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from xivolab.bench.impair import sections
from xivolab.bench.impair.behind import move_in, registered
from xivolab.bench.impair.scene import Scene
from xivolab.bench.nat import Home
from xivolab.bench.phone import Voice
from xivolab.bench.phone.audio import heard


@pytest.fixture
def home(scene: Scene) -> Iterator[Home]:
    made = Home(scene.bench)
    yield made
    if "home" in scene.phones.phones:
        scene.phones.dismiss("home")
    made.open()


def test_a_phone_behind_nat_is_seen_at_its_router_and_called_there(home: Home, scene: Scene, tmp_path: Path) -> None:
    home.open()
    line = scene.line(2)
    before = scene.read("pjsip.conf")
    helped = {"force_rport": "yes", "rewrite_contact": "yes", "rtp_symmetric": "yes"}
    scene.write("pjsip.conf", sections.change(before, line.name, "endpoint", **helped))
    scene.reload()
    try:
        _called_at_home(home, scene, tmp_path)
    finally:
        # While the PBX still knows its contact by the router's address: it would stay there otherwise.
        scene.phones.dismiss("home")
        scene.write("pjsip.conf", before)
        scene.reload()


def _called_at_home(home: Home, scene: Scene, tmp_path: Path) -> None:
    phone = move_in(scene)
    contact = registered(scene, scene.line(2).name)

    assert home.public in contact["uri"]
    assert contact["via_addr"] == home.own_address(0)
    out = scene.probe(0).call(scene.line(2).number)
    incoming = phone.wait_call()
    incoming.answer()
    out.wait_answered()
    out.say(Voice(tones=(440,)))
    incoming.say(Voice(tones=(1000,)))
    assert heard(incoming.listen(1, tmp_path / "there.wav")).tone_hz == pytest.approx(440, abs=5)
    assert heard(out.listen(1, tmp_path / "here.wav")).tone_hz == pytest.approx(1000, abs=5)
    out.hang_up()


def test_with_alg_the_pbx_never_sees_the_private_address(home: Home, scene: Scene) -> None:
    home.open(alg=True)
    move_in(scene)

    assert registered(scene, scene.line(2).name)["via_addr"] == home.public

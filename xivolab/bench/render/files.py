"""All files of a configuration."""

from __future__ import annotations

from xivolab import resources
from xivolab.bench.model import Configuration
from xivolab.bench.render.extensions import extensions
from xivolab.bench.render.features import features, music, parking, rtp
from xivolab.bench.render.pjsip import pjsip
from xivolab.bench.render.queues import queues
from xivolab.bench.render.rooms import confbridge
from xivolab.bench.render.voicemail import voicemail

EXTRA = "extensions_extra.d"
"""Where XiVO's "Fichiers de configuration" go."""


def render(configuration: Configuration) -> dict[str, str]:
    """The files below /etc/asterisk, by their path there, that put a configuration into effect."""
    libraries = sorted((resources.labs() / "dialplan").glob("extensions_lib_*.conf"))
    return {
        "pjsip.conf": pjsip(configuration),
        "extensions.conf": extensions(configuration, [path.name for path in libraries]),
        **{path.name: path.read_text(encoding="utf-8") for path in libraries},
        **{f"{EXTRA}/{name}": _ended(text) for name, text in configuration.files.items()},
        "queues.conf": queues(configuration),
        "voicemail.conf": voicemail(configuration),
        "confbridge.conf": confbridge(configuration),
        "res_parking.conf": parking(configuration),
        "features.conf": features(configuration),
        "musiconhold.conf": music(configuration),
        "rtp.conf": rtp(configuration),
    }


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"

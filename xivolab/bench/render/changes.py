"""Which parts of Asterisk to reload when files change: those that read them, and no others."""

from __future__ import annotations

from collections.abc import Mapping

_READERS = {
    "pjsip.conf": "pjsip reload",
    "queues.conf": "queue reload all",
    "voicemail.conf": "voicemail reload",
    "confbridge.conf": "module reload app_confbridge.so",
    "res_parking.conf": "module reload res_parking.so",
    "features.conf": "module reload features",
    "musiconhold.conf": "moh reload",
    "rtp.conf": "module reload res_rtp_asterisk.so",
}


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The files that are new, gone or different."""
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def reloads(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The commands of Asterisk's command line that put the changed files into effect, each once, in a sound order."""
    names = changed(before, after)
    commands = [command for name, command in _READERS.items() if name in names]
    if any(name.startswith("extensions") for name in names):
        commands.insert(0, "dialplan reload")
    return commands

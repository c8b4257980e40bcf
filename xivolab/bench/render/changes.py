"""Which parts of Asterisk to reload when files change: those that read them, and no others."""

from __future__ import annotations

from collections.abc import Mapping

READERS = {
    # Each of the three reads its own kinds of sections.
    "pjsip.conf": (
        "module reload res_pjsip.so",
        "module reload res_pjsip_endpoint_identifier_ip.so",
        "module reload res_pjsip_outbound_registration.so",
    ),
    "queues.conf": ("queue reload all",),
    "voicemail.conf": ("voicemail reload",),
    "confbridge.conf": ("module reload app_confbridge.so",),
    "res_parking.conf": ("module reload res_parking.so",),
    "features.conf": ("module reload features",),
    "musiconhold.conf": ("moh reload",),
    "rtp.conf": ("module reload res_rtp_asterisk.so",),
}
"""The commands that let those read a file that read it."""


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The files that are new, gone or different."""
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def reloads(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The commands of Asterisk's command line that put the changed files into effect, each once, in a sound order."""
    names = changed(before, after)
    commands = [command for name, told in READERS.items() if name in names for command in told]
    if any(name.startswith("extensions") for name in names):
        commands.insert(0, "dialplan reload")
    return commands

"""features.conf, res_parking.conf, musiconhold.conf and rtp.conf."""

from __future__ import annotations

from xivolab.bench.model import Configuration
from xivolab.bench.render.sections import Option, joined, section

DEFAULT_MUSIC = "/var/lib/asterisk/moh"


def features(configuration: Configuration) -> str:
    """The text of features.conf: what is dialled during a call."""
    codes = configuration.features
    general: list[Option] = [
        ("transferdigittimeout", codes.transferdigittimeout),
        ("atxfernoanswertimeout", codes.atxfernoanswertimeout),
        ("featuredigittimeout", codes.featuredigittimeout),
        ("pickupexten", codes.pickup),
    ]
    during = [(name, getattr(codes, name)) for name in ("blindxfer", "atxfer", "automixmon", "disconnect")]
    return joined([section("general", general), section("featuremap", during)])


def parking(configuration: Configuration) -> str:
    """The text of res_parking.conf: one lot."""
    lot = configuration.parking
    options: list[Option] = [
        ("parkext", lot.parkext),
        ("parkpos", f"{lot.parkpos_start}-{lot.parkpos_end}"),
        ("context", "parkedcalls"),
        ("parkingtime", lot.parkingtime),
        ("comebacktoorigin", lot.comebacktoorigin),
        ("comebackcontext", None if lot.comebacktoorigin else "parkedcallstimeout"),
        ("findslot", "next" if lot.parkfindnext else "first"),
        ("parkedmusicclass", lot.parkedmusicclass),
        ("parkext_exclusive", False),
        ("parkinghints", True),
    ]
    return joined([section("general", []), section("default", options)])


def music(configuration: Configuration) -> str:
    """The text of musiconhold.conf."""
    sections = [section("general", [])]
    if not any(entry.name == "default" for entry in configuration.moh):
        sections.append(section("default", [("mode", "files"), ("directory", DEFAULT_MUSIC)]))
    for entry in configuration.moh:
        folder = entry.directory or (f"{DEFAULT_MUSIC}/{entry.name}" if entry.mode == "files" else None)
        options: list[Option] = [
            ("mode", entry.mode),
            ("directory", folder),
            ("application", entry.application),
            ("sort", entry.sort),
            ("digit", entry.digit),
        ]
        sections.append(section(entry.name, options))
    return joined(sections)


def rtp(configuration: Configuration) -> str:
    """The text of rtp.conf."""
    return section("general", [("rtpstart", configuration.sip.rtpstart), ("rtpend", configuration.sip.rtpend)])

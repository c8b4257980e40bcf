"""Captures in formats that Wireshark reads and we do not: told by what they begin with.

Magic numbers: wireshark wiretap/file_access.c and the readers beside it. Formats without one are told by fields that fit.
"""

from __future__ import annotations

import struct

_MAGICS = (
    (b"snoop\0\0\0", "Sun snoop"),
    (b"btsnoop\0", "btsnoop (Bluetooth of Android)"),
    (b"RTSS", "Microsoft Network Monitor 1"),
    (b"GMBU", "Microsoft Network Monitor 2"),
    (b"TRSNIFF data    \x1a", "Sniffer for DOS"),
    (b"XCP\0", "NetXray, Sniffer for Windows"),
    (b"VL\0\0", "Cinco NetXray"),
    (b"\xaa\xaa\xaa\xaa", "InfoVista 5View"),
    (b"\x05VNF", "Visual Networks"),
    (b"TR\0d\0", "HP-UX nettl"),
    (b"ObserverPktBuffer", "Viavi Observer"),
    (b"iptrace 1.0", "AIX iptrace"),
    (b"iptrace 2.0", "AIX iptrace"),
    (b"\0\0\x02\0\x12\x05\0\x10", "Tektronix K12xx"),
    (b"+---------+---------------+----------+", "K12 text"),
    (b"\x01\x10\x4c\0\x01\x05", "Novell LANalyzer"),
    (b"\x7fver", "Savvius *Peek"),
    (b"cpse", "Colasoft Capsa"),
    (b"EyeSDN", "EyeSDN"),
    (b"\x42\xd2\0\x34\x12\x66\x22\x88", "RADCOM"),
)

_YEARS = (1990, 2100)
_SECONDS = (631152000, 4102444800)  # these years
_ERF_HEADER, _ERF_TYPES = 16, 48
_ERF_RECORDS = 4  # so many that follow each other are no accident


def foreign_format(head: bytes) -> str | None:
    """The name of the format of a capture that begins with these bytes; None for any other file, pcap and pcapng too."""
    for magic, name in _MAGICS:
        if head.startswith(magic):
            return name
    if b"NetScaler" in head[:96] and b"Performance Data" in head[:128]:
        return "NetScaler trace"
    if _is_commview(head):
        return "TamoSoft CommView"
    return "Endace ERF" if _is_erf(head) else None


def _is_commview(head: bytes) -> bool:
    """NCF or NCFX (wireshark wiretap/commview.c): lengths that agree, and a date."""
    if len(head) < 24:
        return False
    length, again, version, year, *rest = struct.unpack_from("<HHBHBBBBB", head)
    if length == again and length and not version and _is_date(year, *rest):
        return True
    size, year, *rest = struct.unpack_from("<IHBBBBB", head)
    return 14 <= size < 1 << 18 and _is_date(year, *rest)


def _is_date(year: int, month: int, day: int, hour: int, minute: int, second: int) -> bool:
    in_day = hour < 24 and minute < 60 and second < 60
    return _YEARS[0] <= year < _YEARS[1] and 1 <= month <= 12 and 1 <= day <= 31 and in_day


def _is_erf(head: bytes) -> bool:
    """Records that follow each other (wireshark wiretap/erf.c): time, type, length."""
    at = records = 0
    while at + _ERF_HEADER <= len(head) and records < _ERF_RECORDS:
        _, seconds, kind, _, length, _, _ = struct.unpack_from("<IIBB", head, at) + struct.unpack_from(
            ">HHH", head, at + 10
        )
        if not (_SECONDS[0] <= seconds < _SECONDS[1] and 1 <= kind & 0x7F <= _ERF_TYPES and length >= _ERF_HEADER):
            return False
        at += length
        records += 1
    return records == _ERF_RECORDS or (records > 0 and at == len(head))

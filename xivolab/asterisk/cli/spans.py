"""`dahdi show status` (channels/chan_dahdi.c): one line a span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xivolab.asterisk.cli.found import Found, told, whole
from xivolab.asterisk.cli.lines import Line
from xivolab.asterisk.cli.wrapped import joined_rows

_ALARM = r"(?:OK|RED|YEL|BLU|LB|REC|NOP|UUU|UNC\w*|R|Y|B|L|N|U)"
_ROW = re.compile(
    rf"""(?:(?P<span>\d+)\s+)?(?P<description>\S.*?)\s+(?P<alarms>{_ALARM}(?:/\w*)*)\s+(?P<irq>-?\d+)\s+(?P<bipolar>-?\d+)\s+
    (?P<crc>-?\d+)\s+(?P<framing>CCS|CAS|ESF|D4|SF|Unk)\s+(?P<coding>HDB3|AMI|B8ZS|Unk)\s*
    (?P<options>(?:CRC4|YEL|NTTE|/)[\w/]*)?\s*(?P<lbo>\S.*)?""",
    re.VERBOSE,
)
_BEGINS = re.compile(rf"\s*(?:\d+\s+)?[A-Za-z].*\S\s+{_ALARM}(?:/\w*)*\s+-?\d+|\s*\d+\s+\S.*\s{_ALARM}\s")


def spans(lines: Sequence[Line]) -> Iterator[Found]:
    """The rows of the table "spans"."""
    rows = [line for line in lines if not re.match(r"\s*(?:Span\s+)?Description\s+Alarms", line.text)]
    for line, found in joined_rows(rows, _ROW, lambda text: bool(_BEGINS.match(text)), longest=True):
        yield Found(
            "spans",
            line.number,
            {
                "span": whole(found["span"]),
                "description": found["description"],
                "alarms": [alarm for alarm in found["alarms"].split("/") if alarm],
                "irq_misses": int(found["irq"]),
                "bipolar_violations": int(found["bipolar"]),
                "crc_errors": int(found["crc"]),
                "framing": None if found["framing"] == "Unk" else found["framing"],
                "coding": None if found["coding"] == "Unk" else found["coding"],
                "options": told((found["options"] or "").strip("/")),
                "lbo": told(found["lbo"]),
            },
        )

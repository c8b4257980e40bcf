"""`dahdi show status`: lines as channels/chan_dahdi.c formats them."""

from __future__ import annotations

from typing import Any

from xivolab.asterisk.cli.lines import lines_of
from xivolab.asterisk.cli.spans import spans

ROW = "{:>4} {:<40.40} {:<7.7} {:<6} {:<6} {:<6} {:<3.3} {:<4.4} {:<8.8} {}"
HEADING = "Span Description                              Alarms  IRQ    bpviol CRC    Fra Codi Options  LBO"


def rows(text: str) -> list[dict[str, Any]]:
    return [found.fields for found in spans(list(lines_of(text.splitlines())))]


def test_spans_in_alarm_and_well() -> None:
    t2 = ROW.format(
        1, "T2XXP (PCI) Card 0 Span 1", "OK", 0, 0, 0, "CCS", "HDB3", "CRC4/", "0 db (CSU)/0-133 feet (DSX-1)"
    )
    t1 = ROW.format(
        2, "Wildcard TDM410P Board 1", "RED/YEL", 3, 12, 7, "ESF", "B8ZS", "", "0 db (CSU)/0-133 feet (DSX-1)"
    )
    first, second = rows("\n".join([HEADING, t2, t1]))

    assert (first["span"], first["description"], first["alarms"]) == (1, "T2XXP (PCI) Card 0 Span 1", ["OK"])
    assert (first["framing"], first["coding"], first["options"]) == ("CCS", "HDB3", "CRC4")
    assert first["lbo"] == "0 db (CSU)/0-133 feet (DSX-1)"
    assert (second["alarms"], second["irq_misses"], second["bipolar_violations"], second["crc_errors"]) == (
        ["RED", "YEL"],
        3,
        12,
        7,
    )
    assert second["options"] is None


def test_an_old_version_has_no_number() -> None:
    line = "Wildcard TE110P T1/E1 Card 0             UNCONFI 0      0      0      CAS Unk           0 db (CSU)/0-133 feet (DSX-1)"
    [row] = rows(line)

    assert (row["span"], row["description"], row["alarms"]) == (None, "Wildcard TE110P T1/E1 Card 0", ["UNCONFI"])
    assert (row["framing"], row["coding"]) == ("CAS", None)

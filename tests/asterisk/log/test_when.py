"""Who tells the year and the zone of a log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.asterisk.log.made import SAMPLES, written
from xivolab.asterisk.log import LogFile, Logs, Told, zone_named
from xivolab.asterisk.log.facts import LogFacts
from xivolab.asterisk.log.rows import DAY, YEARLESS
from xivolab.asterisk.log.when import clocks_of, turns_of
from xivolab.evidence.source import Source

NOW = int(datetime(2026, 11, 25, tzinfo=UTC).timestamp()) * 10**9


def file(first: int, last: int) -> LogFacts:
    """A log without a year, from one day of a leap year to another."""
    return LogFacts("x", first=first * DAY, last=last * DAY, clock=YEARLESS)


def year(*files: LogFacts, moments: list[datetime] | None = None, **told: int) -> tuple[int, str]:
    others = [int(moment.replace(tzinfo=UTC).timestamp()) * 10**9 for moment in moments or []]
    clocks = clocks_of(files, [None] * len(files), Told(zone_named("UTC"), **told), lambda: others, NOW)
    return clocks[0].year, clocks[0].year_from


def test_the_option_is_first() -> None:
    assert year(file(10, 20), moments=[datetime(2020, 1, 1)], year=2019) == (2019, "option")


def test_other_evidence_is_asked() -> None:
    assert year(file(10, 20), moments=[datetime(2020, 1, 12)]) == (2020, "evidence")
    assert year(file(360, 365), moments=[datetime(2020, 1, 2)]) == (2019, "evidence")


def test_else_it_is_the_latest_that_is_not_in_the_future() -> None:
    assert year(file(10, 20)) == (2026, "assumed")
    assert year(file(350, 352)) == (2025, "assumed")


def test_a_leap_day_tells_a_leap_year() -> None:
    assert year(file(59, 59)) == (2024, "assumed")


def test_rotated_logs_lie_on_both_sides_of_the_new_year() -> None:
    december, new, january = file(350, 358), file(358, 367), file(1, 9)
    assert turns_of([december, new, january]) == [0, 0, 1]
    assert turns_of([january, december]) == [1, 0]
    assert turns_of([file(100, 110), file(110, 120)]) == [0, 0]
    assert turns_of([file(100, 110), file(101, 110), file(100, 120), file(112, 113)]) == [0, 0, 0, 0]
    assert turns_of([december, file(352, 356), new, january, file(1, 3)]) == [0, 0, 0, 1, 1]
    clocks = clocks_of([january, december], [None, None], Told(None, 2025), list, NOW)
    assert [clock.year for clock in clocks] == [2026, 2025]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_recorded_logs_tell_their_year_and_zone_themselves(path: Path) -> None:
    (clock,) = Logs([LogFile(str(path), Source(path))], Told()).clocks
    if b"\r\nDate: " in path.read_bytes():
        told = "content" if path.read_bytes().startswith(b"[Nov") else "log"
        if path.parent.name == "logger-formats":
            told = "log"  # its dates get a year later on
        assert (clock.year, clock.year_from, clock.zone, clock.zone_from) == (2026, told, UTC, "content")


def test_the_zone_in_which_a_log_was_written_is_found_in_it(tmp_path: Path) -> None:
    local = "[Nov 23 18:51:48] VERBOSE[7] res_pjsip_logger.c: <--- Transmitting SIP response (4 bytes) to UDP:1.2.3.4:5 --->\n"
    path = written(tmp_path, local + "SIP/2.0 200 OK\r\nDate: Mon, 23 Nov 2026 07:51:48 GMT\r\n\r\n\n")
    (clock,) = Logs([LogFile(str(path), Source(path))], Told()).clocks
    assert clock.zone is not None
    assert clock.zone.utcoffset(None) == timedelta(hours=11)
    assert (clock.year_from, clock.zone_from) == ("content", "content")
    received = local.replace("Transmitting", "Received")
    path = written(tmp_path, received + "SIP/2.0 200 OK\r\nDate: Mon, 23 Nov 2020 09:00:00 GMT\r\n\r\n\n")
    (clock,) = Logs([LogFile(str(path), Source(path))], Told()).clocks
    assert (clock.year_from, clock.zone_from) == ("assumed", "assumed")


def test_the_case_folder_knows_the_zone_of_its_file() -> None:
    path = SAMPLES[0]
    (clock,) = Logs([LogFile(str(path), Source(path), zone="Pacific/Noumea")], Told(zone_named("UTC"))).clocks
    assert (clock.zone, clock.zone_from) == (zone_named("Pacific/Noumea"), "case")
    assert zone_named("No/Where") is None

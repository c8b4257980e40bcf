"""The CSV export of XiVO's journal: its headings, orders, separators and dates."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import xivolab
from xivolab.asterisk.cel.journal_export import export_rows, heading, year_first

# The order of cel/exportcsv.php, the words of its French file.
OLD = (
    '"Date d\'appel";"Appelant";"Appelé";"Durée";"Canal";"Drapeau de facturation";"Numéro d\'accompte";'
    '"Champs utilisateur";"Contexte";"Canal de destination";"Identifiant unique"\n'
    '"27/08/2025 17:40:32";"2000";"-";"7";"PJSIP/btcvjtbq-0000000e";"";"";"Siège";"default";"";"1756309232.14"\n'
)
# The order of cdr/exportcsv.php: behind the search form, with two columns called Duration in English.
CDR_EN = (
    '"Beginning date";"2025-08-27 00:00:00"\n"Caller";"2000"\n\n'
    '"Call date";"Caller";"Callee";"Duration";"Channel";"Call status";"Billing flag";"Caller ID";"Account number";"User fields";'
    '"Context";"Destination channel";"Duration";"Last application";"Last data";"Unique ID"\n'
    '"2025-08-27 17:40:32";"2000";"2001";"9";"SIP/a-1";"Answered:";"Documentation";"""Alice"" <2000>";"";"x";"default";"SIP/b-2";"7";'
    '"Dial";"SIP/b";"1756309232.14"\n'
)


def journal(folder: Path, text: str, encoding: str = "utf-8") -> list[dict[str, object]]:
    (folder / "journal.csv").write_bytes(text.encode(encoding))
    case = xivolab.open(folder / "journal.csv", tz="Europe/Paris")
    assert [file.kind for file in case.files] == ["journal-csv"]
    return list(case.table("journal").records())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_old_export_in_french(tmp_path: Path, encoding: str) -> None:
    (row,) = journal(tmp_path, OLD, encoding)
    assert (row["date"], row["source_exten"], row["destination_exten"]) == (1756309232.0, "2000", None)
    assert (row["source_line_identity"], row["duration_s"], row["user_field"]) == ("pjsip/btcvjtbq", 7.0, "Siège")
    assert (row["linkedid"], row["line"]) == ("1756309232.14", 2)


def test_the_old_export_in_english_with_its_search_form(tmp_path: Path) -> None:
    (row,) = journal(tmp_path, CDR_EN)
    assert (row["source_name"], row["source_exten"], row["destination_exten"]) == ("Alice", "2000", "2001")
    assert (row["duration_s"], row["total_s"], row["disposition"], row["answered"]) == (7.0, 9.0, "ANSWERED", True)


@pytest.mark.parametrize(
    "head",
    [
        "Call Date,Caller,Called,Period,user Field",
        "Date d'appel,Appelant,Appelé,Durée,Champ utilisateur",
        "Date d’appel,Appelant,Appelé,Période,Champ utilisateur",
        "Date de l'appel,Appelant,Appele,Duree,Champ utilisateur",
        "DATE,SOURCE,DESTINATION,DURÉE,CHAMP UTILISATEUR",
        "sep=,\r\nDate,Appelant,Appelé,Durée,Champs utilisateur",
    ],
)
def test_headings_of_the_export(tmp_path: Path, head: str) -> None:
    (row,) = journal(tmp_path, f"{head}\r\n2025-08-27T17:40:32,Jean Dupont (2000),2001,7,Siège\r\n")
    assert (row["source_name"], row["source_exten"], row["destination_exten"]) == ("Jean Dupont", "2000", "2001")
    assert (row["duration_s"], row["user_field"], row["date"]) == (7.0, "Siège", 1756309232.0)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_rows_without_a_heading_are_known_by_their_shape(tmp_path: Path, sign: str) -> None:
    cells = [["27/08/2025 17:40", "Jean (2000)", "2001", "7", ""], ["27/08/2025 17:41", "", "0199001234", "0", "x"]]
    first, second = journal(tmp_path, "\n".join(map(sign.join, cells)) + "\n")
    assert (first["source_name"], first["destination_exten"]) == ("Jean", "2001")
    assert (second["source_exten"], second["destination_exten"], second["user_field"]) == (None, "0199001234", "x")


def test_rows_of_cel_are_no_journal(tmp_path: Path) -> None:
    (tmp_path / "cel.csv").write_text("2025-08-27 17:40:32,CHAN_START,1001,1002,1756309232.14\n")
    assert xivolab.open(tmp_path / "cel.csv").files[0].kind == "cel-csv"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01/02/2013 00:00:00", "2013-02-01 00:00:00"),
        ("12/31/2013 1:05", "2013-12-31 01:05:00"),
        ("2013/02/01 00:00:00.5", "2013-02-01 00:00:00.5"),
        ("2013-02-01T00:00:00+01:00", "2013-02-01 00:00:00+01:00"),
        ("hier", None),
    ],
)
def test_dates(text: str, expected: str | None) -> None:
    assert year_first(text) == expected


def test_a_line_that_only_looks_like_a_heading() -> None:
    assert heading(["Caller", "2000"]) is None
    assert heading(["Date", "Appelant", "Appelé"]) == ["date", "caller", "called"]


@given(st.text(), st.booleans())
def test_any_text_gives_rows_or_none(text: str, headed: bool) -> None:
    for row in export_rows(("Call Date,Caller,Called\n" if headed else "") + text):
        assert row.line >= 1
        assert year_first(row.get("date")) is not None

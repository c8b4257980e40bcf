from __future__ import annotations

import pytest

from xivolab.errors import UsageError
from xivolab.evidence.database import Database, is_database


def test_what_is_an_address() -> None:
    assert is_database("postgresql://host/db")
    assert is_database("postgres:///db?host=/run")
    assert not is_database("trace.pcap")
    assert not is_database("postgresql")


def test_our_options_are_taken_out_and_libpqs_stay() -> None:
    database = Database(
        "postgresql://xivo@pbx/asterisk?sslmode=require&cel=asterisk.cel&column.eventtime=t&since=2026-11-23"
    )
    assert database.conninfo == "postgresql://xivo@pbx/asterisk?sslmode=require"
    assert database.options == {"cel": "asterisk.cel", "column.eventtime": "t", "since": "2026-11-23"}
    assert database.with_options(linkedid="1.1").options["linkedid"] == "1.1"
    with database.open() as stream:
        assert stream.read() == b""
    assert not database.on_disk


@pytest.mark.parametrize(
    "address",
    ["postgresql://u:secret@h/d", "postgresql://h/d?user=u&password=secret", "postgres://u:secret@h:5432/d?cel=x"],
)
def test_the_password_is_never_shown(address: str) -> None:
    database = Database(address)
    assert "secret" in database.conninfo
    assert "secret" not in database.path + database.name


def test_an_address_that_is_none() -> None:
    with pytest.raises(UsageError, match="not the address"):
        Database("postgresql://u:secret@host:port/d")

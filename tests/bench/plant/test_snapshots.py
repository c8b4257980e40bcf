"""The state kept and put back: by real contents of database, AstDB, configuration and spool."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator

import pytest

from xivolab.bench.plant import snapshots
from xivolab.bench.plant.bench import Bench
from xivolab.errors import LabError, UsageError

CONTACT = "registrar/contact x;@0123456789abcdef"
FIELDS = {"endpoint": "x", "uri": "sip:x@192.0.2.1:5060", "via_addr": "192.0.2.1", "prune_on_boot": "no"}


@pytest.fixture
def back(bench: Bench) -> Iterator[Bench]:
    """The bench, which is as it was afterwards."""
    yield bench
    bench.reset()


def register(bench: Bench, expires: int) -> None:
    """Let somebody be registered until then."""
    told = json.dumps(FIELDS | {"expiration_time": str(expires)}).replace('"', '\\"')
    bench.pbx.ask(f'database put {CONTACT} "{told}"')


def registered_until(bench: Bench) -> int | None:
    found = re.search(r'"expiration_time": ?"(\d+)"', bench.pbx.ask(f"database get {CONTACT}"))
    return int(found[1]) if found else None


def change(bench: Bench, value: str) -> None:
    bench.pbx.ask(f"database put lab value {value}")
    bench.sql("CREATE TABLE IF NOT EXISTS lab (value text)")
    bench.sql("TRUNCATE lab")
    bench.sql("INSERT INTO lab VALUES (%s)", [value])
    places = ("/etc/asterisk/lab.conf", "/var/spool/asterisk/lab", "/var/lib/asterisk/lab")
    bench.execute("pbx", "sh", "-c", "".join(f"echo {value} > {place};" for place in places))


def found(bench: Bench) -> list[str]:
    said = bench.pbx.ask("database get lab value").split()[-1]
    files = bench.execute("pbx", "sh", "-c", "cat /etc/asterisk/lab.conf /var/spool/asterisk/lab /var/lib/asterisk/lab")
    return [said, bench.sql("SELECT value FROM lab")[0][0], *files.split()]


def test_all_of_it_comes_back(back: Bench) -> None:
    change(back, "before")
    now = int(time.time())
    register(back, now + 60)
    back.snapshot("one")
    change(back, "after")
    back.pbx.ask(f"database del {CONTACT}")

    back.restore("one")

    assert found(back) == ["before"] * 5
    later = registered_until(back)
    assert later is not None
    assert now + 60 <= later <= now + 60 + (time.time() - now), "as long as then: the time in between is added"


def test_reset_goes_back_to_the_known_state_and_phones_stay_registered(back: Bench) -> None:
    change(back, "anything")
    expires = int(time.time()) + 60
    register(back, expires)
    time.sleep(1.2)  # Asterisk writes it a second later

    back.reset()

    assert back.sql("SELECT to_regclass('lab')") == [(None,)]
    assert "lab" not in back.pbx.ask("database show lab")
    assert registered_until(back) == expires


def test_snapshots_are_listed_by_age(bench: Bench) -> None:
    bench.snapshot("later")

    names = [one.name for one in snapshots.listed(bench.state)]

    assert "known" in names
    assert names[-1] == "later"


def test_an_unknown_one_is_told_with_those_there_are(bench: Bench) -> None:
    with pytest.raises(UsageError, match=r"no snapshot 'nonsense'.*known"):
        bench.restore("nonsense")


@pytest.mark.parametrize("name", ["../x", "", "a b", "a/b"])
def test_a_name_that_is_a_path_is_refused(bench: Bench, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        bench.snapshot(name)


def test_a_damaged_file_changes_nothing(bench: Bench) -> None:
    path = bench.snapshot("damaged")
    path.write_bytes(path.read_bytes()[:700])
    try:
        with pytest.raises(LabError, match="take another"):
            bench.restore("damaged")
        assert "running" in bench.service("status", "asterisk")
    finally:
        path.unlink()

"""Archives of files."""

from __future__ import annotations

import io
import tarfile

from xivolab.bench.plant.bench import Bench
from xivolab.bench.plant.files import pack, put


def test_an_archive_has_the_files_with_owner_and_rights() -> None:
    with tarfile.open(fileobj=io.BytesIO(pack({"a.conf": b"x"}, "asterisk", 0o640))) as archive:
        (entry,) = archive.getmembers()
        assert (entry.name, entry.uname, entry.mode) == ("a.conf", "asterisk", 0o640)


def test_files_go_in_and_come_out(bench: Bench) -> None:
    container = bench.container("pbx")
    put(bench.engine, container, "/var/spool/asterisk", pack({"there.txt": b"r\xe9sum\xe9\r\n"}, "asterisk"))

    told = bench.execute("pbx", "stat", "-c", "%U", "/var/spool/asterisk/there.txt")
    data = bench.engine.feed(None, "exec", container, "cat", "/var/spool/asterisk/there.txt")
    assert data == b"r\xe9sum\xe9\r\n"
    assert told.strip() == "asterisk"

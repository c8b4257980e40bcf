"""Calls of a database, written as they become known: the same text as that of the whole table."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

import xivolab
from tests.asterisk.cel.rows import SAMPLES
from tests.asterisk.cel.tables import connect, fill
from tests.postgres import Cluster
from tests.terminal import Run
from xivolab.case import Case
from xivolab.cli import streaming
from xivolab.cli.filters import Filters
from xivolab.cli.machine_readable import Format, write
from xivolab.cli.streaming import stream_calls
from xivolab.schema import CALL
from xivolab.table import Table


@pytest.fixture(scope="module")
def samples(postgres: Cluster) -> Iterator[str]:
    """The address of a table of the samples' events."""
    fill(postgres, "streamed")
    yield f"{postgres.dsn}&cel=streamed&since=2026-01-01"
    with connect(postgres) as connection:
        connection.execute("DROP TABLE streamed")


def written(case: Case, form: Format, filters: Filters) -> str:
    out = io.StringIO()
    stream_calls(case, filters, form, "UTC", out)
    return out.getvalue()


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
@pytest.mark.parametrize("where", [None, "state = completed", "state = diverted"])
def test_it_is_what_is_written_of_the_whole_table(samples: str, form: Format, where: str | None) -> None:
    case, filters = xivolab.open(samples, tz="UTC"), Filters(where=where)
    out = io.StringIO()
    write(case, case.table("calls").select(filters.rows(case, "calls")), form, "UTC", out)
    assert written(xivolab.open(samples, tz="UTC"), form, filters) == out.getvalue()


def test_the_command_writes_it_so(samples: str, run: Run) -> None:
    case = xivolab.open(samples, tz="UTC")
    wanted = list(case.table("calls").records())
    assert json.loads(run("calls", samples, "--tz", "UTC", "--json").out) == wanted
    assert len(wanted) > len(SAMPLES) / 2
    until = wanted[3]["start"]
    ran = run("calls", samples, "--tz", "UTC", "--json", "--until", str(until), "--number", "1001")
    found = [record["id"] for record in json.loads(ran.out)]
    assert found == [record["id"] for record in wanted[:4] if "1001" in (record["caller"], record["callee"])]


def test_what_was_read_is_told(postgres: Cluster, samples: str, run: Run) -> None:
    ran = run("calls", f"{postgres.dsn}&cel=streamed", "--tz", "UTC", "--jsonl")
    told = json.loads(ran.out.splitlines()[0])
    assert ["last day" in problem["what"] for problem in told["problems"]] == [True]


class Parts:
    """A case whose calls are over in another order than that in which they began; one lasts very long."""

    files = ()
    ends = (3, 1, 5, 900, 7, 4, 900, 9)

    def call_parts(self) -> Iterator[tuple[Any, int | None]]:
        """A part for each moment."""
        for now in sorted(set(self.ends)):
            over = [begin for begin, end in enumerate(self.ends) if end == now]
            since = min((begin for begin, end in enumerate(self.ends) if end > now), default=None)
            yield Part(over), since


class Part:
    """Some calls by their beginning."""

    def __init__(self, begins: list[int]) -> None:
        blank = {field.name: [] if field.kind == "list" else None for field in CALL.fields}
        self._table = Table.from_rows(CALL, [{**blank, "id": str(n), "start": n} for n in begins])

    def table(self, name: str) -> Table:
        """The calls."""
        return self._table


@pytest.mark.parametrize(("room", "order"), [(4096, "01234567"), (2, "01243567")])
def test_calls_wait_for_those_that_began_before(room: int, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "_WAIT", room)
    found = json.loads(written(Parts(), "json", Filters()))  # type: ignore[arg-type]  # all that is asked of a case
    assert "".join(record["id"] for record in found) == order

from __future__ import annotations

from pathlib import Path

import pytest

import xivolab
from tests.asterisk.cel.queue_sample import LOG
from tests.asterisk.cel.tables import connect
from tests.postgres import Cluster
from xivolab.asterisk.cel.queue_tables import Queues
from xivolab.errors import UsageError


def queues(folder: Path, every_s: float | None = None, within_s: float = 20.0) -> Queues:
    (folder / "queue_log").write_text(LOG)
    return xivolab.open(folder / "queue_log").queues(every_s, within_s)


def test_the_figures_of_each_queue(tmp_path: Path) -> None:
    sales, support = queues(tmp_path).table("queues").records()
    assert (sales["calls"], sales["refused"], sales["answered_pct"], sales["wait_mean_s"]) == (1, 1, 0.0, None)
    assert (support["calls"], support["answered"], support["abandoned"], support["waiting"]) == (4, 2, 1, 1)
    assert support["answered_pct"] == pytest.approx(200 / 3)
    assert support["in_time_pct"] == pytest.approx(100 / 3)
    assert (support["wait_mean_s"], support["wait_max_s"], support["abandon_wait_mean_s"]) == (18.5, 25.0, 30.0)
    assert (support["talk_mean_s"], support["talk_total_s"]) == (80.0, 160.0)
    assert queues(tmp_path, within_s=30).table("queues").value("in_time_pct", 1) == pytest.approx(200 / 3)


def test_the_figures_of_each_agent(tmp_path: Path) -> None:
    bob, carol = queues(tmp_path).table("agents").records()
    assert (bob["agent"], bob["answered"], bob["talk_total_s"], bob["logged_s"], bob["paused_s"]) == (
        "PJSIP/bob",
        1,
        60.0,
        4390.0,
        100.0,
    )
    assert (carol["missed"], carol["queues"]) == (1, ["support"])


def test_over_time_every_call_counts_once(tmp_path: Path) -> None:
    for every in (60.0, 3600.0, None):
        series = list(queues(tmp_path, every).table("series").records())
        assert sum(row["calls"] for row in series) == 5
        assert sum(row["answered"] for row in series) == 2
        starts = [row["start"] for row in series]
        assert starts == sorted(set(starts))
    with pytest.raises(UsageError, match="intervals"):
        queues(tmp_path, 0.001)


def test_some_time_and_some_queues(tmp_path: Path) -> None:
    found = queues(tmp_path).chosen(None, 1795420299 * 10**9, frozenset({"support"}))
    assert [row["outcome"] for row in found.table("calls").records()] == ["answered", "abandoned"]
    with pytest.raises(UsageError, match="no table"):
        found.table("x")
    assert repr(found) == "<Queues: 2 calls>"


def test_nothing_is_nothing() -> None:
    assert [len(Queues([], {}).table(name)) for name in ("calls", "queues", "agents", "series")] == [0, 0, 0, 0]


def test_the_table_in_postgresql_says_the_same(tmp_path: Path, postgres: Cluster) -> None:
    with connect(postgres) as connection:
        connection.execute("DROP TABLE IF EXISTS queue_there")
        connection.execute(
            "CREATE TABLE queue_there (time timestamp, callid text, queuename text, agent text, event text,"
            " data1 text, data2 text, data3 text, data4 text, data5 text)"
        )
        for line in LOG.splitlines():
            cells = (line.split("|") + [""] * 5)[:10]
            connection.execute(
                "INSERT INTO queue_there VALUES (to_timestamp(%s::float8) AT TIME ZONE 'UTC', %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                cells,
            )
        connection.execute("CREATE TABLE IF NOT EXISTS no_cel (eventtype text, eventtime timestamp)")
    there = xivolab.open(f"{postgres.dsn}&queue_log=queue_there&cel=no_cel", tz="UTC").queues()
    for name in ("queues", "agents", "series"):
        assert list(there.table(name).records()) == list(queues(tmp_path).table(name).records())


def test_a_call_is_tied_to_its_channel_events(tmp_path: Path) -> None:
    cel = "eventtype,eventtime,uniqueid,linkedid\nCHAN_START,1795420050.1,1795420050.0,1795420050.0\n"
    (tmp_path / "cel.csv").write_text(cel)
    (tmp_path / "queue_log").write_text(LOG)
    case = xivolab.open(tmp_path / "cel.csv", tmp_path / "queue_log")
    calls = case.queues().table("calls")["call"].tolist()
    assert calls[0] == case.call(0).id
    assert set(calls[1:]) == {None}

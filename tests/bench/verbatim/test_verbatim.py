"""The commands of the course's last part, its slips mended, typed on the bench: each gives that kind of output.

Read by our own readers, so that what a learner pastes from the bench is what they paste from a XiVO. One is missing: `dahdi show
status` asks for ISDN cards, and Debian's Asterisk has no driver for them.
"""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import xivolab
from xivolab.asterisk.cli import CliText, cli_tables
from xivolab.bench.model import Configuration
from xivolab.bench.plant import Bench
from xivolab.bench.plant.wait import until

MOBILITY = """\
[pre-mobility]
exten = s,1,NoOp()
same = n,GotoIf(${XIVO_MOBILEPHONENUMBER}?:return)
same = n,NoOp(Mobile Phone : ${XIVO_MOBILEPHONENUMBER})
same = n,Set(XIVO_INTERFACE=${XIVO_INTERFACE}&Local/${XIVO_MOBILEPHONENUMBER}@default)
same = n(return),Return()
"""


@pytest.fixture(scope="module")
def desk(bench: Bench) -> Iterator[Bench]:
    """The bench with the course's file, and a call that goes on: 1001 talks to 1002."""
    before = bench.configuration
    bench.apply(Configuration.of({**before.model_dump(), "files": {"example.conf": MOBILITY}}))
    call = bench.phone("1001").call("1002")
    bench.phone("1002").wait_call().answer()
    call.wait_answered()
    time.sleep(2)
    yield bench
    bench.pbx.ask("channel request hangup all")
    bench.apply(before)


def typed(bench: Bench, *words: str) -> str:
    """What `xivolab pbx exec` prints."""
    program = [sys.executable, "-c", "from xivolab.cli.main import run; run()", "pbx", "exec", "--bench", bench.name]
    done = subprocess.run([*program, *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def table(bench: Bench, command: str, name: str) -> list[dict[str, object]]:
    """The table that our reader finds in the answer of Asterisk's command line."""
    told = typed(bench, "asterisk", "-rx", command)
    shown = CliText(command, [f"xivo*CLI> {command}", *told.splitlines()])
    return list(cli_tables([shown])[name].records())


def line_of(bench: Bench, number: str) -> str:
    return next(line.name for _, line in bench.configuration.lines() if line.number == number)


def test_the_prompt_is_that_of_a_xivo(desk: Bench) -> None:
    """`asterisk -rvvv` on a terminal: `xivo*CLI>`, and it takes commands."""
    terminal, end = pty.openpty()
    words = ["pbx", "exec", "--bench", desk.name, "asterisk", "-rvvv"]
    program = [sys.executable, "-c", "from xivolab.cli.main import run; run()", *words]
    with subprocess.Popen(program, stdin=end, stdout=end, stderr=end, start_new_session=True) as running:
        os.close(end)
        shown = _until(terminal, "xivo*CLI>")
        os.write(terminal, b"core show hints\n")
        shown = _until(terminal, "hints registered")
        os.write(terminal, b"exit\n")
        running.wait(timeout=20)
        os.close(terminal)
    assert "Registered Asterisk Dial Plan Hints" in shown


def _until(terminal: int, text: str, seconds: float = 20) -> str:
    """What a terminal shows until a text comes."""
    shown, deadline = "", time.monotonic() + seconds
    while text not in shown:
        assert time.monotonic() < deadline, shown
        if select.select([terminal], [], [], 0.2)[0]:
            shown += os.read(terminal, 65536).decode("utf-8", "replace")
    return shown


def test_pjsip_show_channelstats(desk: Bench) -> None:
    rows = table(desk, "pjsip show channelstats", "channelstats")

    assert [row["codec"] for row in rows] == ["alaw", "alaw"]
    assert {str(row["channel"]).partition("-")[0] for row in rows} == {line_of(desk, "1001"), line_of(desk, "1002")}


def test_pjsip_list_endpoints(desk: Bench) -> None:
    rows = {row["endpoint"]: row for row in table(desk, "pjsip list endpoints", "endpoints")}

    assert rows[line_of(desk, "1001")]["state"] == "In use"
    assert rows[line_of(desk, "1003")]["state"] == "Not in use"
    assert all(re.fullmatch("[a-z0-9]{8}", line_of(desk, number)) for number in ("1001", "1002"))


def test_pjsip_show_endpoint(desk: Bench) -> None:
    name = line_of(desk, "1002")
    told = typed(desk, "asterisk", "-rx", f"pjsip show endpoint {name}")

    assert f"InAuth:  {name}/{name}" in re.sub(" +", " ", told).replace(": ", ":  ")
    assert re.search(r"XIVO_USERID +: \d+", told)
    assert re.search(r"PICKUPMARK +: 1002%default", told)


def test_pjsip_show_channels(desk: Bench) -> None:
    rows = table(desk, "pjsip show channels", "pjsip-channels")

    assert len(rows) == 2
    assert {row["state"] for row in rows} == {"Up"}


def test_dialplan_show(desk: Bench) -> None:
    rows = table(desk, "dialplan show pre-mobility", "dialplan")

    assert [row["application"] for row in rows] == ["NoOp", "GotoIf", "NoOp", "Set", "Return"]
    told = typed(desk, "asterisk", "-rx", "dialplan show pre-mobility")
    assert "[ Context 'pre-mobility' created by 'pbx_config' ]" in told
    assert "[example.conf:2]" in told
    assert "-= 1 extension (5 priorities) in 1 context. =-" in told


def test_pjsip_set_logger(desk: Bench) -> None:
    address = desk.address("phones")

    assert "Usage: pjsip set logger" in typed(desk, "asterisk", "-rx", "pjsip set logger verbose")
    assert address in typed(desk, "asterisk", "-rx", f"pjsip set logger host {address}")
    assert "disabled" in typed(desk, "asterisk", "-rx", "pjsip set logger off")


def test_core_show_hints(desk: Bench) -> None:
    rows = table(desk, "core show hints", "hints")

    assert {row["exten"]: row["state"] for row in rows}["1001"] == "InUse"


def test_the_log_of_a_call_is_found_by_numbers_and_by_its_id(desk: Bench, tmp_path: Path) -> None:
    by_caller = typed(desk, 'cat /var/log/asterisk/full | grep "XIVO_SRCNUM=1001"')
    by_called = typed(desk, 'cat /var/log/asterisk/full | grep "XIVO_DSTNUM=1002"')
    # XiVO's default dates have no year: [Nov 25 17:35:12]
    head = r"^\[([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)\] VERBOSE\[\d+\]\[(C-[0-9a-f]{8})\] pbx\.c: "
    told = re.findall(head, by_caller, re.MULTILINE)
    assert told
    date, log_id = told[-1]
    assert log_id in by_called

    # The bench was there before, and call ids start again with Asterisk: of the same id only what is of that minute.
    lines = typed(desk, f"cat /var/log/asterisk/full | grep {log_id}").splitlines(keepends=True)
    begin = f"{datetime.strptime(f'2026 {date}', '%Y %b %d %H:%M:%S') - timedelta(seconds=30):[%b %e %H:%M:%S]}"
    (tmp_path / "full").write_text("".join(line for line in lines if line >= begin))
    call = xivolab.open(tmp_path / "full", tz="UTC", year=2026).call(log_id)
    assert (call.caller, call.callee) == ("1001", "1002")


def test_messages_has_what_is_worth_a_look(desk: Bench) -> None:
    assert "NOTICE[" in typed(desk, "cat /var/log/asterisk/messages")
    assert "full => notice,warning,error,debug,verbose,dtmf" in typed(desk, "cat /etc/asterisk/logger.conf")


def test_call_log_and_cel_by_sql(desk: Bench, tmp_path: Path) -> None:
    """`su postgres`, `psql asterisk`, then the course's two queries, of a call that has ended."""
    call = desk.phone("1003").call("1004")
    desk.phone("1004").wait_call().answer()
    call.wait_answered()
    call.hang_up()
    last = "SELECT id, date FROM call_log WHERE source_exten = '1003' ORDER BY id DESC LIMIT 1"
    number, date = until(lambda: desk.sql(last), 10, "no row of the journal", "call_log", "")[0]

    journal = psql(desk, f"select * from call_log where date='{date.isoformat()}';")
    assert re.search(r"^ *id *\| *date *\| *source_name *\| *source_exten", journal, re.MULTILINE)
    assert "(1 row)" in journal
    assert "pjsip/" + line_of(desk, "1004") in journal

    (tmp_path / "cel.txt").write_text(psql(desk, f"select * from cel where call_log_id = {number};"))
    events = [event["eventtype"] for event in xivolab.open(tmp_path / "cel.txt", tz="UTC").table("cel").records()]
    assert events[0] == "CHAN_START"
    assert events[-1] == "LINKEDID_END"
    assert events.count("BRIDGE_ENTER") == 2


def psql(bench: Bench, query: str) -> str:
    """What psql prints when one becomes postgres, starts it and types a query."""
    program = [sys.executable, "-c", "from xivolab.cli.main import run; run()", "pbx", "exec", "--bench", bench.name]
    done = subprocess.run(
        [*program, "su", "postgres"], input=f"psql asterisk\n{query}\n\\q\n", capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "command",
    [
        "tcpdump -i any -w /tmp/capture.pcap",
        "tcpdump -i any host {phones} and udp -w /tmp/capture.pcap",
        "tcpdump -i eth0 -s 0 -n -G 3600 -w /var/tmp/trace_%Y-%m-%d_%H:%M:%S.pcap",
    ],
)
def test_tcpdump(desk: Bench, command: str, tmp_path: Path) -> None:
    phone = desk.phones.setup("1001").address
    desk.execute("pbx", "sh", "-c", "rm -f /tmp/*.pcap /var/tmp/*.pcap")

    # Ctrl-C after two seconds, as a person does it.
    typed(desk, f"timeout --preserve-status -s INT 2 {command.format(phones=phone)}")

    data = desk.engine.feed(
        None, "exec", desk.container("pbx"), "sh", "-c", "cat /tmp/*.pcap /var/tmp/*.pcap 2>/dev/null; :"
    )
    (tmp_path / "capture.pcap").write_bytes(data)
    streams = list(xivolab.open(tmp_path / "capture.pcap").table("streams").records())
    assert {stream["codec"] for stream in streams} == {"PCMA"}, "the call that goes on"


def test_a_call_is_ended_from_the_command_line(desk: Bench) -> None:
    call = desk.phone("1005").call("1006")
    desk.phone("1006").wait_call().answer()
    call.wait_answered()
    channel = next(
        str(row["channel"])
        for row in table(desk, "core show channels concise", "channels")
        if line_of(desk, "1005") in str(row["channel"])
    )

    typed(desk, "asterisk", "-rx", f"channel request hangup {channel}")

    call.wait_ended()

"""A bench: up, mended, and down without a trace."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from xivolab.bench.model import Configuration
from xivolab.bench.plant import health
from xivolab.bench.plant.bench import Bench
from xivolab.bench.plant.parts import parts
from xivolab.bench.plant.wait import until
from xivolab.errors import LabError, UsageError


def test_what_is_not_up_is_told_with_the_remedy() -> None:
    pytest.importorskip("python_on_whales")
    with pytest.raises(LabError, match="xivolab pbx up --bench nobody"):
        _ = Bench("nobody").state


def test_all_parts_run_in_networks_with_no_way_out(bench: Bench) -> None:
    assert [part.name for part in parts(bench.state)] == ["db", "mail", "pbx", "operator", "router", "phones"]
    for net in bench.state.subnets:
        told = json.loads(bench.engine.call("network", "inspect", bench.network(net)))[0]
        assert told.get("internal", told.get("Internal")) is True
    for part in bench.parts:
        told = json.loads(bench.engine.call("inspect", bench.container(part)))[0]
        assert not told["HostConfig"]["PortBindings"]


def test_the_database_answers_from_here_with_the_bench_s_password(bench: Bench) -> None:
    assert bench.sql("SELECT current_user, %s::int", [7]) == [("asterisk", 7)]


def test_up_again_changes_nothing(bench: Bench) -> None:
    before = bench.engine.call("ps", "--quiet", "--no-trunc", "--filter", f"label={bench.engine.label}").split()

    bench.up()

    after = bench.engine.call("ps", "--quiet", "--no-trunc", "--filter", f"label={bench.engine.label}").split()
    assert sorted(after) == sorted(before)


def test_what_runs_is_what_the_database_says_until_somebody_changes_one_of_them(bench: Bench) -> None:
    assert bench.difference() == []
    assert bench.apply() == [], "nothing is to be told when nothing changed"

    bench.pbx.ask("dialplan remove extension 2000@default")
    assert [str(one) for one in bench.difference()] == ["extension 2000@default: not running"]
    bench.pbx.ask("dialplan reload")


def test_another_configuration_is_put_into_effect(bench: Bench) -> None:
    before = bench.configuration
    changed = before.model_dump()
    changed["users"][0]["ringseconds"] = 45
    try:
        assert bench.apply(Configuration.of(changed)) == [], "how long it rings is asked of the database, at each call"
        assert bench.configuration.users[0].ringseconds == 45
    finally:
        bench.apply(before)


def test_two_phones_talk_and_it_is_in_the_journal(bench: Bench) -> None:
    calling, called = bench.phone("1001"), bench.phone("1002")
    before = bench.sql("SELECT coalesce(max(id), 0) FROM call_log")[0][0]

    call = calling.call("1002")
    there = called.wait_call()
    there.answer()
    call.wait_answered()
    call.hang_up()

    query = "SELECT source_exten, destination_exten, answered FROM call_log WHERE id > %s"
    row = until(lambda: bench.sql(query, [before]), 10, "no row of the journal", "call_log", "")
    assert row == [("1001", "1002", True)]


def test_phones_go_on_after_a_reset(bench: Bench) -> None:
    bench.reset()

    call = bench.phone("1002").call("1001")
    bench.phone("1001").wait_call().answer()
    call.wait_answered()
    call.hang_up()


def test_there_are_as_many_phones_as_asked_for(bench: Bench) -> None:
    try:
        bench.up(phones=2)
        assert sorted(bench.phones.phones) == ["1001", "1002"]
        with pytest.raises(UsageError, match=r"no phone '1003'.*1001, 1002"):
            bench.phone("1003")
    finally:
        bench.up(phones=6)
    assert sorted(bench.phones.phones) == ["1001", "1002", "1003", "1004", "1005", "1006"]


def test_killed_in_the_middle_it_comes_up_again(bench: Bench) -> None:
    """`kill -9` of the first process of the PBX and of the database, then of the command that brings them up again."""
    for part in ("pbx", "db"):
        os.kill(bench.engine.pid(bench.container(part)), signal.SIGKILL)
    words = [sys.executable, "-c", f"from xivolab.bench.plant import Bench; Bench({bench.name!r}).up()"]
    with subprocess.Popen(words) as halfway:
        time.sleep(2.5)
        halfway.kill()

    bench.up()

    assert [one for one in health.look(bench) if not one.ok and one.part in ("pbx", "db", "phones")] == []


def test_a_service_that_was_stopped_runs_again_after_up(bench: Bench) -> None:
    bench.service("stop", "asterisk", "agid")

    bench.up()

    assert bench.service("status").split() == ["asterisk", "running", "agid", "running", "call_logd", "running"]


def test_without_its_database_reset_is_the_way_back(bench: Bench) -> None:
    """As in the course's restoration: dropdb asterisk."""
    bench.execute("db", "psql", "-d", "postgres", "-c", "DROP DATABASE asterisk WITH (FORCE)", user="postgres")
    with pytest.raises(LabError, match="xivolab pbx reset"):
        bench.up()

    bench.reset()

    assert bench.configuration.users[0].firstname == "Alice"


def test_an_operator_that_was_told_to_fail_goes_on_failing_after_up(bench: Bench) -> None:
    bench.operator.become("congested")
    told = bench.execute("operator", "cat", "/etc/asterisk/extensions.conf")
    try:
        bench.up()
        assert bench.execute("operator", "cat", "/etc/asterisk/extensions.conf") == told
    finally:
        bench.operator.become("good")
    assert bench.execute("operator", "cat", "/etc/asterisk/extensions.conf") != told


def test_the_interfaces_of_asterisk_answer_whoever_knows_the_secret(bench: Bench) -> None:
    pbx, state = bench.address("pbx"), bench.state
    with socket.create_connection((pbx, 5038), 5) as ami:
        ami.sendall(f"Action: Login\r\nUsername: xivolab\r\nSecret: {state.secret('ami')}\r\n\r\n".encode())
        said = b""
        while b"\r\n\r\n" not in said:
            said += ami.recv(4096)
    assert b"Authentication accepted" in said

    words = base64.b64encode(f"xivolab:{state.secret('ari')}".encode()).decode()
    asked = urllib.request.Request(f"http://{pbx}:8088/ari/asterisk/info", headers={"Authorization": f"Basic {words}"})
    with urllib.request.urlopen(asked, timeout=5) as answer:
        assert json.load(answer)["system"]["version"].startswith("22.")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"http://{pbx}:8088/ari/asterisk/info", timeout=5)


def test_sip_is_spoken_over_tcp_tls_and_websocket(bench: Bench) -> None:
    pbx = bench.address("pbx")
    authority = ssl.create_default_context(cadata=bench.execute("pbx", "cat", "/etc/asterisk/keys/ca.crt"))
    options = (
        "OPTIONS sip:xivo SIP/2.0\r\nVia: SIP/2.0/{0} 192.0.2.1;branch=z9hG4bK1;rport\r\nFrom: <sip:a@b>;tag=1\r\n"
    )
    options += "To: <sip:xivo>\r\nCall-ID: {0}@b\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
    with socket.create_connection((pbx, 5060), 5) as plain:
        plain.sendall(options.format("TCP").encode())
        assert plain.recv(4096).startswith(b"SIP/2.0 ")
    with socket.create_connection((pbx, 5061), 5) as raw, authority.wrap_socket(raw, server_hostname=pbx) as safe:
        safe.sendall(options.format("TLS").encode())
        assert safe.recv(4096).startswith(b"SIP/2.0 ")
    shake = (
        f"GET /ws HTTP/1.1\r\nHost: {pbx}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    )
    shake += "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sip\r\n\r\n"
    with socket.create_connection((pbx, 8088), 5) as web:
        web.sendall(shake.encode())
        assert b" 101 " in web.recv(4096).splitlines()[0]


def test_prompts_are_there_in_french_and_english_and_music_too(bench: Bench) -> None:
    for language in ("fr_FR", "fr", "en"):
        assert bench.execute("pbx", "sh", "-c", f"ls /usr/share/asterisk/sounds/{language}/vm-intro.*")
    assert "music" in bench.pbx.ask("moh show files")


def test_a_mail_of_the_pbx_is_kept(bench: Bench) -> None:
    mail = "From: xivo@xivo.lab\\nTo: alice@xivo.lab\\nSubject: a message\\n\\nHello\\n"
    bench.execute("pbx", "sh", "-c", f"printf '{mail}' | /usr/sbin/sendmail -t", user="asterisk")

    assert "Subject: a message" in bench.execute("mail", "sh", "-c", "cat /var/mail/bench/Maildir/new/*", user="sink")

"""One packet in full detail."""

from __future__ import annotations

import asyncio
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

import xivolab
from tests.made import sip
from xivolab.errors import UsageError
from xivolab.evidence.source import Source
from xivolab.net.keylog import KeyLog
from xivolab.net.tshark import Node
from xivolab.testing import (
    ALICE,
    PBX,
    UPGRADE,
    UPGRADED,
    tframe,
    tmessage,
    tpcap,
    tsdp,
    ttcp,
    ttls,
    tudp,
)
from xivolab.views.dissection import Dissection, dissect

needs_tshark = pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not on this machine")
A, P = f"{ALICE}:5060", f"{PBX}:5060"
SECRET = (
    'Authorization: Digest username="alice", realm="x", nonce="1", uri="sip:x", response="0badc0de", algorithm=MD5\r\n'
)


@dataclass(frozen=True)
class File:
    path: str
    source: Source


@dataclass(frozen=True)
class Case:
    files: list[File]
    tls_keys: KeyLog = field(default_factory=KeyLog)


@dataclass(frozen=True)
class Message:
    """A message in a file."""

    case: Case
    file: str
    frame: int | None
    src: str | None = A
    dst: str | None = P
    transport: str | None = "UDP"


def message(path: Path, frame: int | None, **more: str) -> Message:
    return Message(Case([File(str(path), Source(path))]), str(path), frame, **more)


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    texts = [tmessage(headers=SECRET, sdp=tsdp()).text, tmessage("SIP/2.0 200 OK").text]
    return tpcap(tmp_path / "call.pcap", [tudp(A, P, text.encode(), n) for n, text in enumerate(texts)])


@needs_tshark
def test_every_field_is_there_and_the_frame_is_that_of_the_file(capture: Path) -> None:
    tree = dissect(message(capture, 2))
    assert repr(tree) == "<Dissection frame / eth / ip / udp / sip>"
    assert tree.find("sip.Status-Line") == ["Status-Line: SIP/2.0 200 OK"]
    assert tree.find("frame.number") == ["Frame Number: 2"]
    assert tree.text().startswith("Frame 2: ")


@needs_tshark
def test_what_tshark_says_of_the_small_file_is_left_out(capture: Path) -> None:
    tree = dissect(message(capture, 2))
    assert tree.find("frame.time_relative") == tree.find("udp.stream") == []


@needs_tshark
def test_secrets_are_hidden_unless_asked_for(capture: Path) -> None:
    hidden, shown = dissect(message(capture, 1)), dissect(message(capture, 1), secrets=True)
    assert "0badc0de" not in hidden.text() + hidden.html()
    assert shown.find("sip.auth.digest.response") == ['Digest Authentication Response: "0badc0de"']


@needs_tshark
def test_it_works_while_an_event_loop_runs_as_in_a_notebook(capture: Path) -> None:
    async def in_a_cell() -> Dissection:
        return dissect(message(capture, 1))

    # In a thread of its own: the browser of other tests may keep a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        shown = pool.submit(lambda: asyncio.run(in_a_cell())).result()
    assert shown.find("sip.Method") == ["Method: INVITE"]


@needs_tshark
def test_a_message_of_several_segments_names_the_frames_of_the_file(tmp_path: Path) -> None:
    data = tmessage(headers=f"Subject: {'x' * 200}\r\n").text.encode()
    other = tudp(A, P, b"between")
    packets = [other, ttcp(A, P, data[:150], 1, seq=1), other, ttcp(A, P, data[150:], 2, seq=151)]
    tree = dissect(message(tpcap(tmp_path / "call.pcap", packets), 4, transport="TCP"))
    assert tree.find("sip.Method") == ["Method: INVITE"]
    assert [line.split(",")[0] for line in tree.find("tcp.segment")] == ["Frame: 2", "Frame: 4"]


@pytest.mark.parametrize("frame", [None, 9])
def test_a_message_without_a_packet_is_told(frame: int | None, capture: Path) -> None:
    with pytest.raises(UsageError):
        dissect(message(capture, frame))


def test_a_message_of_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="not from a packet"):
        dissect(Message(Case([]), "full", 1))


TREE = Dissection(
    (
        Node("frame", "Frame 1: 9 bytes"),
        Node("sip", "SIP", (Node("sip.From", "From: <b>&\x1b", (Node("sip.tag", "tag: 1"),)),)),
    )
)


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, "open" in dict(attrs)))


def test_the_tree_folds_without_scripts_its_last_layer_open() -> None:
    tags = Tags(TREE.html()).found
    assert [is_open for tag, is_open in tags if tag == "details"] == [True, True]
    assert {"script", "b"}.isdisjoint(tag for tag, _ in tags)
    assert "From: &lt;b&gt;&amp;␛" in TREE.html()


def test_the_tree_as_text_is_indented() -> None:
    assert TREE.text().splitlines() == ["Frame 1: 9 bytes", "SIP", "    From: <b>&␛", "        tag: 1"]
    assert set(TREE._repr_mimebundle_()) == {"text/plain", "text/html"}


@needs_tshark
@pytest.mark.parametrize("protocols", [(), ("http/1.1",)], ids=["tls", "wss"])
def test_a_message_in_tls_is_deciphered(tmp_path: Path, protocols: tuple[str, ...]) -> None:
    """With the keys of the case, on a port that is nobody's, after more segments than of a plain message are kept."""
    asked, answered = sip("INVITE sip:bob@10.0.0.2 SIP/2.0", call_id="x"), sip("SIP/2.0 486 Busy Here", call_id="x")
    said = [("client", UPGRADE, 1.0), ("server", UPGRADED, 1.1)] if protocols else []
    frames = [tframe(asked, mask=b"mask"), tframe(answered)] if protocols else [asked, answered]
    said += [("client", frames[0], 1.2), ("server", frames[1], 1.3)]
    made = ttls(said, server="10.77.0.10:16061", protocols=protocols)  # type: ignore[arg-type]
    (tmp_path / "keys").write_text(made.key_log)
    case = xivolab.open(tpcap(tmp_path / "tls.pcap", made.packets), keylog=tmp_path / "keys")
    assert [row["transport"] for row in case.table("dialogs").records()] == ["WSS" if protocols else "TLS"]
    tree = case.message(1).dissect().text()
    assert "Status-Line: SIP/2.0 486 Busy Here" in tree
    assert f"Frame {len(made.packets)}:" in tree

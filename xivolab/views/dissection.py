"""One packet in Wireshark's full detail: a tree that folds, without scripts."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any, Protocol

from xivolab.errors import UsageError
from xivolab.evidence.source import Source
from xivolab.net.carve import carve
from xivolab.net.keylog import KeyLog
from xivolab.net.tshark import Node, packet_tree
from xivolab.views.clean import HIDDEN, hide_secrets, one_line
from xivolab.views.flow import split_address
from xivolab.views.palette import variables

_SECRET_FIELDS = (
    "sip.auth.digest.response",
    "sip.auth.ik",
    "sip.auth.ck",
    "sdp.key_and_salt",
    "sdp.crypto.master_key",
    "sdp.crypto.master_salt",
    "sdp.encryption_key.data",
    "sdp.key_mgmt.data",
)

# What these say would be true of the small capture that tshark was given, not of the file of the user.
_OF_THE_CARVED_FILE = (
    "frame.time_delta",
    "frame.time_delta_displayed",
    "frame.time_relative",
    "udp.stream",
    "udp.time_relative",
    "udp.time_delta",
    "tcp.stream",
    "tcp.time_relative",
    "tcp.time_delta",
)

_FRAME_NUMBER = re.compile(
    r"(?<=^Frame )\d+(?=:)|(?<=Frame Number: )\d+|(?<=Frame: )\d+|(?<=#)\d+(?=\()|(?<=in frame: )\d+"
)

_STYLE = (
    f".xivolab-tree{{{variables('light')};color-scheme:light}}"
    f"@media (prefers-color-scheme:dark){{.xivolab-tree{{{variables('dark')};color-scheme:dark}}}}"
    f"[data-jp-theme-light=true] .xivolab-tree,.vscode-light .xivolab-tree{{{variables('light')};color-scheme:light}}"
    f"[data-jp-theme-light=false] .xivolab-tree,.vscode-dark .xivolab-tree{{{variables('dark')};color-scheme:dark}}"
    ".xivolab-tree{font:12px/1.5 ui-monospace,'SF Mono',Consolas,'DejaVu Sans Mono',monospace;"
    "background:var(--xv-paper);color:var(--xv-text);padding:4px 0;overflow-wrap:anywhere}"
    ".xivolab-tree summary{cursor:pointer;padding:1px 6px;border-radius:3px}"
    ".xivolab-tree summary:hover{background:var(--xv-wash)}"
    ".xivolab-tree summary:focus-visible{outline:2px solid var(--xv-request)}"
    ".xivolab-tree>details>summary{background:var(--xv-panel);font-weight:600;margin:1px 0}"
    ".xivolab-tree details>div{margin-left:1.4em}.xivolab-tree div>p{margin:0;padding:0 6px 0 1.5em}"
)


class File(Protocol):
    """A file of evidence: `path` as it was given."""

    @property
    def path(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> Source: ...  # noqa: D102


class Files(Protocol):
    """The evidence a message is from."""

    @property
    def files(self) -> Sequence[File]: ...  # noqa: D102
    @property
    def tls_keys(self) -> KeyLog: ...  # noqa: D102


class Captured(Protocol):
    """A message that can be found again in its file: `src` and `dst` are "ip:port" or None."""

    @property
    def case(self) -> Files: ...  # noqa: D102
    @property
    def file(self) -> str: ...  # noqa: D102
    @property
    def frame(self) -> int | None: ...  # noqa: D102
    @property
    def src(self) -> str | None: ...  # noqa: D102
    @property
    def dst(self) -> str | None: ...  # noqa: D102
    @property
    def transport(self) -> str | None: ...  # noqa: D102


def dissect(message: Captured, *, secrets: bool = False) -> Dissection:
    """Every field of the packet that a message came in, as Wireshark names them.

    `secrets=True` shows digest responses and media keys. Raises MissingToolError without tshark, UsageError when the
    message is not from a packet of a capture.
    """
    source = next((file.source for file in message.case.files if message.file in (file.path, file.source.name)), None)
    if source is None or message.frame is None:
        raise UsageError("this message is not from a packet", message.file, "dissect a message of a capture")
    with tempfile.TemporaryDirectory(prefix="xivolab-") as folder:
        carved = Path(folder) / "packet.pcap"
        secure = message.transport in ("TLS", "WSS")
        frames = carve(source, message.frame, carved, connection=secure)
        keys = message.case.tls_keys.text if secure else ""
        layers = packet_tree(carved, decode_as=_sip_on_its_ports(message), key_log=keys)
    return Dissection(tuple(_true(layer, frames, secrets) for layer in layers if layer.name not in _OF_THE_CARVED_FILE))


def _sip_on_its_ports(message: Captured) -> list[str]:
    """tshark knows SIP by the port; this is SIP on whatever port it was found."""
    ports = [split_address(end)[1] for end in (message.src, message.dst) if end]
    if message.transport in ("TLS", "WSS"):
        inside = "sip" if message.transport == "TLS" else "http"
        return [rule for port in ports for rule in (f"tcp.port=={port},tls", f"tls.port=={port},{inside}")]
    table = {"UDP": "udp", "TCP": "tcp"}.get(message.transport or "")
    return [f"{table}.port=={port},sip" for port in ports] if table else []


def _true(node: Node, frames: Sequence[int], secrets: bool) -> Node:
    """The node with the frame numbers of the file it is from, and without secrets."""

    def number(found: re.Match[str]) -> str:
        carved = int(found.group())
        return str(frames[carved - 1]) if 0 < carved <= len(frames) else found.group()

    label = _FRAME_NUMBER.sub(number, node.label)
    if not secrets:
        label = f"{label.partition(':')[0]}: {HIDDEN}" if node.name in _SECRET_FIELDS else hide_secrets(label)
    children = tuple(_true(child, frames, secrets) for child in node.children if child.name not in _OF_THE_CARVED_FILE)
    return Node(node.name, label, children)


class Dissection:
    """The layers of a packet; shows itself in a notebook as a tree whose last layers are open."""

    def __init__(self, layers: tuple[Node, ...]) -> None:
        self.layers = layers

    def text(self) -> str:
        """The tree, indented."""
        return "".join(
            f"{'    ' * depth}{one_line(node.label)}\n" for layer in self.layers for depth, node in _walk(layer, 0)
        )

    def html(self) -> str:
        """The tree as nested `<details>`: it folds without scripts."""
        last = len(self.layers) - 1
        drawn = "".join(_details(layer, opened=2 if i == last else 0) for i, layer in enumerate(self.layers))
        return f'<div class="xivolab-tree"><style>{_STYLE}</style>{drawn}</div>'

    def find(self, name: str) -> list[str]:
        """The lines of the fields of that name, such as "sip.Call-ID"."""
        return [node.label for layer in self.layers for _, node in _walk(layer, 0) if node.name == name]

    def __repr__(self) -> str:
        return f"<Dissection {' / '.join(layer.name for layer in self.layers)}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": self.text(), "text/html": self.html()}


def _walk(node: Node, depth: int) -> Iterator[tuple[int, Node]]:
    yield depth, node
    for child in node.children:
        yield from _walk(child, depth + 1)


def _details(node: Node, *, opened: int) -> str:
    """The node as HTML, its first `opened` levels unfolded."""
    label = escape(one_line(node.label))
    if not node.children:
        return f"<p>{label}</p>"
    inner = "".join(_details(child, opened=max(opened - 1, 0)) for child in node.children)
    return f"<details{' open' if opened else ''}><summary>{label}</summary><div>{inner}</div></details>"

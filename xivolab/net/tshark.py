"""The only door to tshark and pyshark: one packet in Wireshark's full detail, and the oracle of our own reading.

tshark runs with an empty configuration folder, so that nobody's preferences change an answer. pyshark fails where an
event loop is running already, as in a notebook: it runs in a process of its own, `python -m xivolab.net.tshark FILE`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xivolab.errors import EvidenceError, MissingToolError

REMEDY = "install it: `apt-get install tshark` on Debian and Ubuntu, `brew install wireshark` on macOS"

_DEADLINE_S = 60

# Dissectors that claim UDP ports of RTP ranges for themselves, as long as no SDP named the port before. llc (12000 to
# 12004) takes the first byte of RTP, 0x80, for the address of 3Com XNS; the others hold ports of Asterisk's 10000 to 20000.
_PORT_THIEVES = (
    "llc",
    "hip",
    "memcache",
    "caneth",
    "lwapp",
    "doip",
    "wassp",
    "ieee1722",
    "zep",
    "raknet",
    "kdp",
    "gprs-ns",
    "dnp3",
)

_STREAM_LINE = re.compile(
    r"\s*(-?[\d.]+)\s+(-?[\d.]+)\s+(\S+)\s+(\d+)\s+(\S+)\s+(\d+)\s+0x([0-9A-Fa-f]+)\s+(.*?)\s+"
    r"(\d+)\s+(-?\d+) \((-?[\d.]+)%\)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s*(X?)\s*"
)


_SIP_COUNT = re.compile(r"^\s*(?:SIP )?(\d{3}|[A-Z]+)\b[^:\n]*:\s*(\d+) Packets", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Node:
    """One line of Wireshark's tree: the `name` of its field ("sip.Call-ID", "" for a heading), its text, what folds under it."""

    name: str
    label: str
    children: tuple[Node, ...] = ()


@cache
def tshark_path() -> str:
    """Where tshark is. Raises MissingToolError."""
    path = shutil.which("tshark")
    if path is None:
        raise MissingToolError("tshark is not on this machine", "tshark", REMEDY)
    return path


def tshark_version() -> str:
    """Its version, such as "4.0.17". Raises MissingToolError."""
    found = re.search(r"\d+\.\d+\.\d+", _run(["--version"]))
    return found.group() if found else "?"


def packet_tree(capture: Path, *, decode_as: Sequence[str] = (), key_log: str = "") -> tuple[Node, ...]:
    """The layers of the last packet of a small capture, nested as Wireshark nests them.

    `decode_as` are rules such as "udp.port==5070,sip", `key_log` is the text of one. Raises MissingToolError without tshark or pyshark,
    EvidenceError when they can make nothing of the file.
    """
    tshark_path()
    with tempfile.TemporaryDirectory(prefix="xivolab-") as empty, tempfile.NamedTemporaryFile("w") as keys:
        keys.write(key_log)
        keys.flush()
        done = subprocess.run(
            [sys.executable, "-m", __name__, str(capture.resolve()), keys.name, *decode_as],
            capture_output=True,
            check=False,
            timeout=_DEADLINE_S,
            # pyshark takes any config.ini of the current folder for its own.
            cwd=empty,
            env=_environment(empty) | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])},
        )
    if done.returncode:
        raise EvidenceError(
            f"tshark cannot show this packet ({_last_line(done.stderr)})", str(capture), "look at it in Wireshark"
        )
    layers = json.loads(done.stdout)
    if not layers:
        raise EvidenceError("tshark found no packet", str(capture), "look at it in Wireshark")
    return tuple(_node(layer) for layer in layers)


def oracle_streams(capture: Path, *, heuristic: bool = False, decode_as: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What `tshark -q -z rtp,streams` says: the one place with the command that our RTP figures are compared with.

    `heuristic` also finds RTP that no SDP announced. Times are seconds since the first packet of the file.
    """
    disabled = [word for protocol in _PORT_THIEVES for word in ("--disable-protocol", protocol)]
    guessed = ["--enable-heuristic", "rtp_udp", "--enable-heuristic", "rtcp_udp"] if heuristic else []
    out = _run(["-n", "-r", str(capture), *disabled, *guessed, *_rules(decode_as), "-q", "-z", "rtp,streams"])
    return [_stream(line.groups()) for line in map(_STREAM_LINE.fullmatch, out.splitlines()) if line]


def oracle_sip(capture: Path, *, decode_as: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What `tshark -Y sip` finds: for each frame its number and the start lines of the SIP messages that end in it."""
    fields = [
        "-T",
        "fields",
        "-e",
        "frame.number",
        "-e",
        "sip.Request-Line",
        "-e",
        "sip.Status-Line",
        "-E",
        "aggregator=\x1f",
    ]
    out = _run(["-n", "-r", str(capture), *_rules(decode_as), "-Y", "sip", *fields])
    frames = []
    for line in out.splitlines():
        number, requests, statuses = [*line.split("\t"), "", ""][:3]
        start_lines = [start for part in (requests, statuses) for start in part.split("\x1f") if start]
        frames.append({"frame": int(number), "messages": start_lines})
    return frames


def oracle_sip_counts(capture: Path, *, decode_as: Sequence[str] = ()) -> dict[str, float]:
    """What `tshark -q -z sip,stat` counts: messages by method and status code, and its mean `setup_ms`.

    Its setup time is that from each INVITE to its final response, whichever leg or challenge.
    """
    out = _run(["-n", "-r", str(capture), *_rules(decode_as), "-q", "-z", "sip,stat"])
    found: dict[str, float] = {name: int(count) for name, count in _SIP_COUNT.findall(out)}
    setup = re.search(r"Average setup time (\d+) ms", out)
    return found | ({"setup_ms": float(setup[1])} if setup else {})


def oracle_fields(
    capture: Path, display_filter: str, fields: Sequence[str], *, decode_as: Sequence[str] = ()
) -> list[list[str]]:
    """The first value of each field, empty where there is none, of every frame that the display filter lets through."""
    wanted = [word for field in fields for word in ("-e", field)]
    rules = _rules(decode_as)
    out = _run(["-n", "-r", str(capture), *rules, "-Y", display_filter, "-T", "fields", "-E", "occurrence=f", *wanted])
    return [line.split("\t") for line in out.splitlines()]


def convert(capture: Path, out: Path) -> str:
    """Write a capture of any format that Wireshark reads as pcapng; what stopped it, "" when nothing did.

    Raises MissingToolError without tshark, EvidenceError when it read no packet.
    """
    stopped = _converted([tshark_path(), "-n", "-r", str(capture), "-F", "pcapng", "-w", str(out)])
    if "can't be written as" in stopped and (editcap := shutil.which("editcap")) and _is_ethernet(capture):
        # Formats that tell the link of each packet: pcapng wants to know them beforehand.
        stopped = _converted([editcap, "-F", "pcapng", "-T", "ether", str(capture), str(out)])
    if stopped and not (out.exists() and out.stat().st_size):
        raise EvidenceError(stopped, str(capture), "look at it in Wireshark")
    return stopped


def _converted(command: Sequence[str]) -> str:
    """What a program of Wireshark's says that stopped it."""
    with tempfile.TemporaryDirectory(prefix="xivolab-") as empty:
        done = subprocess.run(
            command, capture_output=True, check=False, timeout=10 * _DEADLINE_S, env=_environment(empty)
        )
    if done.returncode == 0:
        return ""
    told = done.stderr.decode("utf-8", "replace").splitlines()
    why = next((line for line in told if re.match(r"(tshark|editcap): ", line)), "it gave no reason")
    return re.sub(r'(?i)(the file )?"[^"]*/[^"]*"', "the file", why.partition(": ")[2] or why).rstrip(".")


def _is_ethernet(capture: Path) -> bool:
    """Whether all packets are of Ethernet."""
    return {kind for (kind,) in field_lines(capture, ["frame.encap_type"])} == {"1"}


def field_lines(
    capture: Path,
    fields: Sequence[str],
    options: Sequence[str] = (),
    *,
    display_filter: str = "",
    deadline_s: float = 10 * _DEADLINE_S,
) -> Iterator[list[str]]:
    """The values of the fields, several of one joined by commas, for each frame that the display filter lets through.

    Line by line as tshark finds them. Raises MissingToolError without tshark, EvidenceError when it fails or takes
    longer than `deadline_s`.
    """
    wanted = [word for field in fields for word in ("-e", field)]
    filtered = ["-Y", display_filter] if display_filter else []
    command = [tshark_path(), "-n", "-r", str(capture), *options, *filtered, "-T", "fields", *wanted]
    with tempfile.TemporaryDirectory(prefix="xivolab-") as empty, tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, env=_environment(empty))
        late = threading.Timer(deadline_s, process.kill)
        late.start()
        assert process.stdout is not None
        try:
            for line in process.stdout:
                yield line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
            if process.wait():
                told.seek(0)
                raise EvidenceError(
                    f"tshark stopped ({_last_line(told.read())})", str(capture), "look at it in Wireshark"
                )
        finally:
            late.cancel()
            process.kill()
            process.wait()
            process.stdout.close()


def _rules(decode_as: Sequence[str]) -> list[str]:
    return [word for rule in decode_as for word in ("-d", rule)]


def _environment(configuration: str) -> dict[str, str]:
    return os.environ | {"WIRESHARK_CONFIG_DIR": configuration, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _run(arguments: Sequence[str]) -> str:
    """Standard output of tshark. A file that is cut short still has one, and tshark ends with 2."""
    with tempfile.TemporaryDirectory(prefix="xivolab-") as empty:
        done = subprocess.run(
            [tshark_path(), *arguments],
            capture_output=True,
            check=False,
            timeout=10 * _DEADLINE_S,
            env=_environment(empty),
        )
    if done.returncode and not done.stdout:
        raise EvidenceError(
            f"tshark failed ({_last_line(done.stderr)})", " ".join(arguments), "look at the file in Wireshark"
        )
    return done.stdout.decode("utf-8", "replace")


def _last_line(errors: bytes) -> str:
    return (errors.decode("utf-8", "replace").strip().splitlines() or ["no message"])[-1]


def _stream(parts: tuple[str, ...]) -> dict[str, Any]:
    start, end, src, sport, dst, dport, ssrc, payload, packets, lost, lost_pct = parts[:11]
    min_delta, mean_delta, max_delta, min_jitter, mean_jitter, max_jitter = map(float, parts[11:17])
    return {
        "ssrc": f"0x{int(ssrc, 16):08x}",
        "src": _endpoint(src, sport),
        "dst": _endpoint(dst, dport),
        "payload": payload,
        "packets": int(packets),
        "wireshark_lost": int(lost),
        "lost_pct": float(lost_pct),
        "delta_min_ms": min_delta,
        "delta_mean_ms": mean_delta,
        "delta_max_ms": max_delta,
        "jitter_min_ms": min_jitter,
        "jitter_mean_ms": mean_jitter,
        "jitter_max_ms": max_jitter,
        "problem": parts[17] == "X",
        "start": float(start),
        "end": float(end),
    }


def _endpoint(address: str, port: str) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _node(parts: list[Any]) -> Node:
    name, label, children = parts
    return Node(name, label, tuple(_node(child) for child in children))


def _label(element: Any) -> str:
    """What Wireshark writes in its tree; it cuts long lines at 240 characters, the value itself is whole."""
    label = str(element.get("showname") or element.get("show") or element.get("name") or "")
    if "[truncated]" in label:
        key = label.replace("[truncated]", "").partition(":")[0].strip()
        return f"{key}: {element.get('show') or ''}"
    return label


def _parts(element: Any) -> list[Any]:
    children = [_parts(child) for child in element if child.tag in ("field", "proto") and child.get("hide") != "yes"]
    return [element.get("name") or "", _label(element), children]


def _show_last_packet(capture: str, key_log: str, decode_as: Sequence[str]) -> None:
    """Prints the layers of a capture's last packet as JSON: the work of the process of its own."""
    import asyncio

    import lxml.etree
    from pyshark import FileCapture
    from pyshark.tshark.output_parser.tshark_xml import TsharkXmlParser

    class NestedParser(TsharkXmlParser):  # type: ignore[misc]  # pyshark has no types
        """pyshark lays the fields of a layer side by side; here they stay nested and in order."""

        def _parse_single_packet(self, packet: bytes) -> Any:
            return lxml.etree.fromstring(packet, lxml.etree.XMLParser(recover=True, huge_tree=True))

    class NestedCapture(FileCapture):  # type: ignore[misc]  # pyshark has no types
        def _setup_tshark_output_parser(self) -> NestedParser:
            return NestedParser()

    rules = dict(rule.split(",", 1) for rule in decode_as)
    loop = asyncio.new_event_loop()
    # pyshark passes by name what `-d` wants; a loop of our own spares it those that newer Pythons took away.
    keys = ["-o", f"tls.keylog_file:{key_log}"]
    packets = list(
        NestedCapture(capture, eventloop=loop, tshark_path=tshark_path(), decode_as=rules, custom_parameters=keys)
    )
    layers = []
    for layer in packets[-1].iterfind("proto") if packets else ():
        if layer.get("name") == "fake-field-wrapper":  # lines that belong to no protocol, such as reassembled segments
            layers += _parts(layer)[2]
        elif layer.get("name") != "geninfo":
            layers.append(_parts(layer))
    json.dump(layers, sys.stdout)


if __name__ == "__main__":
    _show_last_packet(sys.argv[1], sys.argv[2], sys.argv[3:])

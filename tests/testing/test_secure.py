"""The made TLS connections are real ones: tshark opens them with their keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from xivolab.net.tshark import field_lines
from xivolab.testing import tpcap, ttls


@pytest.mark.parametrize(("version", "number"), [("1.2", "0x0303"), ("1.3", "0x0304")])
def test_tshark_opens_it(tmp_path: Path, version: str, number: str) -> None:
    made = ttls([("client", b"hello", 1.0), ("server", b"world", 1.5)], version=version, server="10.77.0.10:443")  # type: ignore[arg-type]
    capture = tpcap(tmp_path / "tls.pcap", made.packets)
    (tmp_path / "keys").write_text(made.key_log)
    options = ["-o", f"tls.keylog_file:{tmp_path / 'keys'}", "-d", "tls.port==443,data"]
    found = list(field_lines(capture, ["frame.time_relative", "data.data"], options, display_filter="data.data"))
    assert [(round(float(when), 3), bytes.fromhex(data)) for when, data in found] == [(1.0, b"hello"), (1.5, b"world")]
    hello = field_lines(capture, ["tls.handshake.version", "tls.handshake.extensions.supported_version"])
    assert any(number in line for fields in hello for line in fields)

"""Messages as columns."""

from __future__ import annotations

from xivolab.schema import NULL_INT
from xivolab.sip.store import TRANSPORTS, RawMessages


def test_rows_become_columns() -> None:
    raw = RawMessages.from_rows(
        [
            {"data": b"a", "time": 5, "src": "1.1.1.1:1", "dst": "[::1]:2", "transport": "TCP", "frame": 9},
            {"data": b"b", "src": "[::1]:2"},
        ]
    )
    assert len(raw) == 2
    assert [raw.addresses[n] for n in raw.src] == ["1.1.1.1:1", "[::1]:2"]
    assert (raw.dst[0], raw.dst[1]) == (raw.src[1], -1)
    assert raw.time.tolist() == [5, NULL_INT]
    assert raw.frame.tolist() == [9, 2]
    assert TRANSPORTS[raw.transport[0]] == "TCP"

"""`pjsip show channelstats`: media counters of each channel, put right.

Traps, all of them in Asterisk's source (channels/pjsip/cli_commands.c, res/res_rtp_asterisk.c):

* the two jitter columns are crossed: "Receive … Jitter" is what the phone reports about what we send, "Transmit … Jitter"
  what we measure in what we receive;
* before 18.17 and 20.2 the phone's jitter was divided by 65 536 as an integer, and is always 0.000;
* counters of lost packets wrap (`xivolab.asterisk.cli.counters`);
* without RTCP from the phone, the loss it sees and the round trip are 0 as well: that is "unknown", not "perfect".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from xivolab.asterisk.cli.counters import Lost, lost_packets, thousands
from xivolab.asterisk.cli.found import Found, seconds
from xivolab.asterisk.cli.lines import Line
from xivolab.asterisk.cli.wrapped import joined_rows

_COUNT = r"\d+K?"
# The columns may touch: "572   16777K2933079".
_ROW = re.compile(
    rf"""(?:(?:(?P<bridge>[0-9a-f]{{8}})\s+)?(?P<channel>\S(?:.*\S)?)\s+(?P<uptime>\d+:\d\d:\d\d)\s+(?:(?P<codec>[^\W\d]\S*|\d*[a-z]\w*)\s+)?
    (?P<rx>{_COUNT})\s+(?P<rx_lost>\d+K|\d+(?=\s))\s*(?P<rx_pct>\d+)\s+(?P<rx_jitter>\d+\.\d{{3}})\s+
    (?P<tx>{_COUNT})\s+(?P<tx_lost>\d+K|\d+(?=\s))\s*(?P<tx_pct>\d+)\s+(?P<tx_jitter>\d+\.\d{{3}})\s+(?P<rtt>\d+\.\d{{3}}))
    | (?:(?P<name>\S.*?)\s+(?P<why>not\ valid|no\ audio\ streams|corrupted\ default\ audio\ session|direct\ media))""",
    re.VERBOSE,
)
_HEADING = re.compile(r"\s*(?:\.{3,}|BridgeId\b|={5,}|Count\b|Lost\b|Pct\b|Jitter\b|RTT\b)")
_WHY = {
    "not valid": "not-valid",
    "corrupted default audio session": "not-valid",
    "no audio streams": "no-audio",
    "direct media": "direct-media",
}
_FIGURES = ("rx", "rx_lost", "rx_pct", "rx_jitter", "tx", "tx_lost", "tx_pct", "tx_jitter", "rtt")
_LOCAL_BITS, _REMOTE_BITS = 32, 24


def channelstats(lines: Sequence[Line]) -> Iterator[Found]:
    """The rows of the table "channelstats"."""
    rows = [line for line in lines if not _HEADING.match(line.text)]
    for line, found in joined_rows(rows, _ROW, _begins):
        yield Found("channelstats", line.number, _silent(found) if found["why"] else _counted(found))


def _begins(text: str) -> bool:
    """A row has its channel's name on its first line: it ends in `-` and hexadecimal digits, unless it was cut."""
    return bool(
        re.match(r"\s*(?:[0-9a-f]{8}\s+)?[^\s.]*[A-Za-z_-][^\s]*\s*(?:\s\d+:\d\d|$|\snot|\sno|\sdirect|\scorr)", text)
    )


def _silent(found: re.Match[str]) -> dict[str, Any]:
    name = found["name"].removeprefix("PJSIP/")
    return {**_EMPTY, "channel": name, "channel_name": f"PJSIP/{name}", "state": _WHY[found["why"]]}


def _counted(found: re.Match[str]) -> dict[str, Any]:
    notes = ["jitter-swapped"]
    received, sent = thousands(found["rx"]), thousands(found["tx"])
    rx_lost = lost_packets(found["rx_lost"], int(found["rx_pct"]), received, _LOCAL_BITS)
    tx_lost = lost_packets(found["tx_lost"], int(found["tx_pct"]), sent, _REMOTE_BITS)
    if rx_lost.wrapped or tx_lost.wrapped:
        notes.append("counter-wrapped")
    if any(count.endswith("K") for count in (found["rx"], found["tx"])) or rx_lost.rounded or tx_lost.rounded:
        notes.append("rounded")
    remote_jitter, rtt = float(found["rx_jitter"]), float(found["rtt"])
    rtcp = bool(remote_jitter or rtt or tx_lost.high or tx_lost.low)
    if not rtcp:
        notes.append("no-rtcp")
    elif not remote_jitter:
        notes.append("jitter-unknown")
    return {
        **_EMPTY,
        "channel": found["channel"],
        "bridge": found["bridge"],
        "state": "counted",
        "uptime_s": seconds(found["uptime"]),
        "codec": found["codec"],
        "rx_packets": received[0],
        "rx_lost": rx_lost.likely,
        "rx_lost_pct": _percent(rx_lost, received[0] + rx_lost.likely),
        "rx_jitter_ms": _milliseconds(found["tx_jitter"]) if received[0] else None,
        "rx_lost_low": rx_lost.low,
        "rx_lost_high": rx_lost.high,
        "tx_packets": sent[0],
        "tx_lost": tx_lost.likely if rtcp else None,
        "tx_lost_pct": _percent(tx_lost, sent[0]) if rtcp else None,
        "tx_jitter_ms": _milliseconds(found["rx_jitter"]) if rtcp and remote_jitter else None,
        "tx_lost_low": tx_lost.low if rtcp else None,
        "tx_lost_high": tx_lost.high if rtcp else None,
        "rtt_ms": _milliseconds(found["rtt"]) if rtt else None,
        "rtcp": rtcp,
        "printed": [found[figure] for figure in _FIGURES],
        "notes": notes,
    }


def _percent(lost: Lost, of: int) -> float | None:
    """Duplicates are no loss: 0."""
    return round(100 * max(lost.likely, 0) / of, 3) if of > 0 else None


def _milliseconds(text: str) -> float:
    return round(float(text) * 1000, 3)


_EMPTY: dict[str, Any] = dict.fromkeys(
    [
        "channel_name",
        "bridge",
        "uptime_s",
        "codec",
        "rx_packets",
        "rx_lost",
        "rx_lost_pct",
        "rx_jitter_ms",
        "tx_packets",
        "tx_lost",
        "tx_lost_pct",
        "tx_jitter_ms",
        "rtt_ms",
        "rtcp",
        "rx_lost_low",
        "rx_lost_high",
        "tx_lost_low",
        "tx_lost_high",
        "call",
    ]
) | {"printed": [], "notes": []}

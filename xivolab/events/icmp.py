"""What ICMP tells: packets of SIP and media that did not arrive, and who said so."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.calls.unreached import runs
from xivolab.events.event import Event
from xivolab.table import Table


def icmp_events(errors: Table) -> Iterator[Event]:
    """An event for each message that came back, and one for each run of errors about one flow of media.

    Errors about what is no SIP and of no call are left out.
    """
    columns = errors.columns
    for run in runs(errors):
        first = {name: values[run[0]] for name, values in columns.items()}
        if first["protocol"] is None and first["call"] is None:
            continue
        times = f" ×{len(run)}" if len(run) > 1 else ""
        quoted = f"{first['protocol'] or first['transport']} {first['quoted_src']} → {first['quoted_dst']}"
        reached = first["quoted_dst"].rpartition(":")[0].strip("[]") == first["src"]
        by = "" if reached else f" · {first['src']}"
        yield Event(
            time=int(first["time"]),
            source="sip" if first["protocol"] == "SIP" else "rtp",
            kind="icmp-unreachable" if first["unreachable"] and not first["after_end"] else "icmp-error",
            text=f"{first['error']}{times} · {quoted}{by}",
            call=first["call"],
            stream=first["stream"],
            file=first["file"],
            frame=int(first["frame"]),
        )

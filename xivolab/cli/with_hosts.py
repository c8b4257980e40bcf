"""`--with-hosts`: names and roles of both ends beside their addresses, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from xivolab.errors import UsageError
from xivolab.schema import HOST_FIELDS
from xivolab.table import Table, column
from xivolab.views.names import host_at
from xivolab.views.subjects import Host


def with_hosts(table: Table, names: Mapping[str, Host]) -> Table:
    """The rows with `xivolab.schema.HOST_FIELDS` behind the others. Raises UsageError for records without `src` and `dst`."""
    if not {"src", "dst"} <= table.columns.keys():
        what = f"{table.record.plural} have no src and dst"
        raise UsageError(what, "--with-hosts", "dialogs, streams, registrations, messages and icmp have them")
    record = replace(table.record, fields=(*table.record.fields, *HOST_FIELDS))
    added: dict[str, np.ndarray] = {}
    for end in ("src", "dst"):
        hosts = [place and host_at(names, place) for place in table[end].tolist()]
        added[f"{end}_host"] = column(record.field(f"{end}_host"), [host.name if host else None for host in hosts])
        added[f"{end}_role"] = column(
            record.field(f"{end}_role"), [host.role or None if host else None for host in hosts]
        )
    return Table(record, {**table.columns, **{field.name: added[field.name] for field in HOST_FIELDS}})

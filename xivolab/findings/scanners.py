"""Who tries one account or number after the other: a scanner, whose every refusal is no finding of its own."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from xivolab.asterisk.log.refusals import SCAN_ACCOUNTS
from xivolab.findings.evidence import Evidence
from xivolab.findings.media_ways import host
from xivolab.sip import scan

_REFUSED = (401, 403, 404, 407)


def scanners(evidence: Evidence) -> dict[str, dict[str, int]]:
    """By IP address of a scanner: the users that it tried in vain, each with the row of a message that refused it."""
    return evidence.once(scanners, lambda: _scanners(evidence))


def _scanners(evidence: Evidence) -> dict[str, dict[str, int]]:
    """Those of whose REGISTER and INVITE requests so many different accounts or numbers were refused, and none accepted."""
    index = evidence.sip.index
    tried: dict[str, dict[str, int]] = defaultdict(dict)
    welcome: dict[str, set[str]] = defaultdict(set)
    for row in np.flatnonzero(np.isin(index.statuses, (200, *_REFUSED))).tolist():
        if index.method[row] not in ("REGISTER", "INVITE"):
            continue
        source = host(index.place(index.dst[row]) or "")
        address = index.address(row, scan.TO)
        user = address.uri.user if address and address.uri and address.uri.user else ""
        if index.status[row] == 200:
            welcome[source].add(user)
        else:
            tried[source].setdefault(user, row)
    found = {}
    for source, users in tried.items():
        refused = {user: row for user, row in users.items() if user not in welcome[source]}
        # A PBX whose operator refuses many numbers has others accepted.
        if len(refused) >= SCAN_ACCOUNTS and len(refused) > len(welcome[source]):
            found[source] = refused
    return found

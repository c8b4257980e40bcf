"""All findings of a case: every rule that can use its evidence is asked, then each finding gets its role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, tzinfo
from hashlib import blake2b
from typing import Any

from numpy.typing import NDArray

from xivolab._collector import collector_paused
from xivolab.findings.evidence import Evidence, Readable
from xivolab.findings.finding import Finding
from xivolab.findings.log_signals import Spotter
from xivolab.findings.precedence import with_roles
from xivolab.findings.registry import ANY, LOG, NEEDS, rule_of
from xivolab.findings.severity import ORDER, SEVERITY
from xivolab.findings.thresholds import DEFAULTS
from xivolab.findings.words import Sentences
from xivolab.schema import FINDING, NULL_INT
from xivolab.table import Table, column


@collector_paused
def find(reading: Readable, limits: Mapping[str, float] = DEFAULTS) -> list[Finding]:
    """The findings, worst first, then by time; those of a call with their roles (cause or consequence)."""
    kinds = reading.kinds_of_evidence() | {ANY}
    rules = [rule_of(code) for code, needs in NEEDS.items() if kinds.intersection(needs)]
    evidence = Evidence(reading, limits)
    by_call: dict[int | None, list[Finding]] = defaultdict(list)
    for rule in rules:
        for finding in rule.find(evidence):
            by_call[finding.call].append(finding)
    found = [one for call, findings in by_call.items() for one in (findings if call is None else with_roles(findings))]
    starts = evidence.calls["start"]

    def place(finding: Finding) -> tuple[Any, ...]:
        time = finding.time if finding.time is not None else NULL_INT
        if time == NULL_INT and finding.call is not None:
            time = int(starts[finding.call])
        return (
            finding.role != "cause",
            ORDER[SEVERITY[finding.code]],
            time,
            finding.call or 0,
            finding.code,
            finding.about,
        )

    return sorted(found, key=place)


def spotter() -> Spotter:
    """What notes the records that the rules look for, while logs are read."""
    rules = [rule_of(code) for code, needs in NEEDS.items() if LOG in needs]
    return Spotter(
        [needle for rule in rules for needle in rule.needles], [needle for rule in rules for needle in rule.of_dialplan]
    )


def finding_table(found: list[Finding], calls: Table, lang: str = "en", place: tzinfo = UTC) -> Table:
    """The findings with their sentences in one language; `calls` are those that their rows mean."""
    sentences = Sentences(lang, place)
    call_ids = calls["id"].tolist()
    ids = _ids(found, call_ids)
    return Table.from_rows(
        FINDING,
        [
            {
                "id": ids[id(one)],
                "time": None if one.time == NULL_INT else one.time,
                "code": one.code,
                "severity": SEVERITY[one.code],
                "role": one.role,
                "call": None if one.call is None else call_ids[one.call],
                "summary": sentences.summary(one),
                "cause": sentences.cause(one),
                "remedy": sentences.remedy(one),
                "evidence": [proof.record() for proof in one.proofs],
                "follows_from": None if one.cause is None else ids.get(id(one.cause)),
            }
            for one in found
        ],
    )


def with_codes(calls: Table, found: list[Finding]) -> Table:
    """The calls, each with the codes of its causes, the worst first."""
    codes: dict[int, dict[str, None]] = defaultdict(dict)
    for one in found:
        if one.call is not None and one.role == "cause":
            codes[one.call][one.code] = None
    values: NDArray[Any] = column(
        calls.record.field("findings"), [list(codes.get(row, ())) for row in range(len(calls))]
    )
    return Table(calls.record, {**calls.columns, "findings": values})


def _ids(found: list[Finding], call_ids: list[str]) -> dict[int, str]:
    """Made of what a finding says, wherever its files lie."""
    ids: dict[int, str] = {}
    seen: dict[str, int] = {}
    for one in found:
        call = None if one.call is None else call_ids[one.call]
        first = one.proofs[0] if one.proofs else None
        key = repr((one.code, call, one.about, one.variant, first and (first.frame, first.line, first.text)))
        name = blake2b(key.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
        count = seen[name] = seen.get(name, 0) + 1
        ids[id(one)] = name if count == 1 else f"{name}-{count}"
    return ids

"""One call explained: the verdict, what happened, the proof, what to do next, and what is missing from the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from shlex import quote
from typing import TYPE_CHECKING, Any

from xivolab.errors import UsageError
from xivolab.report.parts.story import reason_of, story
from xivolab.report.words import Lang, Words, words

if TYPE_CHECKING:
    from xivolab.case import Case
    from xivolab.objects import Call

Row = dict[str, Any]

_ORDER = ("error", "warning", "info")
_PROOFS = 3
"""A proof more than these is left to `xivolab findings`."""
_AROUND_S = 60
_REMARKS = frozenset({"media-not-captured", "evidence-incomplete"})


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is said of one call. `causes` are findings as JSON has them, the worst first, `facts` those that are no fault.

    `commands` show more of it; `missing` are what the evidence lacks, each with the command that gets it.
    """

    title: str
    verdict: str
    sentences: Sequence[str]
    causes: Sequence[Row]
    consequences: Sequence[Row]
    facts: Sequence[Row]
    commands: Sequence[str]
    missing: Sequence[tuple[str, str]]


def explain(call: Call, evidence: Sequence[str], lang: Lang = "en") -> Explanation:
    """The explanation of a call; `evidence` are the files as they were given, for the commands."""
    case = call.case.in_language(lang)
    say = words(lang, case.tz)
    record = call.record()
    found = [row for row in case.table("findings").records() if row["call"] in (call.id, None)]
    about = [row for row in found if row["call"] == call.id]
    causes = [row for row in about if row["role"] == "cause" and row["severity"] != "info"]
    everyday = [
        row for row in about if row["role"] == "cause" and row["severity"] == "info" and row["code"] not in _REMARKS
    ]
    told = causes or [row for row in everyday if _is_the_reason(row, record)]
    return Explanation(
        title=_title(say, record),
        verdict=told[0]["summary"] if told else say(_verdict(record)),
        sentences=list(story(say, record, reason_of(call))),
        causes=told,
        consequences=[row for row in about if row["role"] == "consequence"],
        facts=[row for row in everyday if row not in told],
        commands=list(_commands(case, call, evidence, told)),
        missing=list(_missing(case, record, say)),
    )


def choose(case: Case, key: str | None, number: str | None, around: int | None) -> tuple[Call, int]:
    """The call meant, and how many others there are: by key, or the worst of those with the number and near the time (ns).

    Raises UsageError when there is none.
    """
    if key is not None:
        return case.call(key), 0
    from xivolab.calls import same_party
    from xivolab.report.ranking import worst_first

    rows = [one.call for one in worst_first(case)]
    if number is not None:
        users = ("from_user", "to_user", "caller", "callee")
        rows = [row for row in rows if any(same_party(number, row[user]) for user in users)]
    if around is not None:
        near = [row for row in rows if row["start"] is not None and _distance(row, around / 1e9) <= _AROUND_S]
        rows = sorted(near, key=lambda row: _distance(row, around / 1e9))
    if not rows:
        raise UsageError("no such call in this evidence", "explain", "`xivolab calls` lists those there are")
    severity = {row["call"]: _ORDER.index(row["severity"]) for row in reversed(list(case.table("findings").records()))}
    worst = rows[0] if around is not None else min(rows, key=lambda row: severity.get(row["id"], len(_ORDER)))
    return case.call(worst["id"]), len(rows) - 1


def _distance(row: Row, time: float) -> float:
    """How far a time is from a call: 0 while it goes on."""
    start, end = float(row["start"]), float(row["end"] or row["start"])
    return max(start - time, time - end, 0.0)


def _title(say: Words, record: Row) -> str:
    nobody = say("unknown-party")
    caller, callee = record["caller"] or record["from_user"] or nobody, record["callee"] or record["to_user"] or nobody
    return f"{caller} → {callee} · {say.moment(record['start'])} · {say('state-' + record['state'])}"


def _verdict(record: Row) -> str:
    return "verdict-fine" if record["state"] in ("completed", "in-call") else "verdict-no-fault"


def _is_the_reason(row: Row, record: Row) -> bool:
    """Whether an everyday finding is why a call did not come about."""
    return record["state"] not in ("completed", "in-call") or row["code"] in (
        "call-right-denied",
        "schedule-closed",
        "dnd-active",
    )


def _commands(case: Case, call: Call, evidence: Sequence[str], told: Sequence[Row]) -> Iterator[str]:
    files = " ".join(map(quote, evidence))
    for row in told[:1]:
        for proof in row["evidence"][:_PROOFS]:
            if "frame" in proof:
                yield f"tshark -r {quote(proof['file'])} -Y frame.number=={proof['frame']} -V"
            elif proof.get("line") is not None:
                yield f"sed -n {proof['line']}p {quote(proof['file'])}"
    if call.messages:
        yield f"xivolab ladder {files} --call {call.id}"
    if case.reading.has_logs:
        yield f"xivolab trace {files} --call {call.id}"
    if call.streams:
        yield f"xivolab quality {files} --call {call.id}"


def _missing(case: Case, record: Row, say: Words) -> Iterator[tuple[str, str]]:
    """What would tell more, and the command that gets it on the PBX."""
    kinds = case.reading.kinds_of_evidence()
    start = record["start"]
    if not case.reading.captures:
        yield say("missing-capture"), "tcpdump -i any -s 0 -w /tmp/call.pcap 'udp or port 5060'"
    elif "rtp" not in kinds and record["answered"]:
        yield say("missing-media"), "tcpdump -i any -s 0 -w /tmp/call.pcap udp"
    if start is None:
        return
    if "log" not in kinds:
        hour = say.log_minutes(start)
        yield say("missing-log"), f"zgrep -hE '^\\[({hour})' /var/log/asterisk/full* > /tmp/full.txt"
    if "cel" not in kinds:
        begin, end = (datetime.fromtimestamp(start + offset, UTC).strftime("%F %T+00") for offset in (-_AROUND_S, 600))
        query = f"select * from cel where eventtime between '{begin}' and '{end}' order by id"  # noqa: S608  # shown to a person
        yield say("missing-cel"), f'sudo -u postgres psql asterisk -c "{query}" > /tmp/cel.txt'

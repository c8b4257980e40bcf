"""Evidence opened as the command line says, and what could not be read told on standard error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xivolab.cli.options import KeyLogFile, Kinds, Year, Zone
from xivolab.errors import UsageError

if TYPE_CHECKING:
    from xivolab.case import Case
    from xivolab.scan import Progress


@dataclass(frozen=True, slots=True)
class Source:
    """The options that say how evidence is read: a command takes all of them as one parameter."""

    tz: Zone = None
    year: Year = None
    kinds: Kinds = None
    keylog: KeyLogFile = None

    def open(self, evidence: Sequence[str], progress: Progress | None = None) -> Case:
        """The case of some evidence. Raises UsageError for a wrong option, EvidenceError for an unreadable file."""
        import xivolab
        from xivolab.cli.times import zone

        zone(self.tz)  # a wrong name is a matter of the command line, whatever the evidence
        as_ = taken_for(self.kinds or ())
        return xivolab.open(*evidence, tz=self.tz, year=self.year, as_=as_, keylog=self.keylog, progress=progress)


def within(evidence: Sequence[str], since: str | None, until: str | None, tz: str | None) -> list[str]:
    """The evidence with the time asked for written into the addresses of databases: they are not read beyond it."""
    from xivolab.cli.times import parse_time, zone
    from xivolab.evidence.database import is_database

    told = ""
    for name, value in (("since", since), ("until", until)):
        if value is not None:
            moment = parse_time(value, f"--{name} {value}", zone(tz), None)
            told += f"&{name}={moment // 10**9}.{moment % 10**9:09d}"
    return [f"{item}{'' if '?' in item else '?'}{told}" if told and is_database(item) else item for item in evidence]


def taken_for(kinds: Sequence[str]) -> dict[str, str]:
    """`KIND:FILE` options as a mapping of file to kind. Raises UsageError."""
    pairs: dict[str, str] = {}
    for option in kinds:
        kind, colon, file = option.partition(":")
        if not (kind and colon and file):
            raise UsageError("a kind and a file are expected", f"--as {option}", "write --as capture:trace.bin")
        pairs[file] = kind
    return pairs


def tell_warnings(case: Case) -> None:
    """One line for each thing missing from the result."""
    from xivolab.cli.status import tell
    from xivolab.errors import Problem

    for row in case.table("problems").records():
        if row["severity"] == "warning":
            tell(str(Problem(row["file"], row["place"], row["what"], row["remedy"])))


def tell_problems(case: Case) -> None:
    """The same for what is made of captures, and a line when there is none."""
    from xivolab.cli.status import tell

    tell_warnings(case)
    if case.files and all(file.kind in ("cli", "dialplan") for file in case.files):
        kinds = ", ".join(sorted({file.kind for file in case.files}))
        tell(
            f"no capture in this evidence ({kinds}): it does not tell of calls; add the capture, the log or the CEL of the same call"
        )

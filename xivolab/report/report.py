"""What a report shows, part by part: each method is one line in a notebook cell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from xivolab.findings.thresholds import thresholds as checked_thresholds
from xivolab.report.parts import (
    call,
    calls,
    console,
    header,
    journal,
    problems,
    refusals,
    registrations,
    shares,
    streams,
    troubles,
)
from xivolab.report.ranking import Ranked, worst_first
from xivolab.report.summary import summary, write_summary
from xivolab.report.title import title_of
from xivolab.report.words import Lang, words
from xivolab.views.names import host_at, name_in

if TYPE_CHECKING:
    from xivolab.case import Case
    from xivolab.report.html import Block
    from xivolab.work.traffic import Traffic


class Report:
    """A case with the language, the thresholds and the title it is shown with; with `audio` the calls can be heard.

    Raises UsageError for a threshold that does not exist.
    """

    def __init__(
        self,
        case: Case,
        lang: Lang = "en",
        thresholds: Mapping[str, float] | None = None,
        title: str = "",
        audio: bool = False,
    ) -> None:
        self.case = case
        self.words = words(lang, case.tz)
        self.thresholds = checked_thresholds(thresholds)
        self.audio = audio
        self.title = title or title_of(case, lang)

    @cached_property
    def ranked(self) -> list[Ranked]:
        """The calls, worst first."""
        return worst_first(self.case, self.thresholds)

    def end(self, address: str | None) -> str:
        """What to call an "ip:port" or an ip: the host's name where the case has one. A log does not tell Asterisk's own."""
        if address is None:
            return "Asterisk"
        info = host_at(self.case.names, address) or self.case.names.get(address)
        return name_in(info, self.words.lang) if info else address

    def header(self) -> Block:
        """Title, the figures that matter, what was analysed."""
        return header.block(self)

    def calls(self, at_most: int = 500) -> Block:
        """The list of calls, worst first."""
        return calls.block(self, at_most)

    def sections(self, at_most: int = 20) -> Block | None:
        """The worst calls one by one: story, trace, ladder, quality, streams, and the sound where it is asked for."""
        return call.sections(self, at_most)

    def call(self, key: str | int) -> Block:
        """One call: story, trace, ladder, quality, streams. Raises UsageError for a key that names none or several."""
        return call.block(self, key)

    def registrations(self, at_most: int = 200) -> Block | None:
        """Who registered, who was refused; nothing when nobody tried."""
        return registrations.block(self, at_most)

    def refusals(self, at_most: int = 50) -> Block | None:
        """The addresses that were refused, as logs tell; nothing where none was."""
        return refusals.block(self, at_most)

    def troubles(self, at_most: int = 30) -> Block | None:
        """The warnings and errors of the logs, the most frequent first; nothing where there is none."""
        return troubles.block(self, at_most)

    def other_streams(self, at_most: int = 200) -> Block | None:
        """RTP that belongs to no call; nothing when there is none."""
        return streams.without_call(self, at_most)

    def shares(self, traffic: Traffic, at_most: int = 50) -> Block:
        """The traffic told apart by peer, user agent, codec and status."""
        return shares.block(self, traffic, at_most)

    def console(self, at_most: int = 50) -> Block | None:
        """What the server's console said, table by table; nothing when nobody pasted it."""
        return console.block(self, at_most)

    def journal(self, at_most: int = 500) -> Block | None:
        """The rows of the journal and what made them; nothing where there is none."""
        return journal.block(self, at_most)

    def channels(self, at_most: int = 20) -> Block | None:
        """The channels and bridges of the calls that CEL tells; nothing without CEL."""
        return journal.channels(self, at_most)

    def queues(self) -> Block | None:
        """The queues over time; nothing without calls in queues."""
        return journal.queues(self)

    def problems(self) -> Block | None:
        """What could not be read; nothing when all could."""
        return problems.block(self)

    def summary(self) -> dict[str, object]:
        """The figures an index shows (`xivolab.report.summary`)."""
        return summary(self)

    def write_result(self, path: str | PathLike[str]) -> None:
        """Write the summary as JSON for the index; an empty path writes nothing."""
        if path:
            write_summary(self, Path(path))

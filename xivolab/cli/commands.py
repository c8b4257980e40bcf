"""The names of the commands and what each is for: known without importing any of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: `target` is `module:attribute` of a typer app, `help` its line in `xivolab --help`."""

    target: str
    help: str


COMMANDS: dict[str, Entry] = {
    "explain": Entry("xivolab.cli.explain:explain", "one call: verdict, what happened, proof, next step"),
    "triage": Entry("xivolab.cli.triage:triage", "failures grouped by what they have in common, since when"),
    "calls": Entry("xivolab.cli.tables:calls", "calls: who, when, how it ended, how it sounded"),
    "dialogs": Entry("xivolab.cli.tables:dialogs", "SIP dialogs, one for each Call-ID"),
    "streams": Entry("xivolab.cli.tables:streams", "RTP streams: loss, jitter, MOS"),
    "quality": Entry("xivolab.cli.tables:quality", "RTP quality, second by second"),
    "registrations": Entry("xivolab.cli.tables:registrations", "REGISTER requests: accepted, rejected"),
    "messages": Entry("xivolab.cli.tables:messages", "every SIP message"),
    "events": Entry("xivolab.cli.tables:events", "what happened on the way: digits, hold, fax, media begins and ends"),
    "findings": Entry("xivolab.cli.findings:findings", "what is wrong, why, what to do, and the proof"),
    "icmp": Entry("xivolab.cli.tables:icmp", "ICMP errors, and the call, message or stream that each hit"),
    "cel": Entry("xivolab.cli.tables:cel", "channel events: the rows of CEL, whatever they were read from"),
    "log": Entry("xivolab.cli.tables:log", "the records of Asterisk's logs"),
    "journal": Entry(
        "xivolab.cli.journal:journal", "XiVO's journal, Master.csv, and why the journal says what it says"
    ),
    "queues": Entry(
        "xivolab.cli.queues:queues", "queue_log: answered, abandoned, waiting and talking, by queue and agent"
    ),
    "refusals": Entry(
        "xivolab.cli.tables:refusals", "who was refused, by address: registrations, calls, scans; of the log"
    ),
    "hosts": Entry("xivolab.cli.tables:hosts", "who is at each address: PBX, phones, operator, router"),
    "problems": Entry("xivolab.cli.tables:problems", "what could not be read, and what to do about it"),
    "ladder": Entry("xivolab.cli.pictures:ladder", "the SIP ladder of one call"),
    "trace": Entry("xivolab.cli.pictures:trace", "what the dialplan decided for one call, of Asterisk's log"),
    "channels": Entry("xivolab.cli.pictures:channels", "the channels and bridges of one call over time, of CEL"),
    "diff": Entry("xivolab.cli.differing:diff", "two messages side by side"),
    "cut": Entry("xivolab.cli.cutting:cut", "one call, with its media, as a capture of its own"),
    "traffic": Entry("xivolab.cli.traffic:traffic", "calls and registrations over time, RFC 6076 figures"),
    "live": Entry("xivolab.cli.live:live", "calls, their ladder and their quality as they happen"),
    "audio": Entry("xivolab.cli.audio:audio", "the sound of a call: written as a file, or an overview"),
    "compare": Entry("xivolab.cli.compare:compare", "two capture points: what was lost and rewritten between them"),
    "cli": Entry("xivolab.cli.console:cli", "output of Asterisk's command line, pasted, as tables"),
    "dialplan": Entry("xivolab.cli.dialplan:dialplan", "who takes a number in a dialplan, and who would next"),
    "report": Entry("xivolab.cli.reports:report", "one report, as an HTML page"),
    "batch": Entry("xivolab.cli.reports:batch", "a report for each capture and log of a folder, with an index"),
    "pbx": Entry("xivolab.cli.pbx:app", "a PBX and its phones in containers"),
    "doctor": Entry("xivolab.cli.machine:doctor", "what is missing on this machine; what a file was taken for"),
    "schema": Entry("xivolab.cli.machine:schema", "the records as JSON Schema"),
}

"""What Asterisk says about a call in its log, one phrase at a time (main/pbx.c, apps/app_dial.c, res/res_agi.c …)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Arguments are written after substitution and their quotes are not escaped, so everything between the channel's closing
# quote and the end belongs to them (main/pbx.c, pbx_extension_helper). A line cut at 8 191 characters has no end.
_EXECUTING = re.compile(
    r"Executing \[(?P<exten>.*?)@(?P<context>[^\]\[]*?):(?P<priority>-?\d+)\] (?P<app>[\w-]+)"
    r'\("(?P<channel>[^"]*)", "(?P<args>.*?)(?:"\)(?: in new stack)?)?\s*$',
    re.DOTALL,
)

_PHRASES: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (kind, hint, re.compile(pattern, re.DOTALL))
    for kind, hint, pattern in (
        ("goto", "Goto (", r"Goto \((?P<context>.*),(?P<exten>[^,]*),(?P<priority>-?\d+)\)"),
        ("jump", "Jumping to", r"Jumping to priority (?P<priority>\d+)"),
        (
            "spawn",
            "Spawn ext",
            r"Spawn extension \((?P<context>.*), (?P<exten>[^,]*), (?P<priority>-?\d+)\) exited non-zero on '(?P<channel>[^']*)'",
        ),
        ("fallthrough", "Auto fall", r"Auto fallthrough, channel '(?P<channel>[^']*)' status is '(?P<status>[^']*)'"),
        ("sub-start", "Internal Gosub(", r"(?P<channel>\S+) Internal Gosub\((?P<target>.*)\) start"),
        (
            "sub-end",
            "Internal Gosub(",
            r"(?P<channel>\S+) Internal Gosub\((?P<target>.*)\) complete GOSUB_RETVAL=(?P<value>.*)",
        ),
        (
            "agi-end",
            "AGI Script",
            r"(?:<(?P<channel>[^>]*)>)?AGI Script (?P<script>.*) completed, returning (?P<result>-?\d+)",
        ),
        (
            "agi-set",
            "AGI Rx <<",
            r'(?:<(?P<channel>[^>]*)>)?AGI Rx << SET VARIABLE "?(?P<name>[^" ]+)"? "?(?P<value>.*?)"?\s*',
        ),
        ("agi-ok", "AGI handler", r"(?P<script>agis?://\S+?): AGI handler '(?P<handler>[^']*)' successfully executed"),
        ("agi-text", "agi://", r"(?P<script>agis?://\S+?): (?P<text>.*)"),
        ("agi-timeout", "FastAGI connection", r"FastAGI connection to '(?P<script>[^']*)' timed out.*"),
        ("agi-unreachable", "Couldn't connect", r"Couldn't connect to any host.*"),
        ("agi-unreachable", "Connecting to '", r"Connecting to '(?P<script>agi[^']*)' failed.*"),
        ("agi-unreachable", "Unable to locate host", r"Unable to locate host '(?P<script>[^']*)'.*"),
        ("called", "Called ", r"Called (?P<target>.+)"),
        ("ringing", " is ringing", r"(?P<target>\S+) is ringing.*"),
        ("progress", " is making progress", r"(?P<target>\S+) is making progress.*"),
        ("answered", " answered", r"(?P<target>\S+) answered (?P<channel>\S+)"),
        ("answered", " answered", r"(?P<target>\S+) connected line has changed.* answered (?P<channel>\S+)"),
        ("called-first", " answered", r"(?P<channel>\S+/\S+) answered"),
        ("busy", " is busy", r"(?P<target>\S+) is busy"),
        ("circuit-busy", " is circuit-busy", r"(?P<target>\S+) is circuit-busy"),
        ("nobody", "Nobody picked up", r"Nobody picked up in (?P<ms>-?\d+) ms"),
        (
            "all-busy",
            "Everyone is busy",
            r"Everyone is busy/congested at this time \((?P<total>\d+):(?P<busy>\d+)/(?P<congestion>\d+)/(?P<nochan>\d+)\)",
        ),
        ("none-available", "No one is available", r"No one is available to answer at this time(?: \(.*\))?"),
        ("caller-gone", "Caller hung up before", r"Caller hung up before dial\..*"),
        (
            "no-channel",
            "Unable to create channel",
            r"Unable to create channel of type '(?P<tech>[^']*)' \(cause (?P<cause>\d+) - (?P<text>[^)]*)\)",
        ),
        (
            "no-contact",
            "Could not create dialog",
            r"Endpoint '(?P<endpoint>[^']*)': Could not create dialog to invalid URI.*",
        ),
        (
            "no-endpoint",
            "Unable to create PJSIP",
            r"Unable to create PJSIP channel - endpoint '(?P<endpoint>[^']*)' was not found.*",
        ),
        (
            "redirected",
            "Now forwarding",
            r"Now forwarding (?P<channel>\S+) to '(?P<target>[^']*)' \(thanks to (?P<by>[^)]*)\)",
        ),
        ("join", "joined '", r"Channel (?P<channel>\S+) joined '(?P<technology>[^']*)' \S+ <(?P<bridge>[^>]*)>"),
        ("leave", "left '", r"Channel (?P<channel>\S+) left '(?P<technology>[^']*)' \S+ <(?P<bridge>[^>]*)>"),
        (
            "swap",
            "swapped with",
            r"Channel (?P<channel>\S+) swapped with (?P<other>\S+) into '(?P<technology>[^']*)' \S+ <(?P<bridge>[^>]*)>",
        ),
        (
            "playing",
            " Playing '",
            r"<(?P<channel>[^>]*)> Playing '(?P<sound>[^']*)' \(language '(?P<language>[^']*)'\)",
        ),
        (
            "moh-start",
            "Started music on hold",
            r"Started music on hold, class '(?P<name>[^']*)', on channel '(?P<channel>[^']*)'.*",
        ),
        ("moh-stop", "Stopped music on hold", r"Stopped music on hold on (?P<channel>\S+)"),
        (
            "no-extension",
            "no invalid handler",
            r"Channel '(?P<channel>[^']*)' sent to invalid extension but no invalid handler: context,exten,priority=(?P<context>.*),(?P<exten>[^,]*),(?P<priority>-?\d+)",
        ),
        (
            "no-extension",
            "rejected because extension not found",
            r"Call \((?P<channel>[^)]*)\) from '(?P<endpoint>[^']*)' .*to extension '(?P<exten>[^']*)' rejected because extension not found in context '(?P<context>[^']*)'.*",
        ),
        (
            "no-application",
            "No application '",
            r"No application '(?P<app>[^']*)' for extension \((?P<context>.*), (?P<exten>[^,]*), (?P<priority>-?\d+)\)",
        ),
        ("queue-member", "Told ", r"Told (?P<target>\S+) in (?P<queue>\S+) their queue position.*"),
    )
)

# In files of Asterisk 12 and before, and on every console, the level of verbosity stands before the text.
_VERBOSE_PREFIX = re.compile(r"^\s*(?:(?:--|==|>)\s+)?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that was recognised: its kind and its parts, absent parts left out."""

    kind: str
    parts: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.parts.get(name, "")


def phrase(text: str) -> Phrase | None:
    """What a message of the log says; None when it says nothing about the way of a call."""
    if "Executing [" in text:
        found = _EXECUTING.search(text)
        return None if found is None else Phrase("executing", found.groupdict())
    for kind, hint, pattern in _PHRASES:
        if hint in text:
            found = pattern.fullmatch(_VERBOSE_PREFIX.sub("", text, count=1).rstrip())
            if found is not None:
                return Phrase(kind, {name: value for name, value in found.groupdict().items() if value is not None})
    return None

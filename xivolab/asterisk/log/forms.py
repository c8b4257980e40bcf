"""Lines of logs that are no file's: consoles, syslog, JSON, quotes, colours; each as a file has it.

A line that had no header gets one that says so: "[?] " before what a console printed, "[!] " before other text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise

_COLOUR = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][0-9A-B]")
# What a terminal no longer shows: the prompt, which the console takes away to write a line, and writes again behind it.
_ERASED = re.compile(r"^.*\r\x1b\[0?K", re.DOTALL)
_PROMPT = re.compile(r"^[\w.-]*\*?CLI> ?")
_DATE = r"\[[^\[\]\n]{6,64}\]"
_LEVEL = r"[A-Za-z][\w-]{1,31}\[\d+\]"
HEADER = re.compile(rf"{_DATE} (?:{_LEVEL}|Asterisk \d\S* built by | *(?:--|==|>) |<--- )|\[[?!]\] ")
"""What a record begins with in a file."""
_ANYWHERE = re.compile(rf"{_DATE} +{_LEVEL}")
# What was put in front of lines: quotes of mails, bullets, names and numbers of grep, numbers of `cat -n`.
_FRONTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:> ?)+",
        r"[\w./+-]+:\d+[:-]",
        r"[\w./+-]*[A-Za-z][\w./+-]*:",
        r" *\d+[:\t-] ?",
        r" *\d+ +",
        r"[-*•] +",
    )
)
_SYSLOG = re.compile(
    r"^(?:<\d+>)?(?P<date>\w{3} +\d+ [\d:.]+|\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-][\d:]+)?) \S+ [^\s\[:]+(?:\[\d+\])?: "
    rf"(?P<level>{_LEVEL})(?P<id>\[C-[0-9a-f]{{8}}\])?: (?P<file>[^\s:]+):(?P<line>\d+) in (?P<function>[^\s:]+): "
)
# How rsyslog writes control characters (parser.escapeControlCharactersOnReceive): the line ends of a SIP message.
_ESCAPED = re.compile(r"#(011|012|015|033)")
_STEP = re.compile(r"\s*(?:-- )?Executing \[[^\]\n]*@")
_BARE = re.compile(r":[ >]*$")  # a header whose message a narrow paste put into the next line
_CONSOLE = re.compile(r"^(?:\s*(?:-- |== |> )|Executing \[|<--- |(?:Got |Sent) RTP |\* Sent RTCP|RTCP from )")
_JSON = re.compile(r'^\{\s*"hostname"')

Line = Callable[[str], str]


def from_json(line: str) -> str:
    """A line of a [json] file (asterisk: main/logger.c, format_log_json); any other line as it is."""
    if not _JSON.match(line):
        return line
    try:
        record = json.loads(line)
        identifiers, told = record["identifiers"], record["logmsg"]
        place = told["location"]
        callid = str(identifiers.get("callid") or "")
        head = f"[{record['timestamp']}] {told['level']}[{int(identifiers['lwp'])}]{callid}"
        # Files are written without colours, JSON with them.
        message = uncoloured(str(told["message"]).rstrip("\n"))
        return f"{head}: {place['filename']}:{int(place['line'])} {place['function']}: {message}"
    except (ValueError, KeyError, TypeError, AttributeError):
        return line


def from_syslog(line: str) -> str:
    """A line that went through syslog; any other line as it is."""
    found = _SYSLOG.match(line)
    if found is None:
        return line
    told = found.groupdict()
    head = f"[{told['date']}] {told['level']}{told['id'] or ''}: {told['file']}:{told['line']} {told['function']}: "
    message = line[found.end() :]
    # Steps of the dialplan have one line, and digits of their own behind "#".
    if "#0" in message and not message.startswith("Executing ["):
        message = uncoloured(_ESCAPED.sub(lambda escaped: chr(int(escaped[1], 8)), message)).removesuffix("\n")
    return head + message


def uncoloured(line: str) -> str:
    """Without what colours a terminal, and without the prompt of Asterisk."""
    if "\x1b" in line:
        line = _COLOUR.sub("", _ERASED.sub("", line))
    prompt = _PROMPT.match(line) if "CLI>" in line else None
    if prompt is None:
        return line
    line = line[prompt.end() :]
    typed = line.strip() and not (line.startswith("[") or is_console(line))
    return f"[!] {line}" if typed else line


def front_of(lines: list[str]) -> re.Pattern[str] | None:
    """What stands in front of the lines: the pattern that most headers follow, None when they stand alone."""
    votes = dict.fromkeys(_FRONTS, 0)
    alone = 0
    for line in lines:
        found = _ANYWHERE.search(line) or _SYSLOG.search(line)
        if found is None:
            continue
        before = line[: found.start()]
        if not before.strip():
            alone += 1
            continue
        for pattern in _FRONTS:
            if pattern.fullmatch(before):
                votes[pattern] += 1
                break
    best = max(votes, key=lambda pattern: votes[pattern])
    return best if votes[best] > alone else None


def quoted(lines: list[str]) -> re.Pattern[str] | None:
    """The quotes of a mail, where most lines have them, whatever is behind."""
    marked = sum(line.startswith(">") for line in lines)
    return _FRONTS[0] if marked * 2 > len(lines) else None


def is_console(line: str) -> bool:
    """Whether a console prints such a line without a header."""
    return bool(_CONSOLE.match(line))


def is_of_console(lines: list[str]) -> bool:
    """Whether some of these lines are what a console prints without a header: steps, or there is no header at all."""
    steps = (line for before, line in pairwise(["", *lines]) if not _BARE.search(before) and _STEP.match(line))
    return any(steps) or not any(HEADER.match(line) and not line.startswith("[!] ") for line in lines)


def is_file(lines: list[str]) -> bool:
    """Whether these lines are those of a file: nothing has to be done to them."""
    heads = sum(bool(HEADER.match(line)) for line in lines)
    if not heads or is_of_console(lines) or any("\x1b" in line for line in lines):
        return False
    if any(_PROMPT.match(line) for line in lines):
        return False
    others = sum(bool(_JSON.match(line) or _SYSLOG.match(line)) for line in lines)
    indented = sum(line[:1] in " \t" and bool(HEADER.match(line.lstrip())) for line in lines)
    return not others and not indented and front_of(lines) is None and quoted(lines) is None

"""What a file is, by its content, never by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.evidence.formats import foreign_format
from xivolab.evidence.markup import changes, undone

KINDS = (
    "capture",
    "asterisk-log",
    "cel-csv",
    "cel-psql",
    "cel-mapping",
    "journal-csv",
    "cdr-csv",
    "queue-log",
    "cli",
    "dialplan",
)
"""What evidence may be; `--as KIND:FILE` takes these."""


_CAPTURE_MAGICS = (
    b"\xd4\xc3\xb2\xa1",
    b"\xa1\xb2\xc3\xd4",
    b"\x4d\x3c\xb2\xa1",
    b"\xa1\xb2\x3c\x4d",
    b"\x34\xcd\xb2\xa1",
    b"\xa1\xb2\xcd\x34",
    b"\x0a\x0d\x0d\x0a",
)

_PSQL_NAMES = (
    rb"eventtype|eventtime|channame|linkedid|uniqueid|call_log_id|userdeftype|source_name|source_exten|destination_exten"
    rb"|queuename"
)

# What a paste may have lost or got: colours, and what grep, a mail or a list put in front.
_FRONT = rb"^(?:\x1b\[[\d;]*[A-Za-z]|[>\- \t]|[\w.-]*\*CLI> *|[\w./-]+:(?:\d+:)?|\d+[:\- ])*"
_LEVEL = rb"(?:DEBUG|TRACE|NOTICE|WARNING|ERROR|VERBOSE|SECURITY|DTMF|FAX|CC)(?:\x1b\[[\d;]*m)?"

_PSQL_HEADING = re.compile(
    rb"\b(?:" + _PSQL_NAMES + rb")\b[ \r\n]*(?:\||\xe2\x94\x82)[\s|\w]*\b(?:" + _PSQL_NAMES + rb")\b"
)

# The names as LaTeX has to have them.
_TEX_NAMES = _PSQL_NAMES.replace(b"_", rb"\\_")

# A line that is nothing but names and one separator, two of the names known.
_SEPARATED_HEADING = (
    rb"^(?=[^\n]*\b(?:" + _PSQL_NAMES + rb")\b[^\n]*\b(?:" + _PSQL_NAMES + rb")\b)"
    rb'"?\w+"?(?P<sign>[^\w\s"]{1,4}|\t)(?:"?\w+"?(?P=sign))*"?\w+"? *\r?$'
)

# XiVO's export of the journal, in French or English (see asterisk/cel/journal_export.py).
_EXPORT_HEADING = (
    rb'^(?:\xef\xbb\xbf)?"?(?:call ?)?date(?: d\W{1,3}appel| de l\W{1,3}appel| appel)?"?[,;\t]'
    rb'"?(?:caller|appelant|source)"?[,;\t]"?(?:called|callee|appel\W{1,2}|appele|destination|destinataire)"?[,;\t]'
)
_EXPORT_ROW = (
    rb'^"?(?:\d{4}[-/]\d\d[-/]\d\d|\d\d/\d\d/\d{4})[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?"?(?P<sign>[,;\t])'
    rb'(?!"?[A-Z]+_)"?[^,;\t\n"]*"?(?P=sign)"?[^,;\t\n"]*"?(?P=sign)"?\d+"?(?:(?P=sign)[^,;\t\n]*)?\r?$'
)

_TEXT_KINDS = (
    ("asterisk-log", re.compile(_FRONT + rb"\[[^\]\n]{8,64}\] *(?:\x1b\[[\d;]*m)?" + _LEVEL + rb"\[\d+\]", re.M)),
    ("asterisk-log", re.compile(rb"^\[[^\]\n]{8,64}\] Asterisk \d[^\n]* built by ", re.M)),
    (
        "asterisk-log",
        re.compile(
            rb"^(?:<\d+>)?(?:\w{3} +\d{1,2} [\d:.]+|\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-][\d:]+)?) \S+ [^\s\[:]+(?:\[\d+\])?: "
            + _LEVEL
            + rb"\[\d+\]",
            re.M,
        ),
    ),
    ("asterisk-log", re.compile(rb'^\{ *"hostname" *: *"[^\n]*"identifiers" *: *\{[^\n]*"logmsg" *:', re.M)),
    (
        "asterisk-log",
        re.compile(_FRONT + rb"(?:\[[^\]\n]{8,64}\] +)?(?:-- )?Executing \[[^\n]*@[^\n]*:\d+\] \w+\(", re.M),
    ),
    ("asterisk-log", re.compile(_FRONT + rb"<--- (?:Received|Transmitting) SIP (?:request|response) \(", re.M)),
    (
        "asterisk-log",
        re.compile(_FRONT + rb"<--- SIP read from |^(?:Reliably |Re)?[Tt]ransmitting [^\n]*\(.*NAT\)", re.M),
    ),
    (
        "asterisk-log",
        re.compile(_FRONT + rb"(?:Got |Sent) RTP (?:P2P |DTMF |RFC2833 )?(?:packet )? *(?:from|to) ", re.M),
    ),
    ("journal-csv", re.compile(_EXPORT_HEADING, re.I | re.M)),
    ("queue-log", re.compile(rb"^\d{9,11}\|[^|\n]*\|[^|\n]*\|[^|\n]*\|[A-Z_0-9]+(?:\||\r?$)", re.M)),
    (
        "cdr-csv",
        re.compile(
            rb'"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"(?:,"[^"\n]*"){2},"?\d+"?,"?\d+"?,'
            rb'"(?:ANSWERED|NO ANSWER|BUSY|FAILED|CONGESTION|UNKNOWN)"'
        ),
    ),
    # Records of psql for other programs: a name and its value on each line.
    (
        "cel-psql",
        re.compile(
            rb"^(?:" + _PSQL_NAMES + rb")([^\w\s]{1,4}|\t)[^\n]*\r?\n(?:id|date|time|\w*(?:type|time|name|exten|id))\1",
            re.M,
        ),
    ),
    ("cel-mapping", re.compile(rb"=>[^\n]*\$\{eventtype\}", re.I)),
    # A heading, or the event in any column of a row beside an id or an epoch.
    (
        "cel-csv",
        re.compile(
            rb'^"?\w+"?(?:[,;\t]"?\w+"?)*[,;\t]"?(?:eventtype|eventtime|linkedid|channame)"?[,;\t\r\n]', re.I | re.M
        ),
    ),
    ("cel-csv", re.compile(rb'^"?(?:eventtype|eventtime|linkedid|channame)"?[,;\t]"?\w+"?[,;\t\r\n]', re.I | re.M)),
    (
        "cel-csv",
        re.compile(
            rb'(?:^|[,;\t])"?(?:CHAN_START|CHAN_END|APP_START|ANSWER|BRIDGE_ENTER|BRIDGE_EXIT|HANGUP|LINKEDID_END)"?[,;\t]'
            rb'|[,;\t]"?(?:CHAN_START|HANGUP|LINKEDID_END)"?\s*$',
            re.M,
        ),
    ),
    # Rows of the journal without their heading: a time, two parties, seconds.
    ("journal-csv", re.compile(_EXPORT_ROW, re.M)),
    # The same tables printed for other programs: HTML, LaTeX, CSV, any separator; expanded.
    (
        "cel-psql",
        re.compile(
            rb"<t[dh][^>]*>\s*(?:"
            + _PSQL_NAMES
            + rb")\s*</t[dh]>|\\textit\{(?:"
            + _TEX_NAMES
            + rb")\}|^(?:"
            + _TEX_NAMES
            + rb") & [^\n]*\\\\",
            re.I | re.M,
        ),
    ),
    ("cel-psql", re.compile(_SEPARATED_HEADING, re.M)),
    # A heading of psql with two names of CEL, the journal or queue_log, on one line or broken; or an expanded record.
    ("cel-psql", _PSQL_HEADING),
    ("cel-psql", re.compile(rb"^\|? ?(?:" + _PSQL_NAMES + rb") +(?:\||\xe2\x94\x82| \S)", re.M)),
    (
        "cel-psql",
        re.compile(
            rb"^ *(?:\w+ +)*?(?:" + _PSQL_NAMES + rb")(?: +\w+)* +(?:" + _PSQL_NAMES + rb") *\r?\n *-+ [- ]+\r?$", re.M
        ),
    ),
    (
        "cli",
        re.compile(
            rb"^[>\s]*(\w+: +<\w[\w/]*\.{2}|Channel +Location|Channel +\(?Context|BridgeId +ChannelId|\[ (Included c|C)ontext '"
            rb"|-= Registered Asterisk Dial ?[Pp]lan|(Span +)?Description +Alarms|Asterisk \S+ built by|System uptime: |-- General --)",
            re.M,
        ),
    ),
    (
        "cli",
        re.compile(
            rb"\.{5,}Receive\.{5,}|^[>\s]*\d+ active (channel|call)s?\s*$|^[>\s]*Objects found: \d+|^[>\s]*No objects found"
            rb"|^[>\s]*(Endpoint|Aor|Contact|Channel): +\S+/\S+ .*\d| has \d+ calls? \(max |\*CLI> *[a-z]|\basterisk +-r?x+r? +['\"]?[a-z]",
            re.M,
        ),
    ),
    ("dialplan", re.compile(rb"^[ \t]*(exten|same)[ \t]*=>?[ \t]*[^ \t\r\n=]", re.M | re.I)),
    ("cli", re.compile(rb"^[A-Za-z][\w-]*/[^!\n]*!([^!\n]*!){10}", re.M)),
)

_OTHER_FORMATS = ((b"%PDF", "a PDF document", "give the capture or log itself"),)


def recognise(head: bytes) -> str | None:
    """The kind of evidence that begins with these bytes (decompressed), None when it is none."""
    if _is_tar(head):  # the text of a log in it would speak for the whole
        return None
    if head.startswith(_CAPTURE_MAGICS) or foreign_format(head):
        return "capture"
    for text in _texts(head):
        for kind, pattern in _TEXT_KINDS:
            if pattern.search(text):
                return kind
    return None


def _texts(head: bytes) -> Iterator[bytes]:
    """The bytes as they are, and, where that tells nothing, without what mails, web pages and Markdown put into a paste."""
    yield head
    lines = head.decode("utf-8", "surrogateescape").split("\n")
    if what := changes(lines):
        plain = "\n".join(whole for line in lines if (whole := undone(line, what)) is not None)
        yield plain.encode("utf-8", "surrogateescape")


def is_native(head: bytes) -> bool:
    """Whether a capture that begins with these bytes is pcap or pcapng, and no other that Wireshark reads."""
    return head.startswith(_CAPTURE_MAGICS)


def holds_console(head: bytes) -> bool:
    """Whether output of Asterisk's command line stands among these bytes, whatever else does."""
    return any(kind == "cli" and pattern.search(text) for text in _texts(head) for kind, pattern in _TEXT_KINDS)


def archive_kind(head: bytes) -> str | None:
    """ "zip" (APPNOTE, 4.3.7 and 4.3.16) or "tar", None for what is no archive."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    return "tar" if _is_tar(head) else None


def _is_tar(head: bytes) -> bool:
    """A tar archive (POSIX.1 pax and ustar, GNU)."""
    return head[257:262] == b"ustar"


def taken_for(head: bytes) -> tuple[str, str]:
    """What a file that is no evidence seems to be, and what to do about it."""
    if not head:
        return "the file is empty", "check that the capture or copy worked"
    if kind := archive_kind(head):
        return f"this is a {kind} archive, too deep inside others", "unpack it first"
    for magic, what, remedy in _OTHER_FORMATS:
        if head.startswith(magic):
            return f"this is {what}", remedy
    return "neither a capture nor an Asterisk log, CEL or CLI output", "say what it is: --as KIND:FILE"


def holds_psql(head: bytes) -> bool:
    """Whether a text that is something else first (lines of a log, console output) has the heading of such a table too."""
    return _PSQL_HEADING.search(head) is not None

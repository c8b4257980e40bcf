"""`pjsip show` and `pjsip list`: objects, and what belongs to them below (res/res_pjsip/pjsip_cli.c).

Names are cut to the width of their column. Read by words, not by columns: a mail or a PDF loses the alignment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from xivolab.asterisk.cli.found import Found, seconds, told, whole
from xivolab.asterisk.cli.lines import Line
from xivolab.asterisk.cli.wrapped import joined_rows

_STATES = r"Down|Rsrvd|OffHook|Dialing\ Offho?o?k?|Dialing|Ringing|Ring|Up|Busy|Pre-ring|Mute|Unknown"
_ROW = re.compile(
    rf"""
      Endpoint:\s+(?P<endpoint>\S+?)(?:/(?P<cid>\S*))?\s+(?P<device_state>Not\ in\ use|In\ use|On\ Hold|[A-Z][a-z+I]+)\s+(?P<busy>\d+)\ of\ (?P<most>inf|\d+)
    | Aor:\s+(?P<aor>\S+)\s+(?P<max_contacts>\d+)
    | Contact:\s+(?P<contact_aor>[^\s/]+)/(?P<uri>\S+)(?:\s+(?P<hash>[0-9a-f]{{10}}))?\s+(?P<status>[A-Z]\w*)\s+(?P<rtt>-?nan|\d+\.\d{{3}})
    | (?P<way>In|Out)?Auth:\s+(?!<)(?P<auth>[^\s/]+)(?:/(?P<user>\S*))?
    | Transport:\s+(?P<transport>\S+)\s+(?P<type>[a-z]+)\s+(?P<cos>\d+)\s+(?P<tos>\d+)\s+(?P<bind>\S+)
    | Identify:\s+(?!<)(?P<identify>[^\s/]+)(?:/(?P<identified>\S*))?
    | (?P<by>Match|Header|RequestURI):\s+(?!<)(?P<negated>!)?(?P<criterion>\S+(?::\s\S.*)?)
    | Channel:\s+(?P<channel>\S.*?)\s+(?P<state>{_STATES})\s+(?P<uptime>\d+:\d\d:\d\d)
    | Exten:\s*(?P<exten>\S*)\s+CLCID:\s+"(?P<name>.*)"\s+<(?P<number>[^<>\s]*)>
    | (?P<registration>[^\s/]+)/(?P<server>sips?:\S+)\s+(?P<credentials>\S+)\s+(?P<registered>[A-Z]\w*(?:\ [A-Z]\w*)?)
      (?:\s+\(exp\.\ (?P<expires>-?\d+)s(?P<ago>\ ago)?\))?
    """,
    re.VERBOSE,
)
_TITLE = re.compile(
    r"\s*(?:Endpoint|I/OAuth|InAuth|OutAuth|Auth|Aor|Contact|Transport|Identify|Match|Header|RequestURI|Channel|Exten):"
)
_REGISTRATION = re.compile(r"\s*[^\s/<]+/sips?:\S")
_RULER = re.compile(r"\s*={4,}\s*")
_PARAMETERS = re.compile(r"\s*ParameterName\s*:\s*ParameterValue")
_PARAMETER = re.compile(r"\s*(?P<name>[\w@.()$/,-][^:]*?)\s*:(?:\s(?P<value>.*))?$")
_FOOT = re.compile(r"\s*(?:Objects found: \d+|No objects found|Unable to find object)")
_BY = {"Match": "address", "Header": "header", "RequestURI": "request-uri"}
_ENDPOINT_WIDTH, _CHANNEL_WIDTHS, _URI_WIDTHS, _REGISTRATION_WIDTH = 51, (49, 51, 53), (42, 44, 46), 54


def pjsip(lines: Sequence[Line], command: str | None = None) -> Iterator[Found]:
    """The rows of the tables "endpoints", "contacts", "aors", "auths", "transports", "identifies", "registrations",
    "pjsip-channels", and "parameters" of one object.
    """
    heading = next((n for n, line in enumerate(lines) if _PARAMETERS.match(line.text)), len(lines))
    rows = [line for line in lines[:heading] if not _FOOT.match(line.text)]
    objects = list(_Objects().rows(rows))
    yield from objects
    kind, name = _subject(objects, command)
    yield from _parameters(lines[heading + 1 :], kind, name)


class _Objects:
    """Rows that follow each other: what comes below an endpoint is of that endpoint."""

    def __init__(self) -> None:
        self._endpoint: str | None = None
        self._identify: dict[str, Any] | None = None
        self._channel: Found | None = None

    def rows(self, lines: Sequence[Line]) -> Iterator[Found]:
        for line, found in joined_rows(lines, _ROW, _begins):
            title = found.lastgroup and next(name for name in _MAKE if found[name] is not None)
            if title not in ("exten",) and self._channel:
                yield self._channel
                self._channel = None
            if title != "by" and self._identify:
                yield from self._listed()
            yield from self._row(str(title), line, found)
        yield from self._listed()
        if self._channel:
            yield self._channel

    def _listed(self) -> Iterator[Found]:
        """An identification that no criterion followed."""
        if self._identify and not self._identify["told"]:
            row = {**self._identify, "by": None, "match": None, "negated": False}
            yield Found("identifies", row.pop("line"), {k: v for k, v in row.items() if k != "told"})
        self._identify = None

    def _row(self, title: str, line: Line, found: re.Match[str]) -> Iterator[Found]:
        if title == "endpoint":
            self._endpoint = found["endpoint"]
        if title == "identify":
            self._identify = {
                "identify": found["identify"],
                "endpoint": told(found["identified"]),
                "line": line.number,
                "told": False,
            }
        elif title == "by":
            if self._identify:
                self._identify["told"] = True
                row = {"identify": self._identify["identify"], "endpoint": self._identify["endpoint"]}
                yield Found(
                    "identifies",
                    line.number,
                    {**row, "by": _BY[found["by"]], "match": found["criterion"], "negated": bool(found["negated"])},
                )
        elif title == "exten":
            if self._channel:
                self._channel.fields.update(
                    exten=told(found["exten"]),
                    connected_name=told(found["name"]),
                    connected_number=told(found["number"]),
                )
        else:
            table, make = _MAKE[title]
            row = make(found)
            if table not in ("endpoints", "registrations"):
                row = {"endpoint": self._endpoint, **row}
            if title == "channel":
                self._channel = Found(table, line.number, row)
            else:
                yield Found(table, line.number, row)


def _begins(text: str) -> bool:
    return bool(_TITLE.match(text) or _REGISTRATION.match(text))


def _endpoint(found: re.Match[str]) -> dict[str, Any]:
    printed = found["endpoint"] + (f"/{found['cid']}" if found["cid"] is not None else "")
    return {
        "endpoint": found["endpoint"],
        "cid": told(found["cid"]),
        "state": found["device_state"],
        "channels": int(found["busy"]),
        "channels_max": None if found["most"] == "inf" else int(found["most"]),
        "cut": len(printed) >= _ENDPOINT_WIDTH,
    }


def _contact(found: re.Match[str]) -> dict[str, Any]:
    rtt = found["rtt"]
    return {
        "aor": found["contact_aor"],
        "uri": found["uri"],
        "hash": found["hash"],
        "status": found["status"],
        "rtt_ms": None if "nan" in rtt else float(rtt),
        "cut": len(found["contact_aor"]) + 1 + len(found["uri"]) in _URI_WIDTHS,
    }


def _transport(found: re.Match[str]) -> dict[str, Any]:
    address, _, port = found["bind"].rpartition(":")
    known = port.isdecimal() and address
    return {
        "transport": found["transport"],
        "type": found["type"],
        "cos": int(found["cos"]),
        "tos": int(found["tos"]),
        "address": (address if known else found["bind"]).strip("[]"),
        "port": int(port) if known else None,
    }


def _registration(found: re.Match[str]) -> dict[str, Any]:
    expires = whole(found["expires"])
    return {
        "registration": found["registration"],
        "server_uri": found["server"],
        "auth": None if found["credentials"] == "n/a" else found["credentials"],
        "status": found["registered"],
        "expires_s": -expires if expires is not None and found["ago"] else expires,
        "cut": len(found["registration"]) + 1 + len(found["server"]) >= _REGISTRATION_WIDTH,
    }


def _channel(found: re.Match[str]) -> dict[str, Any]:
    printed = " ".join(found["channel"].split())
    named = re.match(r"(\S+?/\S+?-[0-9a-f]{8})(?:/(.*))?$", printed)
    return {
        "channel": named[1] if named else printed,
        "application": told(named[2]) if named else None,
        "state": found["state"],
        "uptime_s": seconds(found["uptime"]),
        "exten": None,
        "connected_name": None,
        "connected_number": None,
        "cut": not named or len(printed) in _CHANNEL_WIDTHS,
    }


Make = Callable[[re.Match[str]], dict[str, Any]]
_MAKE: dict[str, tuple[str, Make]] = {
    "endpoint": ("endpoints", _endpoint),
    "aor": ("aors", lambda found: {"aor": found["aor"], "max_contacts": int(found["max_contacts"])}),
    "contact_aor": ("contacts", _contact),
    "auth": (
        "auths",
        lambda found: {
            "auth": found["auth"],
            "user": told(found["user"]),
            "direction": (found["way"] or "").lower() or None,
        },
    ),
    "transport": ("transports", _transport),
    "identify": ("identifies", lambda found: {}),
    "by": ("identifies", lambda found: {}),
    "channel": ("pjsip-channels", _channel),
    "exten": ("pjsip-channels", lambda found: {}),
    "registration": ("registrations", _registration),
}

_SUBJECTS = {
    "endpoints": ("endpoint", "endpoint"),
    "registrations": ("registration", "registration"),
    "identifies": ("identify", "identify"),
    "transports": ("transport", "transport"),
    "aors": ("aor", "aor"),
    "auths": ("auth", "auth"),
    "pjsip-channels": ("channel", "channel"),
    "contacts": ("contact", "uri"),
}


def _subject(objects: Sequence[Found], command: str | None) -> tuple[str | None, str | None]:
    """What a table of settings is about: the object above it, else what the command names."""
    if objects and objects[0].table in _SUBJECTS:
        kind, name = _SUBJECTS[objects[0].table]
        return kind, objects[0].fields[name]
    words = (command or "").split()
    return (words[2], words[3]) if len(words) > 3 else (None, None)


def _parameters(lines: Sequence[Line], kind: str | None, name: str | None) -> Iterator[Found]:
    last: Found | None = None
    going_on = False  # what follows an empty line is no value any more
    for line in lines:
        if line.blank or _RULER.fullmatch(line.text) or _FOOT.match(line.text):
            going_on = False
            continue
        found = _PARAMETER.match(line.text)
        if found and (line.text.startswith(" ") or not going_on or _looks_like_a_name(found["name"])):
            if last:
                yield last
            fields = {"kind": kind, "object": name, "name": found["name"], "value": told(found["value"])}
            last, going_on = Found("parameters", line.number, fields), True
        elif last and going_on:
            last.fields["value"] = told(f"{last.fields['value'] or ''} {line.text.strip()}")
    if last:
        yield last


def _looks_like_a_name(text: str) -> bool:
    """Settings have names of one word; variables of a channel may be functions: CHANNEL(hangup_handler_push)."""
    return " " not in text

"""`core show channels`, plain, `concise` and `verbose`; `core show channel NAME` (main/cli.c)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from xivolab.asterisk.cli.found import Found, seconds, told, whole
from xivolab.asterisk.cli.lines import Line
from xivolab.asterisk.cli.server import server
from xivolab.asterisk.cli.wrapped import hard_width, joined_rows

# Channel names of a call, of the internal bridges, of the message queue: `Technology/…`.
_NAME = r"[A-Za-z][\w-]*/[^\s(),&!]+"
_STATE = r"Down|Rsrvd|OffHook|Dialing(?:\ Offhook)?|Dialing|Ringing|Ring|Up|Busy|Pre-ring?|Mute|Unknown"
_PLAIN = re.compile(
    rf"(?P<channel>{_NAME})\s+(?P<location>\(None\)|\S+)\s+(?P<state>{_STATE})(?:\s+(?P<application>\(None\)|[^()\s]+)(?:\((?P<data>.*?)\)?)?)?"
)
_VERBOSE = re.compile(
    rf"""(?P<channel>{_NAME})\s+(?P<where>(?:\S+\s+){{0,2}}?)(?P<priority>\d+)\s+(?P<state>{_STATE})\s+
    (?P<middle>.*?)\s*(?P<duration>\d+:\d\d:\d\d)(?P<rest>(?:\s+\S+)*)""",
    re.VERBOSE,
)
# A name alone on its line, all else broken off, ends in the number of the channel: an argument of an application does not.
_BEGINS = re.compile(rf"\s*(?:{_NAME}\s+\S|[A-Za-z][\w-]*/[^\s(),&!]*-[0-9a-f]+(?:;[12])?\s*$)")
_TOTAL = re.compile(r"\s*(?:\d+ (?:of \d+ max )?active (?:channel|call)|\d+ calls? processed)")
_HEADING = re.compile(r"\s*Channel\s+(?:Location|Context)\b")
_NAME_WIDTH = {"plain": 64, "verbose": 80}
_CONCISE = 14
_BRIDGE_WIDTH = 20


def channels(lines: Sequence[Line], form: str) -> Iterator[Found]:
    """The rows of the table "channels" of one form, and a row of "servers" from the totals below."""
    rows = [line for line in lines if not _TOTAL.match(line.text) and not _heading(line.text)]
    if form == "concise":
        yield from _concise(rows)
    elif form == "plain":
        for line, found in joined_rows(rows, _PLAIN, _begins, longest=True):
            yield Found("channels", line.number, _plain(found))
    else:
        columns = next((_columns(line.text) for line in lines if _HEADING.match(line.text)), None)
        texts = {line.number: line.text for line in rows}
        for line, found in joined_rows(rows, _VERBOSE, _begins, longest=True):
            yield Found("channels", line.number, _aligned(texts[line.number], columns) or _verbose(found))
    yield from server([line for line in lines if _TOTAL.match(line.text)])


def _begins(text: str) -> bool:
    return bool(_BEGINS.match(text))


_TITLES = "Channel Location State Application(Data) Context Extension Prio Application Data CallerID Duration Accountcode PeerAccount BridgeID BridgedTo"


def _heading(text: str) -> bool:
    """The line of headings, or what is left of it on the next line."""
    return all(word in _TITLES.split() for word in text.split())


def _row(form: str, **fields: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(
            [
                "context",
                "exten",
                "priority",
                "application",
                "data",
                "caller_id",
                "account",
                "peer_account",
                "ama_flags",
                "duration_s",
                "bridge",
                "uniqueid",
            ]
        ),
        "form": form,
        "cut": len(fields["channel"]) >= _NAME_WIDTH.get(form, 1 << 30),
        **fields,
    }


def _plain(found: re.Match[str]) -> dict[str, Any]:
    where = re.fullmatch(r"(?P<exten>[^@]*)@(?P<context>.*?)(?::(?P<priority>\d*))?", found["location"])
    return _row(
        "plain",
        channel=found["channel"],
        context=told(where["context"]) if where else None,
        exten=told(where["exten"]) if where else None,
        priority=whole(where["priority"]) if where else None,
        state=found["state"],
        application=None if found["application"] == "(None)" else found["application"],
        data=told(found["data"]),
    )


def _concise(lines: Sequence[Line]) -> Iterator[Found]:
    """name!context!exten!prio!state!app!data!callerid!account!peeraccount!amaflags!duration!bridge!uniqueid; data may hold !."""
    text, first, before = "", None, None
    width = hard_width(lines, _begins_concise)
    for line in lines:
        if _begins_concise(line.text) or first is None or before is None:
            text, first = line.text.strip(), line
        else:
            text += line.text if before.width == width else f" {line.text}"
        before = line
        parts = text.split("!")
        if len(parts) < _CONCISE or not re.fullmatch(r"(?:[\w.-]*-)?\d+\.\d+", parts[-1].strip()):
            continue
        channel, context, exten, priority, state, application = parts[:6]
        caller, account, peer, ama, duration, bridge, unique = parts[-7:]
        yield Found(
            "channels",
            first.number,
            _row(
                "concise",
                channel=channel,
                context=told(context),
                exten=told(exten),
                priority=_number(priority),
                state=state,
                application=_known(application),
                data=told("!".join(parts[6:-7])),
                caller_id=told(caller),
                account=told(account),
                peer_account=told(peer),
                ama_flags=_number(ama),
                duration_s=_number(duration),
                bridge=_known(bridge),
                uniqueid=unique.strip(),
            ),
        )
        text, first = "", None


def _begins_concise(text: str) -> bool:
    return bool(re.match(r"\s*[A-Za-z][\w-]*/[^!\s]*!", text))


def _number(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None


def _known(text: str) -> str | None:
    return None if text.strip() in ("", "(None)", "(Empty)") else text.strip()


def _columns(heading: str) -> dict[str, tuple[int, int]] | None:
    """Where each column of the verbose form begins and ends; None when the headings lost their alignment."""
    names = (
        "Channel",
        "Context",
        "Extension",
        "Prio",
        "State",
        "Application",
        "Data",
        "CallerID",
        "Duration",
        "Accountcode",
    )
    begins = [heading.find(name) for name in names]
    if begins[0] != 0 or begins[5] - begins[4] < 8 or begins != sorted(begins):
        return None
    begins[3] = begins[4] - 5  # numbers are aligned to the right, as times are
    begins[8] = begins[9] - 9
    return dict(zip(names, itertools.pairwise(begins), strict=False))


def _aligned(text: str, columns: dict[str, tuple[int, int]] | None) -> dict[str, Any] | None:
    """A row read by the columns of its headings; None when it is not aligned to them."""
    if columns is None:
        return None
    cell = {name: text[begin:end].strip() for name, (begin, end) in columns.items()}
    rest = text[columns["Duration"][1] :]
    if not cell["Prio"].isdecimal() or not re.fullmatch(r"\d+:\d\d:\d\d", cell["Duration"]) or " " in cell["Channel"]:
        return None
    return _row(
        "verbose",
        channel=cell["Channel"],
        context=told(cell["Context"]),
        exten=told(cell["Extension"]),
        priority=int(cell["Prio"]),
        state=cell["State"],
        application=_known(cell["Application"]),
        data=told(cell["Data"]),
        caller_id=told(cell["CallerID"]),
        duration_s=seconds(cell["Duration"]),
        account=told(rest[:12]),
        peer_account=told(rest[12:24]),
        bridge=_known(rest[24:]),
    )


def _verbose(found: re.Match[str]) -> dict[str, Any]:
    """A row whose alignment is lost, by its words. An application without arguments and one caller alone look the same."""
    where = found["where"].split()
    application, _, middle = found["middle"].strip().partition(" ")
    data, _, caller = middle.strip().rpartition(" ")
    if not re.fullmatch(r"\+?[\d*#]{2,}", caller):
        data, caller = middle.strip(), ""
    rest = found["rest"].split()
    bridge = rest.pop() if rest and re.fullmatch(r"[0-9a-f]{8}-[0-9a-f-]{0,27}", rest[-1]) else None
    return _row(
        "verbose",
        channel=found["channel"],
        context=where[0] if where else None,
        exten=where[1] if len(where) > 1 else None,
        priority=int(found["priority"]),
        state=found["state"],
        application=_known(application),
        data=told(data),
        caller_id=told(caller),
        duration_s=seconds(found["duration"]),
        account=rest[0] if rest else None,
        peer_account=rest[1] if len(rest) > 1 else None,
        bridge=bridge[:_BRIDGE_WIDTH] if bridge else None,
    )


_SECTION = re.compile(r"\s*--\s+(?P<name>[A-Za-z ]+?)\s+--\s*$")
_TITLE = re.compile(r"\s*(?P<name>Variables|CDR Variables):\s*$")
_FACT = re.compile(r"\s*(?P<name>[A-Za-z][\w /()-]*?):(?:\s(?P<value>.*))?$")
_VARIABLE = re.compile(r"\s*(?P<name>[A-Za-z_~][\w()~-]*)=(?P<value>.*)$")
_CDR = re.compile(r"\s*level (?P<level>\d+): (?P<name>\w+)=(?P<value>.*)$")


def channel_details(lines: Sequence[Line], command: str | None) -> Iterator[Found]:
    """The rows of the table "channel-details"."""
    facts = list(_facts(lines))
    name = next((row["value"] for _, row in facts if row["name"] == "Name"), None)
    words = (command or "").split()
    name = name or (words[3] if len(words) > 3 else None)
    for number, row in facts:
        yield Found("channel-details", number, {"channel": name, **row, "value": told(row["value"])})


def _facts(lines: Sequence[Line]) -> Iterator[tuple[int, dict[str, Any]]]:
    section = "general"
    last: dict[str, Any] | None = None
    for line in lines:
        if title := _SECTION.match(line.text) or _TITLE.match(line.text):
            section, last = title["name"].lower().removesuffix(" variables"), None
        elif found := _CDR.match(line.text):
            last = {"section": "cdr", "name": found["name"], "value": found["value"]}
            yield line.number, last
        elif (section == "variables" and (found := _VARIABLE.match(line.text))) or (
            section not in ("variables", "cdr") and (found := _FACT.match(line.text))
        ):
            last = {"section": section, "name": found["name"], "value": found["value"]}
            yield line.number, last
        elif last is not None and not line.blank and section != "streams":  # a value of several lines, or a broken one
            last["value"] = f"{last['value'] or ''}\n{line.text.strip()}"

"""`dialplan show` (main/pbx.c, show_dialplan_helper): contexts, their extensions, includes and switches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from xivolab.asterisk.cli.found import Found, told
from xivolab.asterisk.cli.lines import Line
from xivolab.asterisk.cli.wrapped import joined_rows

_ROW = re.compile(
    r"""
      \[\ (?:Included\ c|C)ontext\ '(?P<context>.*?)'\ created\ by\ '(?P<by>.*?)'\ \]
    | (?:'(?P<exten>.*?)'(?:\ \(CID\ match\ '(?P<cid>.*?)'\))?\s*=>\s+|\[(?P<label>[^\]\s]+)\]\s+)?
      (?:(?P<priority>\d+)\.\s+(?P<call>.*?)|hint:\s+(?P<hint>.*?))\s+\[(?P<place>[^\[\]]+)\]
    | (?P<kind>Include|Ignore\ pattern|Alt\.\ Switch)\s*=>\s*'(?P<value>.*?)'\s+\[(?P<registrar>[^\[\]]+)\]
    """,
    re.VERBOSE,
)
_BEGINS = re.compile(
    r"\s*(?:\[ (?:Included c|C)ontext '|'.*'(?: \(CID match '.*'\))?\s*=>|'\S*' \(CID\b|\[[^\]\s]+\]\s+\d+\.(?:\s|$)|\d+\.(?:\s+\w|$)|Include =>|Ignore pattern|Alt\. Switch)"
)
_FOOT = re.compile(r"\s*-= \d+ extensions? |\s*There is no existence of|\s*Command 'dialplan show")
_KINDS = {"Include": "include", "Ignore pattern": "ignore-pattern", "Alt. Switch": "switch"}


def dialplan(lines: Sequence[Line]) -> Iterator[Found]:
    """The rows of the table "dialplan"."""
    rows = [line for line in lines if not _FOOT.match(line.text)]
    context: str | None = None
    exten: str | None = None
    cid: str | None = None
    for line, found in joined_rows(rows, _ROW, lambda text: bool(_BEGINS.match(text))):
        if found["context"] is not None:
            context, exten, cid = found["context"], None, None
            continue
        if found["exten"] is not None:
            exten, cid = found["exten"], found["cid"]
        if context is None or (exten is None and not found["kind"]):
            continue
        yield Found("dialplan", line.number, {"context": context, **_fields(found, exten, cid)})


def _fields(found: re.Match[str], exten: str | None, cid: str | None) -> dict[str, Any]:
    if found["kind"]:
        return _entry(_KINDS[found["kind"]], data=found["value"], registrar=found["registrar"])
    if found["hint"] is not None:
        return _entry("hint", exten=exten, cid_match=cid, data=found["hint"], registrar=found["place"])
    name, bracket, data = found["call"].partition("(")
    return _entry(
        "priority",
        exten=exten,
        cid_match=cid,
        priority=int(found["priority"]),
        label=found["label"],
        application=told(name),
        data=told(data.removesuffix(")")) if bracket else None,
        registrar=found["place"],
    )


def _entry(kind: str, **fields: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("exten", "cid_match", "priority", "label", "application", "data", "registrar"))
    return {"kind": kind, **empty, **fields}

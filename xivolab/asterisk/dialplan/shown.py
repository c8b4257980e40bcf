"""A dialplan from the output of `dialplan show`: in memory, so with everything that any module added."""

from __future__ import annotations

from xivolab.asterisk.dialplan.model import Dialplan, Step
from xivolab.asterisk.dialplan.timing import Include
from xivolab.table import Table


def dialplan_shown(table: Table) -> Dialplan:
    """The dialplan in the rows of the table "dialplan" of `xivolab.asterisk.cli`."""
    plan = Dialplan()
    for row in table.records():
        context = plan.context(row["context"])
        match row["kind"]:
            case "include":
                include = Include.of(row["data"] or "")
                if include not in context.includes:
                    context.includes.append(include)
            case "switch":
                if row["data"] and row["data"] not in context.switches:
                    context.switches.append(row["data"])
            case "ignore-pattern":
                context.ignore_patterns.append(row["data"] or "")
            case "hint":
                extension = context.extension(row["exten"] or "", row["cid_match"])
                extension.hint = Step("", row["data"] or "", None, row["registrar"])
            case _:
                extension = context.extension(row["exten"] or "", row["cid_match"])
                step = Step(row["application"] or "", row["data"] or "", row["label"], row["registrar"])
                extension.steps.setdefault(row["priority"], step)
    return plan

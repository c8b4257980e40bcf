"""Which extension takes a number."""

from __future__ import annotations

from xivolab.schema.fields import ID, Field, Record

DIALPLAN_MATCH = Record(
    "dialplan-match",
    "dialplan-matches",
    "an extension that could take a number, or a switch that is asked about it, in the order in which Asterisk asks",
    (
        ID,
        Field("order", "int", "Order", "Ordre", "from 1"),
        Field(
            "why",
            "str",
            "Verdict",
            "Verdict",
            "taken: it gets the call; later: it would, if those before it did not; unknown-time, not-now: behind an include that "
            "holds at some times; switch: another source of extensions is asked, and may take it",
            values=(
                "taken",
                "later",
                "no-priority",
                "other-caller",
                "not-now",
                "unknown-time",
                "switch",
                "missing-context",
            ),
        ),
        Field("exten", "str", "Extension", "Extension", "or pattern; null for a switch", null=True),
        Field(
            "cid_match", "str", "Caller", "Appelant", "only for callers like this; empty: without a number", null=True
        ),
        Field("context", "str", "Context", "Contexte", "it stands in"),
        Field("path", "list", "Path", "Chemin", "contexts from the one asked to its own", items="str"),
        Field("when", "str", "When", "Quand", "condition of the include on the way to it", null=True),
        Field("switch", "str", "Switch", "Switch", "as written", null=True),
        Field("application", "str", "Application", "Application", "of the priority asked for", null=True),
        Field("data", "str", "Data", "Données", "arguments of that", null=True),
        Field("place", "str", "From", "Origine", "file and line, or the module", null=True),
    ),
    "dialplan",
)

"""What is wrong with a call, with its proof."""

from __future__ import annotations

from xivolab.schema.fields import ID, Field, Record

FINDING = Record(
    "finding",
    "findings",
    "what is wrong, or worth knowing: why, what to do, and the proof",
    (
        ID,
        Field("time", "time", "Time", "Heure", "when it began, where that is known", "s", null=True),
        Field(
            "severity",
            "str",
            "Severity",
            "Gravité",
            "info for a fact or what happens every day",
            values=("error", "warning", "info"),
        ),
        Field("code", "str", "Finding", "Constat", "its code"),
        Field(
            "role",
            "str",
            "Role",
            "Rôle",
            "consequence of another finding of the same call, or a cause",
            values=("cause", "consequence"),
        ),
        Field("call", "str", "Call", "Appel", "id of its call; null for what concerns no single call", null=True),
        Field("summary", "str", "Summary", "Résumé", "what happened, in a sentence"),
        Field("cause", "str", "Cause", "Cause", "why, in a sentence"),
        Field("remedy", "str", "Remedy", "Remède", "what to do, in a sentence"),
        Field(
            "evidence",
            "list",
            "Evidence",
            "Preuves",
            'objects with "file", "frame" or "line", and the "text" that this place shows: `tshark -Y frame.number==N` or '
            "`sed -n Np`",
            items="object",
        ),
        Field("follows_from", "str", "Follows from", "Découle de", "id of the cause of a consequence", null=True),
    ),
)


TRIAGE_DIMENSIONS = ("trunk", "number", "endpoint", "user-agent", "network", "direction", "all")

TRIAGE = Record(
    "triage-group",
    "triage",
    "failures that have something in common: what, since when, and what still works",
    (
        ID,
        Field("code", "str", "Finding", "Constat", "the finding they share, or state and status where there is none"),
        Field("severity", "str", "Severity", "Gravité", "of that finding", values=("error", "warning", "info")),
        Field("by", "str", "By", "Par", "what they have in common", values=TRIAGE_DIMENSIONS),
        Field("value", "str", "Which", "Lequel", "which trunk, number, endpoint … it is"),
        Field("failed", "int", "Failed", "Échecs", "calls (or registrations) of the group that failed so"),
        Field("total", "int", "Of", "Sur", "calls with that in common, from the first failure on"),
        Field("since", "time", "Since", "Depuis", "first failure", "s", null=True),
        Field("until", "time", "Until", "Jusqu'à", "last failure", "s", null=True),
        Field("last_good", "time", "Last good", "Dernier bon", "last success before the first failure", "s", null=True),
        Field(
            "good_again", "time", "Good again", "De nouveau bon", "first success after the last failure", "s", null=True
        ),
        Field("others_failed", "int", "Others failed", "Autres échecs", "calls without it that failed so meanwhile"),
        Field("others", "int", "Others", "Autres", "calls without it meanwhile"),
        Field("calls", "list", "Calls", "Appels", "ids of the calls that failed, by start", items="str"),
        Field("summary", "str", "Summary", "Résumé", "the same in a sentence"),
    ),
)

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

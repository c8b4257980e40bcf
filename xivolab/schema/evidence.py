"""Who is at an address, and what could not be read."""

from __future__ import annotations

from xivolab.schema.fields import ID, Field, Record

HOST_FIELDS = (
    Field("src_host", "str", "Source host", "Machine source", "name of the host at `src`, told or learnt", null=True),
    Field("src_role", "str", "Source role", "Rôle source", "its role: pbx, phone, operator, …", null=True),
    Field("dst_host", "str", "Destination host", "Machine destination", "name of the host at `dst`", null=True),
    Field("dst_role", "str", "Destination role", "Rôle destination", "its role", null=True),
)
"""What `--with-hosts` adds to records that have `src` and `dst`: finding out who is where takes time with many messages."""

HOST = Record(
    "host",
    "hosts",
    "who is at an address: told by the case folder, or learnt from what it does",
    (
        ID,
        Field("address", "str", "Address", "Adresse", "IP address; with its port where several parties share it"),
        Field("name", "str", "Name", "Nom", "what tables and ladders call it; null where nothing tells", null=True),
        Field(
            "role",
            "str",
            "Role",
            "Rôle",
            "pbx, proxy, phone, operator, router, media (RTP without SIP), or what the case folder says",
            null=True,
        ),
        Field(
            "known_by",
            "str",
            "Known by",
            "Connu par",
            "what told the role (docs/commands/hosts.md)",
            values=(
                "case",
                "logger",
                "registrar",
                "sends-on",
                "proxy",
                "registers",
                "registered",
                "challenged",
                "agent",
                "numbers",
                "nat",
                "media",
            ),
            null=True,
        ),
        Field("user_agents", "list", "User agents", "Agents", "User-Agent and Server headers it sent", items="str"),
        Field(
            "numbers",
            "list",
            "Numbers",
            "Numéros",
            "users on its side of calls and registrations, as seen",
            items="str",
        ),
        Field("messages", "int", "Messages", "Messages", "SIP messages it sent or received"),
        Field("streams", "int", "Streams", "Flux", "RTP streams that begin or end there"),
    ),
)

PROBLEM = Record(
    "problem",
    "problems",
    "something that could not be read",
    (
        ID,
        Field(
            "severity",
            "str",
            "Severity",
            "Gravité",
            "warning when something is missing from the result",
            values=("info", "warning"),
        ),
        Field("file", "str", "File", "Fichier", "which file"),
        Field("place", "str", "Place", "Endroit", "where in it"),
        Field("what", "str", "What", "Quoi", "what is wrong"),
        Field("remedy", "str", "Remedy", "Remède", "what to do"),
    ),
)

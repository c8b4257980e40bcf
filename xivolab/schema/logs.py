"""Records of Asterisk's logs, and who was refused."""

from __future__ import annotations

from xivolab.schema.fields import ID, Field, Record

LOG_RECORD = Record(
    "log_record",
    "log",
    "one record of a log that Asterisk wrote, all its lines included",
    (
        ID,
        Field("time", "time", "Time", "Heure", "by the clock of the server; null without a date", "s", null=True),
        Field("level", "str", "Level", "Niveau", "VERBOSE, NOTICE, …; null for text without a header", null=True),
        Field("thread", "int", "Thread", "Fil", "kernel id of the thread that wrote it", null=True),
        Field(
            "log_id", "str", "Log id", "Id de journal", "Asterisk call id (C-…); it restarts with Asterisk", null=True
        ),
        Field("source", "str", "Source", "Source", "source file of Asterisk that wrote it", null=True),
        Field("source_line", "int", "Source line", "Ligne du source", "line of that source file", null=True),
        Field("function", "str", "Function", "Fonction", "function of that source file", null=True),
        Field("message", "str", "Message", "Message", "all its lines, without the header"),
        Field("host", "str", "Host", "Machine", "whose log it is, by the case folder", null=True),
        Field("file", "str", "File", "Fichier", "where it is"),
        Field("line", "int", "Line", "Ligne", "number of its first line in that file"),
        Field("lines", "int", "Lines", "Lignes", "how many lines it takes"),
        Field(
            "year_from",
            "str",
            "Year from",
            "Année de",
            "who tells the year: the date itself, --year, other texts in the log, other evidence, nobody",
            values=("log", "option", "content", "evidence", "assumed"),
            null=True,
        ),
        Field(
            "zone_from",
            "str",
            "Zone from",
            "Fuseau de",
            "who tells the time zone: the date itself, the case folder, --tz, other texts in the log, nobody",
            values=("log", "case", "option", "content", "assumed"),
            null=True,
        ),
    ),
)

REFUSAL = Record(
    "refusal",
    "refusals",
    "an address whose registrations, calls or other requests Asterisk refused, as its log tells",
    (
        ID,
        Field("address", "str", "Address", "Adresse", "IP address they came from"),
        Field("first", "time", "First", "Premier", "the first refusal", "s", null=True),
        Field("last", "time", "Last", "Dernier", "the last one", "s", null=True),
        Field("events", "int", "Refused", "Refus", "records of the log that tell a refusal"),
        Field("registrations", "int", "Registrations", "Enregistrements", "of these, of registrations, by notices"),
        Field("calls", "int", "Calls", "Appels", "of these, of calls, by notices"),
        Field("accounts", "list", "Accounts", "Comptes", "accounts and numbers that were tried", items="str"),
        Field(
            "reasons", "list", "Reasons", "Raisons", "in the words of Asterisk, the most frequent first", items="str"
        ),
        Field("scan", "bool", "Scan", "Balayage", "five different accounts or numbers, or more, that do not exist"),
        Field("file", "str", "File", "Fichier", "where the first one stands"),
        Field("line", "int", "Line", "Ligne", "its line in that file"),
    ),
)

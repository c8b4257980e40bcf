"""Every record once: name, kind, unit, null, meaning, French and English title.

Tables, JSON, CSV, the documentation page and the tests are made from these declarations. The field names and what
they mean are fixed: programs of others read them.

How a kind is stored in a column (numpy), written in JSON, and shown in a DataFrame:

| kind    | column                          | JSON           | DataFrame             |
| ------- | ------------------------------- | -------------- | --------------------- |
| time    | int64 ns since 1970, `NULL_INT` | float seconds  | datetime64[ns, UTC]   |
| int     | int64, `NULL_INT`               | integer        | Int64                 |
| float   | float64, NaN                    | number         | float64               |
| bool    | int8 0/1, -1                    | true/false     | boolean               |
| str     | object, None                    | string         | string                |
| list    | object (list)                   | array          | object                |
"""

from __future__ import annotations

from xivolab.schema.calls import CALL, DIALOG, EVENT, ICMP, MESSAGE, REGISTRATION
from xivolab.schema.channels import (
    CEL,
    JOURNAL,
    JOURNAL_SOURCES,
    QUEUE_AGENT,
    QUEUE_CALL,
    QUEUE_RECORDS,
    QUEUE_SERIES,
    QUEUE_STAT,
)
from xivolab.schema.compared import (
    CLOCK_OFFSET,
    COMPARE_RECORDS,
    COMPARED_CALL,
    COMPARED_MESSAGE,
    COMPARED_STREAM,
    REWRITE,
)
from xivolab.schema.console import (
    CLI_AOR,
    CLI_AUTH,
    CLI_CHANNEL,
    CLI_CHANNEL_DETAIL,
    CLI_CHANNELSTAT,
    CLI_CONTACT,
    CLI_DIALPLAN,
    CLI_ENDPOINT,
    CLI_HINT,
    CLI_IDENTIFY,
    CLI_PARAMETER,
    CLI_PJSIP_CHANNEL,
    CLI_QUEUE,
    CLI_QUEUE_CALLER,
    CLI_QUEUE_MEMBER,
    CLI_RECORDS,
    CLI_REGISTRATION,
    CLI_SERVER,
    CLI_SPAN,
    CLI_TRANSPORT,
)
from xivolab.schema.dialplan import DIALPLAN_MATCH
from xivolab.schema.evidence import HOST, HOST_FIELDS, PROBLEM
from xivolab.schema.fields import NULL_INT, STATES, VERSION, Field, Kind, Record
from xivolab.schema.findings import FINDING, TRIAGE, TRIAGE_DIMENSIONS
from xivolab.schema.logs import LOG_RECORD, REFUSAL
from xivolab.schema.media import LEVEL, QUALITY, STREAM
from xivolab.schema.traffic import TRAFFIC, TRAFFIC_BY, TRAFFIC_DIMENSIONS, TRAFFIC_SERIES

__all__ = [
    "ALL_RECORDS",
    "CALL",
    "CEL",
    "CLI_AOR",
    "CLI_AUTH",
    "CLI_CHANNEL",
    "CLI_CHANNELSTAT",
    "CLI_CHANNEL_DETAIL",
    "CLI_CONTACT",
    "CLI_DIALPLAN",
    "CLI_ENDPOINT",
    "CLI_HINT",
    "CLI_IDENTIFY",
    "CLI_PARAMETER",
    "CLI_PJSIP_CHANNEL",
    "CLI_QUEUE",
    "CLI_QUEUE_CALLER",
    "CLI_QUEUE_MEMBER",
    "CLI_RECORDS",
    "CLI_REGISTRATION",
    "CLI_SERVER",
    "CLI_SPAN",
    "CLI_TRANSPORT",
    "CLOCK_OFFSET",
    "COMPARED_CALL",
    "COMPARED_MESSAGE",
    "COMPARED_STREAM",
    "COMPARE_RECORDS",
    "DIALOG",
    "DIALPLAN_MATCH",
    "EVENT",
    "FINDING",
    "HOST",
    "HOST_FIELDS",
    "ICMP",
    "JOURNAL",
    "JOURNAL_SOURCES",
    "LEVEL",
    "LOG_RECORD",
    "MESSAGE",
    "NULL_INT",
    "ON_DEMAND",
    "PROBLEM",
    "QUALITY",
    "QUEUE_AGENT",
    "QUEUE_CALL",
    "QUEUE_RECORDS",
    "QUEUE_SERIES",
    "QUEUE_STAT",
    "RECORDS",
    "REFUSAL",
    "REGISTRATION",
    "REWRITE",
    "STATES",
    "STREAM",
    "TRAFFIC",
    "TRAFFIC_BY",
    "TRAFFIC_DIMENSIONS",
    "TRAFFIC_SERIES",
    "TRIAGE",
    "TRIAGE_DIMENSIONS",
    "VERSION",
    "WORK_RECORDS",
    "Field",
    "Kind",
    "Record",
]

RECORDS: dict[str, Record] = {
    record.plural: record
    for record in (
        CALL,
        DIALOG,
        STREAM,
        QUALITY,
        REGISTRATION,
        MESSAGE,
        EVENT,
        ICMP,
        CEL,
        JOURNAL,
        LOG_RECORD,
        REFUSAL,
        FINDING,
        HOST,
        PROBLEM,
    )
}
"""The tables of a case, by the name of their command."""

WORK_RECORDS: dict[str, Record] = {record.plural: record for record in (TRAFFIC, TRAFFIC_SERIES, TRAFFIC_BY)}
"""What is made of the tables: records of `xivolab traffic`."""

ON_DEMAND: dict[str, Record] = {LEVEL.plural: LEVEL}
"""Records that no scan makes: the audio is decoded for them, when somebody asks."""

ALL_RECORDS: dict[str, Record] = {
    **RECORDS,
    **ON_DEMAND,
    **WORK_RECORDS,
    **{record.plural: record for record in QUEUE_RECORDS.values()},
    **{record.plural: record for record in COMPARE_RECORDS.values()},
    **{record.plural: record for record in CLI_RECORDS.values()},
    DIALPLAN_MATCH.plural: DIALPLAN_MATCH,
    TRIAGE.plural: TRIAGE,
}
"""Every record, by its plural: the tables of a case, and those that commands of their own print."""

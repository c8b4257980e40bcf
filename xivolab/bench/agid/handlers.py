"""Each AGI step by its name."""

from __future__ import annotations

from collections.abc import Callable

from xivolab.bench.agid import agents, calls, features, queues, rights, schedules, users
from xivolab.bench.agid.database import Database
from xivolab.bench.agid.session import Session

HANDLERS: dict[str, Callable[[Session, Database], None]] = {
    "agent_get_options": agents.options,
    "agent_login": agents.login,
    "agent_logoff": agents.logoff,
    "agent_pause": agents.pause,
    "check_diversion": queues.check_diversion,
    "check_schedule": schedules.check,
    "fwdundoall": features.undo_forwards,
    "getring": users.ring_tone,
    "incoming_did_set_features": calls.incoming,
    "incoming_group_set_features": queues.group,
    "incoming_meetme_set_features": calls.conference,
    "incoming_queue_set_features": queues.queue,
    "incoming_user_set_features": users.incoming,
    "outgoing_user_set_features": calls.outgoing,
    "paging": calls.paging,
    "phone_get_features": features.tell,
    "phone_set_feature": features.change,
    "user_get_vmbox": users.box,
    "user_set_call_rights": rights.check,
    "vmbox_get_info": users.box_by_id,
}

"""Events: the lines of a call's timeline, whatever source of evidence tells them."""

from __future__ import annotations

from xivolab.events.channels import channel_events
from xivolab.events.event import Event, event_table
from xivolab.events.icmp import icmp_events
from xivolab.events.media import media_events
from xivolab.events.signalling import signalling_events

__all__ = ["Event", "channel_events", "event_table", "icmp_events", "media_events", "signalling_events"]

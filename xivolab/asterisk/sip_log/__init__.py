"""SIP out of Asterisk's log: what `pjsip set logger on` and `sip set debug on` print becomes messages again."""

from __future__ import annotations

from xivolab.asterisk.sip_log.gather import log_messages

__all__ = ["log_messages"]

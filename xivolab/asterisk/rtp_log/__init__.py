"""RTP and RTCP out of Asterisk's log: what `rtp set debug on` and `rtcp set debug on` print becomes streams again."""

from __future__ import annotations

from xivolab.asterisk.rtp_log.collect import RtpLines
from xivolab.asterisk.rtp_log.gather import ToldMedia, with_told_streams

__all__ = ["RtpLines", "ToldMedia", "with_told_streams"]
